/** The gift that was given last, large on the picture. */
import { h } from "../shared/dom";
import { grouped } from "../shared/format";
import type { Event } from "../shared/wire";
import { words } from "../shared/words/viewer";
import { avatar, giftName } from "./row";

/** A gift stays this long after its last repeat, ms. */
const STAYS = 4_000;

export interface GiftCard {
  element: HTMLElement;
  /** Shows a gift; others leave it as it is. */
  show(event: Event): void;
}

export function createGiftCard(): GiftCard {
  const card = h("div", { class: "gift-card", hidden: true, "aria-hidden": "true" });
  let shown: { key: string; count: number } | undefined;
  let leave: ReturnType<typeof setTimeout> | undefined;

  function show(event: Event): void {
    const { from } = event;
    if (event.kind !== "gift" || !from) return;
    const key = `${from.id} ${event.gift.id}`;
    const count = event.count + (shown?.key === key ? shown.count : 0);
    const fresh = shown?.key !== key;
    shown = { key, count };
    card.replaceChildren(
      avatar(from),
      h(
        "div",
        { class: "gift-card-words" },
        h("bdi", null, from.nick),
        h("span", null, words.gifts.sent(giftName(event.gift))),
      ),
      h("img", { src: event.gift.icon, alt: "", width: 64, height: 64 }),
      h("b", { class: "gift-card-count" }, `×${grouped(count)}`),
    );
    card.hidden = false;
    const moved = fresh ? card : card.lastElementChild;
    moved?.animate(
      fresh
        ? [
            { transform: "translateX(-24px)", opacity: 0 },
            { transform: "none", opacity: 1 },
          ]
        : [{ transform: "none" }, { transform: "scale(1.12)" }, { transform: "none" }],
      { duration: fresh ? 220 : 180, easing: "ease-out" },
    );
    clearTimeout(leave);
    leave = setTimeout(() => {
      shown = undefined;
      card.hidden = true;
    }, STAYS);
  }

  return { element: card, show };
}
