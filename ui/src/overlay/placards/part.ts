/** What every kind of placard gives to the place it stands in. */
import { letters } from "../../danmaku/letters";
import { h } from "../../shared/dom";
import { withEmotes } from "../../shared/emotes";
import type { Millis, Placard } from "../../shared/wire";
import { pop } from "../motion";

/** A placard of one kind. */
export type Of<K extends Placard["kind"]> = Extract<Placard, { kind: K }>;

/** A drawn placard. */
export interface Made<P extends Placard = Placard> {
  readonly element: HTMLElement;
  /** Brings it up to date; the kind is the same, unless the id was used anew. */
  update(placard: P): void;
  /** Draws what time changes; ms until it changes again, if it does. */
  tick?(now: Millis): number | undefined;
}

/** Text that may come from anywhere, in a direction of its own. */
export function words(name: string, text: string): HTMLElement {
  return h("div", { class: name, dir: "auto" }, text);
}

/** The same, with its emotes as pictures. */
export function emotive(name: string, text: string): HTMLElement {
  return h("div", { class: name, dir: "auto" }, ...withEmotes(text));
}

/** Puts a figure, with a pop if it was another. */
export function figure(element: HTMLElement, text: string): void {
  if (element.textContent === text) return;
  const first = element.textContent === "";
  element.textContent = text;
  if (!first) pop(element);
}

/** Smallest a text is made to fit; it goes on in another row then. */
const SMALLEST = 0.62;

/** The size of `text` beside its own where `room` letters stand in a row: 1 to `SMALLEST`. */
export function fit(text: string, room: number): number {
  return Math.max(SMALLEST, Math.min(1, room / Math.max(1, letters(text))));
}

/** Has the style sheet draw a text smaller that would need more than a row of `room` letters. */
export function fitted(element: HTMLElement, text: string, room: number): HTMLElement {
  element.style.setProperty("--fit", fit(text, room).toFixed(3));
  return element;
}

/** A bar that is filled to `part` of 1. */
export function bar(name: string): { element: HTMLElement; fill(part: number): void } {
  const inner = h("div", { class: `${name}-fill` });
  const element = h("div", { class: name }, inner);
  return {
    element,
    fill: (part) => {
      const share = Math.min(1, Math.max(0, part));
      inner.style.setProperty("--part", String(Number.isFinite(share) ? share : 0));
    },
  };
}
