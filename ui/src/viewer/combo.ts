/**
 * A combo: quick repeats of one gift, sent in bunches.
 *
 * The first goes out at once; taps that follow within `EVERY` go out together,
 * so that a fast thumb fills neither the chat nor the room's budget.
 */

/** At most one message in this many ms. */
const EVERY = 500;
/** The combo ends this long after the last tap, ms. */
export const COMBO_ENDS = 3_000;
/** Of one gift in one message. */
const MOST = 9_999;

export class Combo {
  /** Given since the combo began. */
  count = 0;
  #waiting = 0;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #end: ReturnType<typeof setTimeout> | undefined;

  /** `give` sends; `over` is told once, when nobody tapped for a while. */
  constructor(
    readonly give: (count: number) => void,
    readonly over: () => void,
  ) {}

  tap(count: number): void {
    this.count += count;
    this.#waiting += count;
    if (this.#pause === undefined) this.#send();
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.end(), COMBO_ENDS);
  }

  /** Sends the rest and ends. */
  end(): void {
    clearTimeout(this.#end);
    clearTimeout(this.#pause);
    this.#pause = undefined;
    while (this.#waiting > 0) this.#bunch();
    this.over();
  }

  #send(): void {
    this.#pause = undefined;
    if (this.#waiting === 0) return;
    this.#bunch();
    this.#pause = setTimeout(() => this.#send(), EVERY);
  }

  #bunch(): void {
    const count = Math.min(MOST, this.#waiting);
    this.#waiting -= count;
    this.give(count);
  }
}
