/**
 * What may sound now. Pure: the clock is an argument. At most {@link AT_ONCE}
 * at a time and {@link A_SECOND} a second, each kind after a rest of its own;
 * what comes too soon makes no sound, nothing waits for later.
 */

/** What has a sound. */
export type Kind = "gift" | "paid" | "join" | "follow" | "voucher";

export const AT_ONCE = 4;
export const A_SECOND = 5;

/** Rest of each kind, ms: the commoner it is, the longer. */
const REST_MS: Record<Kind, number> = {
  gift: 400,
  paid: 400,
  voucher: 1_000,
  follow: 1_500,
  join: 4_000,
};

export class Limiter {
  readonly #last = new Map<Kind, number>();
  /** Starts of the last second. */
  #starts: number[] = [];
  /** Ends of what sounds. */
  #ends: number[] = [];

  /** Whether a sound of this kind, `ms` long, may start now; if so it does. */
  start(kind: Kind, now: number, ms: number): boolean {
    this.#starts = this.#starts.filter((at) => now - at < 1_000);
    this.#ends = this.#ends.filter((at) => at > now);
    const rested = now - (this.#last.get(kind) ?? Number.NEGATIVE_INFINITY) >= REST_MS[kind];
    if (!rested || this.#starts.length >= A_SECOND || this.#ends.length >= AT_ONCE) return false;
    this.#last.set(kind, now);
    this.#starts.push(now);
    this.#ends.push(now + ms);
    return true;
  }

  /** Everything was cut off. */
  stop(): void {
    this.#ends = [];
  }
}
