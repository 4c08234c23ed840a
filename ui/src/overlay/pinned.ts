/** The banner at the bottom: one pinned comment or gift. */
import { directionOf } from "../danmaku/direction";
import { h, svg } from "../shared/dom";
import { withEmotes } from "../shared/emotes";
import { grouped } from "../shared/format";
import { isShell, press } from "../shared/shell";
import type { Event } from "../shared/wire";
import { Keyed } from "./keyed";
import { nick } from "./person";
import { giftName } from "./words/figures";
import { words as own } from "./words/language";

export class Pinned {
  readonly element = h("div", { class: "pinned-place" });
  readonly #banner = new Keyed<Event>(this.element, banner, (element, event) => {
    element.dir = turn(event);
    element.replaceChildren(...words(event));
  });

  update(event: Event | null): void {
    // One banner at a time: the old one does not linger beside the new one.
    this.#banner.update(event ? [event] : [], true);
  }
}

function banner(event: Event): HTMLElement {
  return h(
    "div",
    {
      class: "pinned",
      dir: turn(event),
      "data-id": event.id,
      "data-user": event.from?.id,
      "data-role": event.from?.role,
    },
    ...words(event),
  );
}

function turn(event: Event): "ltr" | "rtl" {
  if (event.kind === "gift") return directionOf(giftName(event.gift));
  return event.kind === "comment" ? directionOf(event.text) : "ltr";
}

function words(event: Event): Element[] {
  const pin = svg(
    "svg",
    { class: "pinned-mark", viewBox: "0 0 24 24", "aria-hidden": "true" },
    svg("path", {
      d: "M15.5 2.5 21.5 8.5 17.5 9.8 14.3 13 13.6 17.6 10.4 14.4 4 21 3 20 9.6 13.6 6.4 10.4 11 9.7 14.2 6.5Z",
    }),
  );
  const name = event.from ? nick(event.from, "pinned-nick") : null;
  const text = h("span", { class: "pinned-text", dir: "auto" }, ...textOf(event));
  const words = h("div", { class: "pinned-words" }, name, " ", text);
  return isShell() ? [pin, words, close()] : [pin, words];
}

/** In the desktop window: takes the banner off for the streamer in front of it. */
function close(): Element {
  return h(
    "button",
    {
      type: "button",
      class: "pinned-close",
      "data-hit": "unpin",
      "aria-label": own().unpin,
      on: { click: () => press("unpin") },
    },
    "×",
  );
}

function textOf(event: Event): (HTMLElement | string)[] {
  switch (event.kind) {
    case "comment":
      return withEmotes(event.text);
    case "gift":
      return [`${giftName(event.gift)} ×${grouped(event.count)}`];
    default:
      return [];
  }
}
