/**
 * The server's clock as this page knows it. Set by every `stage`; an event
 * from later than that shows that it runs ahead of us and moves it on.
 */
import type { Millis } from "../shared/wire";

export class Clock {
  readonly #tick: () => number;
  #offset: number;

  /** `tick` is a clock of this page that never runs backwards, ms. */
  constructor(tick: () => number = () => performance.now()) {
    this.#tick = tick;
    this.#offset = Date.now() - tick();
  }

  /** The server's time. */
  now(): Millis {
    return this.#tick() + this.#offset;
  }

  /** The server says it is `now`. */
  set(now: Millis): void {
    this.#offset = now - this.#tick();
  }

  /** The server did something at `moment`, so it cannot be earlier. */
  atLeast(moment: Millis): void {
    if (moment > this.now()) this.set(moment);
  }
}
