/**
 * The handle: what the desktop window shows while the whole of it takes
 * clicks. A frame says that it does, a bar holds what can be done about it.
 */
import { h } from "../shared/dom";
import { type Press, press, type Standing } from "../shared/shell";
import { onLanguage, words } from "./words/language";

export class Handle {
  readonly element = h("div", { class: "handle", hidden: true });
  readonly #opacity = h("output", { class: "handle-opacity" });

  constructor() {
    onLanguage(() => this.#draw());
    this.#draw();
  }

  update({ taken, opacity }: Standing): void {
    this.element.hidden = !taken;
    this.#opacity.textContent = `${opacity} %`;
  }

  #draw(): void {
    const { handle } = words();
    this.element.replaceChildren(
      h(
        "div",
        { class: "handle-bar", role: "toolbar", "aria-label": handle.bar },
        h("span", { class: "handle-words" }, handle.taken),
        button("fainter", handle.fainter, "−"),
        this.#opacity,
        button("stronger", handle.stronger, "+"),
        button("console", handle.openConsole, handle.console),
        button("hide", handle.hideOverlay, handle.hide),
        button("pass-clicks", handle.passAgain, handle.pass),
      ),
    );
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
