/** The code a page shows until the host lets it in: the only words of our own on the picture. */
import { h } from "../shared/dom";

export class Pairing {
  readonly #code = h("div", { class: "pairing-code" });
  readonly element = h(
    "div",
    { class: "pairing" },
    this.#code,
    h("div", { class: "pairing-words" }, "Confirm in the Surtitle console"),
  );

  constructor() {
    this.element.hidden = true;
  }

  /** Shows six digits in two groups; `null` shows nothing. */
  update(code: string | null): void {
    this.element.hidden = code === null;
    const groups = code?.match(/.{1,3}/g) ?? [];
    this.#code.replaceChildren(...groups.map((digits) => h("span", null, digits)));
  }
}
