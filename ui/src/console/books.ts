/** The books in words: what came in and what became of it. */

import { grouped } from "../shared/format";
import type { Accounts } from "../shared/wire";

/** Fates in the order of the sum, with the words for them. */
export const PARTS = [
  ["shown", "shown"],
  ["merged", "merged"],
  ["aged_out", "aged out"],
  ["removed", "removed"],
  ["blocked", "blocked"],
  ["refused", "refused"],
  ["waiting", "waiting"],
] as const satisfies readonly (readonly [Exclude<keyof Accounts, "received">, string])[];

/** `received 12 = 9 shown + 3 merged + 0 aged out …`. */
export function sum(accounts: Accounts): string {
  const parts = PARTS.map(([key, word]) => `${grouped(accounts[key])} ${word}`);
  return `received ${grouped(accounts.received)} = ${parts.join(" + ")}`;
}

/** `0 unaccounted`. Anything but 0 is a fault of the program. */
export function unaccounted(count: number): string {
  return `${grouped(count)} unaccounted`;
}

/** `high 1, normal 2, low 3, lowest 4`. */
export function queueWords([high, normal, low, lowest]: readonly number[]): string {
  return `high ${high ?? 0}, normal ${normal ?? 0}, low ${low ?? 0}, lowest ${lowest ?? 0}`;
}
