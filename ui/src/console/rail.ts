import { h } from "../shared/dom";
import { choose } from "../shared/scheme";
import { type Icon, icon } from "./icons";

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
      if (key === id) button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
    }
  }

  function badge(id: string, number: number): void {
    const count = buttons.get(id)?.count;
    if (!count) return;
    count.hidden = number === 0;
    count.textContent = String(number);
  }

  const list = [...buttons.values()].map(({ button }) => button);
  const element = h("nav", { class: "rail", "aria-label": "Views" }, ...list, schemeSwitch());
  return { element, select, badge };
}

/** Dark to light and back, for this browser. */
function schemeSwitch(): HTMLElement {
  const words = h("span");
  const light = () => document.documentElement.dataset.scheme === "light";
  const label = () => {
    words.textContent = light() ? "Dark" : "Light";
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
  return h("button", props, icon("scheme"), words);
}
