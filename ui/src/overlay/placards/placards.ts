/**
 * Placards: what the host keeps standing. Goals and ranks stand all at once;
 * vouchers, products and polls take turns in one place, the newest first;
 * questions and the ticker run along the bottom.
 */
import { h } from "../../shared/dom";
import type { Millis, Placard, PlacardsLook } from "../../shared/wire";
import { Keyed } from "../keyed";
import { goal } from "./goal";
import type { Made, Of } from "./part";
import { poll } from "./poll";
import { product } from "./product";
import { question } from "./question";
import { rank } from "./rank";
import { ticker } from "./ticker";
import { Turns } from "./turns";
import { voucher } from "./voucher";

/** The places placards stand in. */
export type Place = "sale" | "goals" | "ranks" | "questions" | "tickers";

export class Placards {
  readonly places: Readonly<Record<Place, HTMLElement>> = {
    sale: place("sale"),
    goals: place("goals"),
    ranks: place("ranks"),
    questions: place("questions"),
    tickers: place("tickers"),
  };
  readonly #made = new WeakMap<HTMLElement, Made>();
  readonly #standing = new Set<HTMLElement>();
  readonly #rows = Object.fromEntries(
    Object.entries(this.places).map(([name, element]) => [name, this.#row(element)]),
  ) as Record<Place, Keyed<Placard>>;
  readonly #turns = new Turns();
  #now: () => Millis = Date.now;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #again: () => void = () => {};

  /** Shows exactly `placards`. `now` reads the server's clock. */
  update(
    placards: readonly Placard[],
    look: PlacardsLook,
    abruptly: boolean,
    now: () => Millis,
  ): void {
    this.#now = now;
    this.#again = () => this.update(placards, look, false, now);
    const of = (on: boolean, ...kinds: Placard["kind"][]) =>
      on ? placards.filter(({ kind }) => kinds.includes(kind)) : [];
    const sale = of(look.sale.on, "voucher", "product", "poll");
    const { turn, next } = this.#turns.take(sale, now());
    this.#rows.sale.update(turn ? [turn] : [], true);
    this.#rows.goals.update(of(look.goal.on, "goal"), abruptly);
    this.#rows.ranks.update(of(look.rank.on, "rank").slice(-1), abruptly);
    this.#rows.questions.update(of(look.question, "question").slice(-1), true);
    this.#rows.tickers.update(of(look.ticker, "ticker").slice(-1), abruptly);
    this.#tick(next);
  }

  /** Stops the clock hands: nothing stands any more. */
  clear(): void {
    clearTimeout(this.#timer);
  }

  /** Has those that change with time change, and comes back when the next does. */
  #tick(turn: number): void {
    clearTimeout(this.#timer);
    const now = this.#now();
    let next = turn;
    for (const element of this.#standing) {
      if (!element.isConnected || element.classList.contains("leaving")) {
        this.#standing.delete(element);
        continue;
      }
      const wait = this.#made.get(element)?.tick?.(now);
      if (wait !== undefined) next = Math.min(next, wait);
    }
    if (next === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.#again(), Math.max(16, next + 1));
  }

  #row(element: HTMLElement): Keyed<Placard> {
    return new Keyed<Placard>(
      element,
      (placard) => {
        const made = make(placard);
        made.element.classList.add("placard");
        made.element.dataset.id = placard.id;
        made.element.dataset.kind = placard.kind;
        this.#made.set(made.element, made);
        this.#standing.add(made.element);
        return made.element;
      },
      (old, placard) => this.#made.get(old)?.update(placard),
    );
  }
}

function place(name: Place): HTMLElement {
  return h("div", { class: `placards ${name}` });
}

function make(placard: Placard): Made {
  switch (placard.kind) {
    case "voucher":
      return wrap(voucher(placard), placard.kind);
    case "product":
      return wrap(product(placard), placard.kind);
    case "poll":
      return wrap(poll(placard), placard.kind);
    case "goal":
      return wrap(goal(placard), placard.kind);
    case "rank":
      return wrap(rank(placard), placard.kind);
    case "question":
      return wrap(question(placard), placard.kind);
    case "ticker":
      return wrap(ticker(placard), placard.kind);
  }
}

/** A part that draws one kind, as one that is asked with any. */
function wrap<K extends Placard["kind"]>(part: Made<Of<K>>, kind: K): Made {
  return {
    ...part,
    update: (placard) => {
      if (placard.kind === kind) part.update(placard as Of<K>);
    },
  };
}
