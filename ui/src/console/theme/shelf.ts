import { h } from "../../shared/dom";
import type { Listed } from "./types";
import { words } from "./words";

/** What the shelf asks for. */
export interface ShelfEvents {
  pick: (id: string) => void;
  /** A theme of the host's from the one chosen. */
  duplicate: () => void;
  /** One from a file. */
  open: () => void;
}

/** Every theme: the shipped ones, then the host's own. */
export function createShelf({ pick, duplicate, open }: ShelfEvents): {
  element: HTMLElement;
  update: (themes: readonly Listed[], chosen: string) => void;
} {
  const list = h("ul", { class: "theme-list" });
  const copy = h("button", { type: "button", "data-test": "theme-duplicate" }, words.duplicate);
  const load = h("button", { type: "button", class: "quiet", "data-test": "theme-import" });
  load.append(words.open);
  copy.addEventListener("click", duplicate);
  load.addEventListener("click", open);

  function update(themes: readonly Listed[], chosen: string): void {
    const items = themes.map(({ id, name, own }) =>
      h(
        "li",
        {},
        h(
          "button",
          {
            type: "button",
            class: "theme-item",
            "aria-pressed": id === chosen ? "true" : "false",
            "data-test": `theme-${id}`,
            on: { click: () => pick(id) },
          },
          h("span", {}, name),
          own === null && h("small", {}, words.shipped),
        ),
      ),
    );
    list.replaceChildren(...items);
  }

  const element = h("nav", { class: "theme-shelf", "aria-label": words.shelf }, list, copy, load);
  return { element, update };
}
