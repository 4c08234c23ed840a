/** The place of the picture: the room's name, and the gifts as they come. */
import { h } from "../shared/dom";
import { grouped } from "../shared/format";
import type { Event, RoomInfo } from "../shared/wire";
import { avatar } from "./row";

/** A gift stays this long after its last repeat, ms. */
const STAYS = 4_000;

export interface Stage {
  element: HTMLElement;
  room(room: RoomInfo): void;
  /** A gift that was given now. */
  gift(event: Event): void;
  /** What lies on the picture, lowest first. */
  layers(layers: readonly HTMLElement[]): void;
}

export function createStage(): Stage {
  const title = h("h1", { class: "room-name", "data-test": "room-name" });
  const note = h("p", { class: "stage-note" }, "This room is chat only for now.");
  const card = h("div", { class: "gift-card", hidden: true, "aria-hidden": "true" });
  let shown: { key: string; count: number } | undefined;
  let leave: ReturnType<typeof setTimeout> | undefined;

  function gift(event: Event): void {
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
        h("span", null, `sent ${event.gift.name}`),
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

  return {
    element: h(
      "section",
      { class: "stage", "aria-label": "Picture" },
      h("div", { class: "stage-title" }, title, note),
      card,
    ),
    room: ({ name, id }) => {
      title.textContent = name || id;
      document.title = `${name || id} · Surtitle`;
    },
    gift,
    layers: (layers) => card.before(...layers),
  };
}
