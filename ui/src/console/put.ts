import { setAttribute } from "../shared/dom";

/** Sets text only if it differs, so that a figure that stays the same costs no layout. */
export function put(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets or removes an attribute only if it differs. */
export function putAttribute(element: Element, name: string, value: string | undefined): void {
  if ((element.getAttribute(name) ?? undefined) !== value) setAttribute(element, name, value);
}
