/** This page's switches, told to whoever draws by them. */
import { keep, load, type Switches } from "./switches";

export class Wishes {
  #now = load();
  readonly #told: ((switches: Switches) => void)[] = [];

  get now(): Switches {
    return this.#now;
  }

  /** Changes some of them, and keeps all. */
  set(changes: Partial<Switches>): void {
    this.#now = { ...this.#now, ...changes };
    keep(this.#now);
    for (const then of this.#told) then(this.#now);
  }

  /** Told now and on every change. */
  onChange(then: (switches: Switches) => void): void {
    this.#told.push(then);
    then(this.#now);
  }
}

/** One for the page: its parts see the same. */
export const wishes = new Wishes();
