import { h } from "../shared/dom";
import { withEmotes } from "../shared/emotes";
import { clockTime } from "../shared/format";
import type { Event } from "../shared/wire";
import { put, putAttribute } from "./put";
import type { Control, State } from "./state";
import { what, who } from "./wording";
import { words } from "./words/picture";

function said(event: Event | undefined): (HTMLElement | string)[] {
  if (!event) return [];
  return event.kind === "comment" ? withEmotes(event.text) : [what(event)];
}

/** What is pinned on the picture now, with its way off. */
export function createPinned(control: Control): {
  element: HTMLElement;
  update: (state: State) => void;
} {
  const name = h("strong");
  const text = h("span", { class: "pinned-text" });
  const time = h("time");
  const unpin = h(
    "button",
    {
      type: "button",
      class: "quiet",
      title: words.unpinKey,
      "data-test": "unpin",
      on: { click: () => void control.run({ do: "unpin" }) },
    },
    words.unpin,
  );
  const item = h(
    "div",
    { class: "pinned-item", "data-test": "pinned-item" },
    h("p", {}, name, " ", text),
    h("div", { class: "pinned-foot" }, time, unpin),
  );
  const none = h("p", { class: "empty" }, words.nothingPinned);
  item.hidden = true;
  let drawn: Event | undefined;

  function update({ desk: { pinned } }: State): void {
    item.hidden = pinned === undefined;
    none.hidden = pinned !== undefined;
    element.classList.toggle("none", pinned === undefined);
    putAttribute(item, "data-id", pinned?.id);
    put(name, (pinned && who(pinned)) ?? "");
    if (pinned !== drawn) {
      drawn = pinned;
      text.replaceChildren(...said(pinned));
    }
    put(time, pinned ? clockTime(pinned.at) : "");
  }

  const element = h(
    "section",
    { class: "panel pinned-panel" },
    h("h2", {}, words.pinned),
    item,
    none,
  );
  return { element, update };
}
