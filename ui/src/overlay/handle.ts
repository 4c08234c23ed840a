/**
 * The handle: what the desktop window shows while the whole of it takes
 * clicks. A frame says that it does, a bar holds what can be done about it.
 */
import { h } from "../shared/dom";
import { type Press, press, type Standing } from "../shared/shell";

export class Handle {
  readonly element: HTMLElement;
  readonly #opacity = h("output", { class: "handle-opacity" });

  constructor() {
    const words = h("span", { class: "handle-words" }, "The overlay takes clicks");
    const bar = h(
      "div",
      { class: "handle-bar", role: "toolbar", "aria-label": "Overlay window" },
      words,
      button("fainter", "Fainter", "−"),
      this.#opacity,
      button("stronger", "Stronger", "+"),
      button("console", "Open the console", "Console"),
      button("hide", "Hide the overlay", "Hide"),
      button("pass-clicks", "Let clicks pass through again", "Let clicks pass"),
    );
    this.element = h("div", { class: "handle", hidden: true }, bar);
  }

  update({ taken, opacity }: Standing): void {
    this.element.hidden = !taken;
    this.#opacity.textContent = `${opacity} %`;
  }
}

function button(what: Press, label: string, face: string): HTMLElement {
  return h(
    "button",
    {
      type: "button",
      class: "handle-button",
      "data-hit": what,
      "aria-label": label,
      title: label,
      on: { click: () => press(what) },
    },
    face,
  );
}
