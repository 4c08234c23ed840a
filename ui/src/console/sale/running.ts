/** What can be claimed now, with its figures, and what ended. */
import { h } from "../../shared/dom";
import type { OfferInfo, SaleDesk } from "../../shared/wire";
import { listed } from "../../shared/words/figures";
import { put } from "../put";
import type { Control } from "../state";
import { action } from "./form";
import { words } from "./words";
import { thingWords } from "./worth";

/** Ended offers that stay in the list. */
const ENDED = 20;

interface Row {
  readonly element: HTMLElement;
  update: (offer: OfferInfo) => void;
}

export function createRunning(control: Control, host: boolean, openDraw: (id: string) => void) {
  const list = h("ul", { class: "sale-offers", "data-test": "sale-offers" });
  const none = h("p", { class: "hint" }, words.noOffers);
  const rows = new Map<string, Row>();
  let ahead = 0;
  let shown: readonly OfferInfo[] = [];

  function row(id: string): Row {
    const value = h("b", { class: "sale-value", dir: "auto" });
    const title = h("span", { class: "sale-title", dir: "auto" });
    const word = h("span", { class: "tag", dir: "auto" });
    const time = h("span", { class: "sale-time" });
    const left = h("span", { class: "sale-left", "data-test": `left-${id}` });
    const bar = h("span", { class: "sale-bar", "aria-hidden": "true" });
    const drawn = h("span", { class: "sale-drawn", dir: "auto", "data-test": `drawn-${id}` });
    const end = action(
      words.end,
      `end-${id}`,
      () => void control.run({ do: "sale", order: { order: "end", offer: id } }),
    );
    const lottery = id.startsWith("lottery:") ? id.slice(8) : undefined;
    const draw = action(words.draw, `draw-${id}`, () => {
      if (lottery !== undefined)
        void control.run({ do: "sale", order: { order: "draw", id: lottery } });
    });
    const file = action(
      words.drawFile,
      `file-${id}`,
      () => lottery !== undefined && openDraw(lottery),
    );
    const buttons = host ? [draw, file, end] : [];
    const element = h(
      "li",
      { class: "sale-offer", "data-id": id },
      h("div", { class: "sale-offer-head" }, value, title),
      h("div", { class: "sale-offer-terms" }, time, word),
      h("div", { class: "sale-offer-stock" }, bar, left, drawn),
      h("div", { class: "buttons" }, ...buttons),
    );
    return {
      element,
      update(offer) {
        const now = Date.now() + ahead;
        const rest = offer.ends_at === undefined ? undefined : offer.ends_at - now;
        const over = !offer.open || (rest !== undefined && rest <= 0);
        const claimed = offer.stock - offer.left;
        element.dataset.state = over ? "ended" : offer.left === 0 ? "out" : "open";
        put(value, thingWords(offer.thing));
        const { thing } = offer;
        put(title, thing.kind === "packet" ? words.from(thing.by, offer.title) : offer.title);
        put(word, offer.keyword === undefined ? "" : words.byKeyword(offer.keyword));
        put(time, over ? words.ended : until(offer, now, rest));
        const isDraw = offer.thing.kind === "lottery";
        put(left, isDraw ? words.entered(claimed) : words.left(offer.left, offer.stock));
        bar.hidden = isDraw || over;
        bar.style.setProperty("--left", String(offer.left / offer.stock));
        put(
          drawn,
          offer.drawn === undefined ? "" : words.drawn(listed(offer.drawn) || words.nobody),
        );
        end.hidden = over;
        draw.hidden = !isDraw || offer.drawn !== undefined;
        file.hidden = offer.drawn === undefined;
      },
    };
  }

  function draw(): void {
    for (const offer of shown) {
      const made = rows.get(offer.id) ?? row(offer.id);
      if (!rows.has(offer.id)) list.append(made.element);
      rows.set(offer.id, made);
      made.update(offer);
    }
  }

  setInterval(() => list.isConnected && draw(), 500);
  return {
    element: h("section", { class: "panel" }, h("h2", {}, words.offers), none, list),
    update(desk: SaleDesk): void {
      ahead = desk.now - Date.now();
      const open = desk.offers.filter((offer) => offer.open);
      const ended = desk.offers.filter((offer) => !offer.open);
      ended.sort((a, b) => b.opens_at - a.opens_at);
      shown = [...open.sort((a, b) => b.opens_at - a.opens_at), ...ended.slice(0, ENDED)];
      for (const [id, { element }] of rows) {
        if (shown.some((offer) => offer.id === id)) continue;
        element.remove();
        rows.delete(id);
      }
      draw();
      for (const [place, offer] of shown.entries()) {
        const element = rows.get(offer.id)?.element;
        if (element && list.children[place] !== element) {
          list.insertBefore(element, list.children[place] ?? null);
        }
      }
      none.hidden = shown.length > 0;
    },
  };
}

function until(offer: OfferInfo, now: number, rest: number | undefined): string {
  if (now < offer.opens_at) return words.opensIn(clock(offer.opens_at - now));
  return rest === undefined ? "" : words.clockLeft(clock(rest));
}

/** `05:12`, `1:05:12`. */
function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3_600);
  const end = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${end}` : end;
}
