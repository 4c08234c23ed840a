/** The online count: small, in its corner; nothing while nobody is there. */
import { h, svg } from "../shared/dom";
import type { PlaceLook } from "../shared/wire";
import { pop } from "./motion";
import { short } from "./words/figures";

const PERSON =
  "M12 12.2A4.6 4.6 0 1 0 12 3a4.6 4.6 0 0 0 0 9.2ZM3.2 20.4c0-3.7 3.7-6.2 8.8-6.2s8.8 2.5 8.8 6.2c0 .4-.3.6-.7.6H3.9c-.4 0-.7-.2-.7-.6Z";

export class Online {
  readonly #count = h("span", { class: "online-number" });
  readonly element = h(
    "div",
    { class: "online-count" },
    svg(
      "svg",
      { class: "online-mark", viewBox: "0 0 24 24", "aria-hidden": "true" },
      svg("path", { d: PERSON }),
    ),
    this.#count,
  );

  constructor() {
    this.element.hidden = true;
  }

  update(count: number, look: PlaceLook): void {
    this.element.hidden = !look.on || count === 0;
    const text = count === 0 ? "" : short(count);
    if (text === this.#count.textContent) return;
    this.#count.textContent = text;
    if (!this.element.hidden) pop(this.#count);
  }
}
