/**
 * A row of elements, one for each item, matched by id: what is there already
 * stays where it is, so a `stage` that says the same again moves nothing.
 */
import { leave } from "./motion";
import { templateEdition } from "./template";
import { languageEdition } from "./words/language";

interface Shown<T> {
  item: T;
  /** The item as text, to see whether it has changed. */
  text: string;
  /** The template and the language it was made by. */
  edition: number;
  element: HTMLElement;
}

export class Keyed<T extends { readonly id: string }> {
  readonly #root: HTMLElement;
  readonly #create: (item: T) => HTMLElement;
  readonly #change: (element: HTMLElement, item: T, old: T) => void;
  readonly #shown = new Map<string, Shown<T>>();

  /** `change` brings the element of `old` up to `item`. */
  constructor(
    root: HTMLElement,
    create: (item: T) => HTMLElement,
    change: (element: HTMLElement, item: T, old: T) => void,
  ) {
    this.#root = root;
    this.#create = create;
    this.#change = change;
  }

  /** Shows exactly `items`, in order. What goes leaves softly, or `abruptly`. */
  update(items: readonly T[], abruptly: boolean): void {
    const wanted = new Set(items.map(({ id }) => id));
    for (const [id, { element }] of this.#shown) {
      if (wanted.has(id)) continue;
      this.#shown.delete(id);
      if (abruptly) element.remove();
      else leave(element);
    }
    if (abruptly) for (const left of this.#root.querySelectorAll(".leaving")) left.remove();
    let before: Element | null = null;
    for (let index = items.length - 1; index >= 0; index -= 1) {
      const item = items[index] as T;
      const element = this.#bring(item);
      if (element.parentElement !== this.#root || nextStanding(element) !== before) {
        this.#root.insertBefore(element, before);
      }
      before = element;
    }
  }

  #bring(item: T): HTMLElement {
    const text = JSON.stringify(item);
    const edition = templateEdition() + languageEdition();
    const old = this.#shown.get(item.id);
    if (!old || old.edition !== edition) {
      old?.element.remove();
      const element = this.#create(item);
      this.#shown.set(item.id, { item, text, edition, element });
      return element;
    }
    if (old.text !== text) {
      this.#change(old.element, item, old.item);
      Object.assign(old, { item, text });
    }
    return old.element;
  }
}

/** The next sibling that is not on its way out. */
function nextStanding(element: Element): Element | null {
  let next = element.nextElementSibling;
  while (next?.classList.contains("leaving")) next = next.nextElementSibling;
  return next;
}
