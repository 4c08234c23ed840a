/** Whose turn it is in a place that several share. */
import type { Millis, Placard } from "../../shared/wire";

/** How long one of several stands before the next has its turn, ms. */
export const TURN_MS = 12_000;

/**
 * Turns go by the server's clock, so that every page shows the same one. What is
 * put up while others stand has its first turn at once: whoever put it up waits
 * for it to be seen.
 */
export class Turns {
  /** Those that stood the last time; `undefined` before the first. */
  #stood: ReadonlySet<string> | undefined;
  #fresh: { readonly id: string; readonly until: Millis } | undefined;

  /** The one that stands at `now`, and ms until another does. */
  take(placards: readonly Placard[], now: Millis): { turn: Placard | undefined; next: number } {
    const stood = this.#stood;
    const added = stood && placards.filter(({ id }) => !stood.has(id)).pop();
    this.#stood = new Set(placards.map(({ id }) => id));
    if (added) this.#fresh = { id: added.id, until: now + TURN_MS };
    if (placards.length < 2) return { turn: placards[0], next: Number.POSITIVE_INFINITY };
    const fresh = this.#fresh && now < this.#fresh.until ? this.#fresh : undefined;
    const first = fresh && placards.find(({ id }) => id === fresh.id);
    if (fresh && first) return { turn: first, next: fresh.until - now };
    const turn = placards[Math.floor(now / TURN_MS) % placards.length];
    return { turn, next: TURN_MS - (now % TURN_MS) };
  }
}
