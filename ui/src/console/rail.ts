import { h } from "../shared/dom";
import { choose } from "../shared/scheme";
import { LANGUAGES, language } from "../shared/words/language";
import { type Icon, icon } from "./icons";
import { createLanguageChoice } from "./language";
import { words } from "./words/frame";

/** A place the rail leads to. */
export interface Place {
  readonly id: Icon;
  readonly label: string;
}

/** The rail: one button a view, at the left or, on a phone, at the bottom. */
export function createRail(
  places: readonly Place[],
  onPick: (id: string) => void,
): {
  element: HTMLElement;
  select: (id: string) => void;
  badge: (id: string, count: number) => void;
} {
  const buttons = new Map(
    places.map(({ id, label }, i) => {
      const click = () => onPick(id);
      const count = h("span", { class: "badge" });
      count.hidden = true;
      const button = h(
        "button",
        {
          type: "button",
          class: "rail-button",
          "data-test": `nav-${id}`,
          title: label,
          "aria-keyshortcuts": i < 9 ? i + 1 : undefined,
          on: { click },
        },
        icon(id),
        h("span", {}, label),
        count,
      );
      return [id as string, { button, count }];
    }),
  );

  function select(id: string): void {
    for (const [key, { button }] of buttons) {
      if (key === id) {
        button.setAttribute("aria-current", "page");
        // On a phone the rail is wider than the page.
        button.scrollIntoView?.({ block: "nearest", inline: "nearest" });
      } else button.removeAttribute("aria-current");
    }
  }

  function badge(id: string, number: number): void {
    const count = buttons.get(id)?.count;
    if (!count) return;
    count.hidden = number === 0;
    count.textContent = String(number);
  }

  const list = [...buttons.values()].map(({ button }) => button);
  const element = h(
    "nav",
    { class: "rail", "aria-label": words.rail },
    ...list,
    schemeSwitch(),
    languageSwitch(),
  );
  return { element, select, badge };
}

/** Dark to light and back, for this browser. */
function schemeSwitch(): HTMLElement {
  const text = h("span");
  const light = () => document.documentElement.dataset.scheme === "light";
  const label = () => {
    text.textContent = light() ? words.dark : words.light;
  };
  const click = () => {
    choose(light() ? "dark" : "light");
    label();
  };
  label();
  const props = {
    type: "button",
    class: "rail-button scheme",
    "data-test": "scheme",
    on: { click },
  };
  return h("button", props, icon("scheme"), text);
}

/** The language by its own name, over which lies the list to choose another. */
function languageSwitch(): HTMLElement {
  return h(
    "div",
    { class: "rail-button language" },
    icon("language"),
    h("span", { "aria-hidden": "true" }, LANGUAGES[language]),
    createLanguageChoice("language"),
  );
}
