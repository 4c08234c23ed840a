import { h, type Props } from "../../shared/dom";

/** A labelled line of text. */
export interface Input {
  readonly element: HTMLElement;
  readonly field: HTMLInputElement;
}

/** `test` is the field's id and data-test; `hint` stands under it. */
export function createInput(label: string, test: string, hint = "", props: Props = {}): Input {
  const described = hint === "" ? undefined : `${test}-hint`;
  const field = h("input", {
    type: "text",
    id: test,
    "data-test": test,
    autocapitalize: "off",
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": described,
    ...props,
  });
  const element = h(
    "div",
    { class: "input" },
    h("label", { for: test }, label),
    field,
    described !== undefined && h("p", { class: "hint", id: described }, hint),
  );
  return { element, field };
}

/** A fact of a list. */
export function fact(name: string, value: Node | string | number): HTMLElement {
  return h("div", {}, h("dt", {}, name), h("dd", {}, value));
}
