/**
 * Likes of this page: taps are counted at once and sent in bunches.
 *
 * At most `MOST` taps wait for a line; more while it is down are not kept. The
 * total shown never falls while one looks at it.
 */

/** Taps in one frame, and kept while there is no line. */
const MOST = 200;
/** A bunch goes out this long after its first tap, ms. */
export const EVERY = 500;

export class Likes {
  #waiting = 0;
  #shown = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `send` tells whether the bunch went out. */
  constructor(readonly send: (count: number) => boolean) {}

  /** What to show now. */
  get total(): number {
    return this.#shown;
  }

  /** One tap; `false` if no more are kept. */
  tap(): boolean {
    if (this.#waiting >= MOST) return false;
    this.#waiting += 1;
    this.#shown += 1;
    this.#timer ??= setTimeout(() => this.flush(), EVERY);
    return true;
  }

  /** Sends what waits; called when a line is there again, too. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting > 0 && this.send(this.#waiting)) this.#waiting = 0;
  }

  /** The room's own total. Returns how many of them are others' and new. */
  told(total: number): number {
    const before = this.#shown;
    this.#shown = Math.max(before, total + this.#waiting);
    return this.#shown - before;
  }

  /** The total on joining, which is the truth. */
  reset(total: number): void {
    this.#shown = total + this.#waiting;
  }
}
