/** The code a page shows until the host lets it in. */
import { h } from "../shared/dom";
import { words } from "./words/language";

export class Pairing {
  readonly element = h("div", { class: "pairing", hidden: true });

  /** Shows six digits in two groups; `null` shows nothing. */
  update(code: string | null): void {
    this.element.hidden = code === null;
    const groups = code?.match(/.{1,3}/g) ?? [];
    const digits = groups.map((group) => h("span", null, group));
    const asked = h("div", { class: "pairing-words" }, words().pairing);
    this.element.replaceChildren(
      ...(code === null ? [] : [h("div", { class: "pairing-code" }, ...digits), asked]),
    );
  }
}
