/** Gift cards. The server opens, grows, paces and ends them; this only draws. */
import { directionOf } from "../danmaku/direction";
import { h } from "../shared/dom";
import { grouped } from "../shared/format";
import type { Card, CardsLook } from "../shared/wire";
import { Keyed } from "./keyed";
import { pop } from "./motion";
import { face } from "./person";
import { arrange } from "./template";
import { giftName } from "./words/figures";

export class Cards {
  readonly element = h("div", { class: "gift-cards" });
  readonly #cards = new Keyed<Card>(this.element, create, change);

  update(cards: readonly Card[], look: CardsLook, abruptly: boolean): void {
    this.#cards.update(look.on ? cards : [], abruptly);
  }
}

function create(card: Card): HTMLElement {
  const { from, gift } = card;
  const name = giftName(gift);
  const icon: HTMLImageElement = h("img", {
    class: "gift-icon",
    alt: "",
    src: gift.icon,
    on: { error: () => icon.remove() },
  });
  const parts = {
    face: face(from),
    words: h(
      "div",
      { class: "gift-words" },
      h("div", { class: "gift-nick", dir: "auto" }, from.nick),
      h("div", { class: "gift-name", dir: "auto" }, name),
    ),
    icon,
    count: h("div", { class: "gift-count" }, times(card.count)),
  };
  return h(
    "div",
    {
      class: "gift-card",
      dir: directionOf(name),
      "data-id": card.id,
      "data-user": from.id,
      "data-gift": gift.id,
      "data-tier": card.tier,
    },
    h("div", { class: "gift-plate" }, ...arrange("gift", parts)),
    ...arrange("gift.beside", parts),
  );
}

function change(element: HTMLElement, card: Card, old: Card): void {
  element.dataset.tier = String(card.tier);
  const count = element.querySelector(".gift-count");
  if (!count || card.count === old.count) return;
  count.textContent = times(card.count);
  pop(count);
}

function times(count: number): string {
  return `×${grouped(count)}`;
}
