/**
 * Paid comments that stand on the picture. The server puts them up and takes
 * them off; a line along the bottom runs out with their time.
 */
import { directionOf } from "../danmaku/direction";
import { h } from "../shared/dom";
import { withEmotes } from "../shared/emotes";
import { money } from "../shared/format";
import type { Millis, PaidCard, PaidLook } from "../shared/wire";
import { Keyed } from "./keyed";
import { face, nick } from "./person";

export class Paid {
  readonly element = h("div", { class: "paid-cards" });
  #now: Millis = 0;
  readonly #cards = new Keyed<PaidCard>(
    this.element,
    (card) => create(card, this.#now),
    () => {},
  );

  update(cards: readonly PaidCard[], look: PaidLook, abruptly: boolean, now: Millis): void {
    this.#now = now;
    this.#cards.update(look.on ? cards : [], abruptly);
  }
}

function create({ id, event, since, until }: PaidCard, now: Millis): HTMLElement {
  const { from } = event;
  const { text = "", paid } = event.kind === "comment" ? event : {};
  const card = h(
    "div",
    {
      class: "paid-card",
      dir: directionOf(text, from?.nick ?? ""),
      "data-id": id,
      "data-user": from?.id,
      "data-tier": paid?.tier ?? 1,
      "data-currency": paid?.currency,
    },
    h(
      "div",
      { class: "paid-head" },
      from && face(from),
      from && nick(from, "paid-nick"),
      paid && h("span", { class: "paid-amount" }, money(paid)),
    ),
    text !== "" && h("div", { class: "paid-text", dir: "auto" }, ...withEmotes(text)),
    h("div", { class: "paid-time" }),
  );
  // A function of time: a page that comes late begins in the middle.
  card.style.setProperty("--stay", `${until - since}ms`);
  card.style.setProperty("--passed", `${since - now}ms`);
  return card;
}
