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

/** Draws a list anew; forms that were open in it stay open, as they were written. */
export function redraw(list: HTMLElement, rows: readonly HTMLElement[]): void {
  const name = (input: Element) => (input as HTMLElement).dataset.test ?? "";
  const open = [...list.querySelectorAll("form:not([hidden]) input")];
  const written = new Map(open.map((input) => [name(input), (input as HTMLInputElement).value]));
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  list.replaceChildren(...rows);
  for (const input of list.querySelectorAll<HTMLInputElement>("form input")) {
    const value = written.get(name(input));
    if (value === undefined) continue;
    input.value = value;
    if (input.form) input.form.hidden = false;
  }
  if (!focused) return;
  const again = [...list.querySelectorAll<HTMLElement>("[data-test]")];
  again.find((element) => name(element) === name(focused))?.focus();
}

/** Lets a currency field follow the sale's, until somebody writes in it. */
export function createFollow(input: HTMLInputElement): (currency: string | undefined) => void {
  let own = false;
  input.addEventListener("input", () => {
    own = true;
  });
  return (currency) => {
    if (!own && currency !== undefined) input.value = currency;
  };
}

/** A form behind its heading: open where there is room, closed on a phone, where the list comes first. */
export function createFold(heading: HTMLElement, form: HTMLElement): HTMLDetailsElement {
  const open = window.matchMedia("(min-width: 700px)").matches;
  return h("details", { class: "sale-fold", open }, h("summary", {}, heading), form);
}

/** A small button. */
export function action(label: string, test: string, click: () => void): HTMLButtonElement {
  return h("button", { type: "button", "data-test": test, on: { click } }, label);
}
