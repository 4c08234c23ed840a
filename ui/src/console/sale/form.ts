/** Fields of the sale's forms. */
import { h, type Props } from "../../shared/dom";

/** A labelled field. */
export function field(
  label: string,
  test: string,
  props: Props = {},
): { element: HTMLElement; input: HTMLInputElement } {
  const input = h("input", {
    type: "text",
    id: test,
    "data-test": test,
    autocomplete: "off",
    ...props,
  });
  const element = h("label", { class: "sale-field", for: test }, h("span", {}, label), input);
  return { element, input };
}

/** A whole number of a field, or `undefined` where nothing is written. */
export function whole(input: HTMLInputElement): number | undefined {
  const value = input.value.trim();
  return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

/** A small button. */
export function action(label: string, test: string, click: () => void): HTMLButtonElement {
  return h("button", { type: "button", "data-test": test, on: { click } }, label);
}
