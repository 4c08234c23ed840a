/**
 * Passes values on at most once every `gap` ms; the last value is always passed on.
 *
 * Holds at most one value: a newer one replaces it.
 */
export class Throttle<T> {
  readonly #gap: number;
  readonly #pass: (value: T) => void;
  readonly #now: () => number;
  #last = Number.NEGATIVE_INFINITY;
  #waiting: { value: T } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(gap: number, pass: (value: T) => void, now = () => performance.now()) {
    this.#gap = gap;
    this.#pass = pass;
    this.#now = now;
  }

  /** Passes `value` on now, or when the gap is over unless a newer one comes. */
  push(value: T): void {
    this.#waiting = { value };
    if (this.#timer !== undefined) return;
    const wait = this.#last + this.#gap - this.#now();
    if (wait <= 0) this.flush();
    else this.#timer = setTimeout(() => this.flush(), wait);
  }

  /** Passes on what waits, at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#waiting) return;
    const { value } = this.#waiting;
    this.#waiting = undefined;
    this.#last = this.#now();
    this.#pass(value);
  }

  /** Drops what waits. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = undefined;
  }
}
