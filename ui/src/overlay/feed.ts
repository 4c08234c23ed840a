/** The feed: the chat column. Newest line at the bottom, in every corner. */
import { directionOf } from "../danmaku/direction";
import { h } from "../shared/dom";
import { withEmotes } from "../shared/emotes";
import { money } from "../shared/format";
import type { Event, FeedLook, Sender, Tip } from "../shared/wire";
import { type Folded, folded } from "./fold";
import { Keyed } from "./keyed";
import { face, nick } from "./person";
import type { Line } from "./words/catalogue";
import { words as own } from "./words/language";

export class Feed {
  readonly element = h("div", { class: "feed" });
  readonly #lines = new Keyed<Folded>(this.element, line, (element, folded) => {
    element.dir = turn(folded.event);
    element.replaceChildren(...words(folded));
  });
  #held = 0;

  /** `cards`: paid comments have cards of their own and no line here. */
  update(events: readonly Event[], look: FeedLook, abruptly: boolean, cards = false): void {
    const shown = look.on ? events.filter((event) => isShown(event, look, cards)) : [];
    this.#lines.update(folded(shown).slice(-look.lines), abruptly);
  }

  /**
   * Leaves out the oldest lines that do not fit whole. With `hold` the feed
   * gets no lower than it was, so that what stands on it does not bob with
   * every line.
   */
  fit(hold: boolean): void {
    const { element } = this;
    const lines = Array.from(element.querySelectorAll<HTMLElement>(".feed-line:not(.leaving)"));
    element.style.flexBasis = "";
    for (const line of lines) line.hidden = false;
    const cut = lines.slice(0, -1).filter((line) => line.offsetTop < 0);
    for (const line of cut) line.hidden = true;
    this.#held = hold ? Math.max(this.#held, element.offsetHeight) : 0;
    if (hold) element.style.flexBasis = `${this.#held}px`;
  }

  /** Forgets the height `fit` held. */
  letGo(): void {
    this.#held = 0;
  }
}

function isShown(event: Event, look: FeedLook, cards: boolean): boolean {
  if (event.kind === "comment") return !(cards && event.paid);
  if (event.kind !== "tip") return false;
  return (event.tip === "join" && look.joins) || (event.tip === "follow" && look.follows);
}

function line(folded: Folded): HTMLElement {
  const { event } = folded;
  return h(
    "div",
    {
      class: "feed-line",
      dir: turn(event),
      "data-id": event.id,
      "data-user": event.from?.id,
      "data-role": event.from?.role,
      "data-kind": event.kind,
      "data-tip": event.kind === "tip" ? event.tip : undefined,
      "data-tier": event.kind === "comment" ? event.paid?.tier : undefined,
    },
    ...words(folded),
  );
}

/** The words turn the line, never the name. Tips are this page's own words. */
function turn(event: Event): "ltr" | "rtl" {
  return event.kind === "comment" ? directionOf(event.text) : "ltr";
}

function words({ event, times }: Folded): (HTMLElement | string)[] {
  if (event.kind === "tip") return [h("span", { class: "feed-tip" }, ...told(event))];
  if (event.kind !== "comment") return [];
  const text = h("span", { class: "feed-text", dir: "auto" }, ...withEmotes(event.text));
  const paid = event.paid && h("span", { class: "feed-paid" }, money(event.paid));
  const parts = paid ? [paid, " ", text] : [text];
  if (times > 1) parts.push(" ", h("span", { class: "feed-count" }, `×${times}`));
  return event.from ? [face(event.from), nick(event.from, "feed-nick"), " ", ...parts] : parts;
}

/** "Ann, Ben and 3 more joined", "Ann follows", with the names as names. */
function told({ tip, users, more }: { tip: Tip; users: Sender[]; more: number }): Line {
  const named = users.slice(0, 3);
  const rest = more + users.length - named.length;
  const names = named.map((person) => nick(person, "feed-nick"));
  return tip === "join" ? own().joined(names, rest) : own().followed(names, rest);
}
