/** The books in words: what came in and what became of it. */

import type { Accounts } from "../shared/wire";
import { words } from "./words/frame";

/** Fates in the order of the sum. */
export const PARTS = [
  "shown",
  "merged",
  "aged_out",
  "removed",
  "blocked",
  "refused",
  "waiting",
] as const satisfies readonly Exclude<keyof Accounts, "received">[];

/** `received 12 = 9 shown + 3 merged + 0 aged out …`. */
export function sum(accounts: Accounts): string {
  const parts = PARTS.map((part) => words.fates[part](accounts[part]));
  return `${words.received(accounts.received)} = ${parts.join(" + ")}`;
}

/** `0 unaccounted`. Anything but 0 is a fault of the program. */
export function unaccounted(count: number): string {
  return words.unaccounted(count);
}

/** `high 1, normal 2, low 3, lowest 4`. */
export function queueWords([high, normal, low, lowest]: readonly number[]): string {
  return words.queueIs(high ?? 0, normal ?? 0, low ?? 0, lowest ?? 0);
}
