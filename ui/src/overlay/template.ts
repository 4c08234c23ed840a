/**
 * Templates: which parts a card is built of, and in which order. A theme
 * names parts only; what a part is made of is this page's own business.
 */
import type { Theme } from "../shared/wire";

type Template = Theme["template"];

/** Every slot there is, and what stands in it unless a theme says otherwise. */
export const SLOTS = {
  gift: ["face", "words", "icon"],
  "gift.beside": ["count"],
} as const satisfies Template;

let current: Template = {};
let edition = 0;

/** Cards made from now on follow `template`; those made before are out of date. */
export function follow(template: Template): void {
  if (JSON.stringify(template) === JSON.stringify(current)) return;
  current = template;
  edition += 1;
}

/** Grows whenever cards have to be made anew. */
export function templateEdition(): number {
  return edition;
}

/** The parts of a slot, in order. A part that a card has not got is `null`. */
export function arrange(
  slot: keyof typeof SLOTS,
  parts: Record<string, Element | null>,
): Element[] {
  const named: readonly string[] = current[slot] ?? SLOTS[slot];
  const found = named.map((name) => (Object.keys(parts).includes(name) ? parts[name] : null));
  return found.filter((part): part is Element => part instanceof Element);
}
