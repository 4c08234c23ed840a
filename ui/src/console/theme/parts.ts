/** The order of a card's parts: what stands in each slot, moved by buttons. */

import { h } from "../../shared/dom";
import type { Template } from "./types";
import { words } from "./words";

/** Controls of every slot; `change` gets the whole template. */
export function templateFields(
  slots: Template,
  template: Template,
  change: (template: Template) => void,
): HTMLElement[] {
  return Object.entries(slots).map(([slot, known]) => {
    const now = template[slot] ?? [];
    const set = (parts: string[]) => change({ ...template, [slot]: parts });
    const rest = known.filter((part) => !now.includes(part));
    const standing = now.map((part, i) =>
      h(
        "li",
        {},
        button(called(part), words.forward(called(part)), i > 0, () => set(swap(now, i))),
        button("×", words.out(called(part)), true, () => set(now.filter((one) => one !== part))),
      ),
    );
    const idle = rest.map((part) =>
      h(
        "li",
        { class: "out" },
        button(`+ ${called(part)}`, words.in(called(part)), true, () => set([...now, part])),
      ),
    );
    return h(
      "div",
      { class: "field", "data-test": `theme-slot-${slot.replaceAll(".", "-")}` },
      h("span", { class: "caption" }, words.slots[slot] ?? slot),
      h("ul", { class: "theme-parts" }, ...standing, ...idle),
    );
  });
}

function called(part: string): string {
  return words.parts[part] ?? part;
}

function swap(parts: readonly string[], i: number): string[] {
  const next = [...parts];
  const [part] = next.splice(i, 1);
  if (part !== undefined) next.splice(i - 1, 0, part);
  return next;
}

function button(text: string, label: string, on: boolean, click: () => void): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "quiet",
      disabled: !on,
      title: label,
      "aria-label": label,
      on: { click },
    },
    text,
  );
}
