/**
 * The language the picture speaks: the look's, and before there is one the
 * page's. It changes on air, so whoever draws a word asks for it then, and
 * what stands is drawn anew.
 */
import type { Language } from "../../shared/wire";
import { language as ofPage } from "../../shared/words/language";
import { CATALOGUES, type OverlayWords } from "./catalogue";

let current: Language = ofPage;
let edition = 0;
const listeners = new Set<() => void>();

/** The words of now. Not to be kept. */
export function words(): OverlayWords {
  return CATALOGUES[current];
}

/** The language of now. */
export function language(): Language {
  return current;
}

/** Speaks `next` from now on. One that this page is too old to know is English. */
export function speak(next: Language): void {
  const known = Object.keys(CATALOGUES).includes(next) ? next : "en";
  // Han signs are drawn by the language of the page.
  document.documentElement.lang = known;
  if (known === current) return;
  current = known;
  edition += 1;
  for (const listener of listeners) listener();
}

/** Grows whenever what stands has to be made anew. */
export function languageEdition(): number {
  return edition;
}

/** Calls `listener` at every change. */
export function onLanguage(listener: () => void): void {
  listeners.add(listener);
}
