/** A button with a sheet that opens below it, one at a time. */
import { h } from "../shared/dom";
import { type Icon, icon } from "./icons";

export interface Menu {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly sheet: HTMLElement;
  /** A small number at the button; 0 for none. */
  badge(count: number): void;
  close(): void;
}

/** `opening` is called before the sheet is seen. */
export function createMenu(
  name: string,
  image: Icon,
  label: string,
  opening: () => void = () => {},
): Menu {
  const count = h("span", { class: "board-badge", hidden: true });
  const sheet = h("div", {
    class: "board-sheet-menu",
    hidden: true,
    role: "group",
    "aria-label": label,
  });
  const button = h(
    "button",
    {
      type: "button",
      class: "board-button",
      title: label,
      "aria-label": label,
      "aria-expanded": "false",
      "data-test": `board-${name}`,
      on: { click: () => toggle(Boolean(sheet.hidden)) },
    },
    icon(image),
    count,
  );
  const element = h("div", { class: "board-menu" }, button, sheet);

  function toggle(on: boolean): void {
    if (on) opening();
    sheet.hidden = !on;
    button.setAttribute("aria-expanded", String(on));
    const listen = on ? document.addEventListener : document.removeEventListener;
    listen.call(document, "pointerdown", outside, true);
    listen.call(document, "keydown", escaped, true);
  }

  function outside(event: globalThis.Event): void {
    if (event.target instanceof Node && !element.contains(event.target)) toggle(false);
  }

  function escaped(event: globalThis.Event): void {
    if (!(event instanceof KeyboardEvent) || event.key !== "Escape") return;
    event.preventDefault();
    toggle(false);
    button.focus();
  }

  return {
    element,
    button,
    sheet,
    badge(number) {
      count.hidden = number === 0;
      count.textContent = String(number);
    },
    close: () => toggle(false),
  };
}
