/**
 * A look being edited while others may edit it too.
 *
 * What another console sets flows in, except into a setting that is in use
 * here: held, or touched less than {@link SETTLE_MS} ago, while the server's
 * echo of it may still be on its way.
 */

import type { Look } from "../shared/wire";
import { PATHS, type Path, type Value, valueAt, withValue } from "./settings";

/** How long a touched setting is ours, ms. */
export const SETTLE_MS = 1_500;

/** One overlay's look in the editor. Time is an argument, in ms. */
export class Draft {
  #remote: Look;
  readonly #touched = new Map<Path, { value: Value; at: number }>();
  #held: Path | undefined;

  constructor(remote: Look) {
    this.#remote = remote;
  }

  /** The server's look as of the last figures. */
  receive(remote: Look): void {
    this.#remote = remote;
  }

  /** The control of this setting is in use (`undefined` for none). */
  hold(path: Path | undefined, now: number): void {
    if (this.#held !== undefined && this.#held !== path) {
      const touch = this.#touched.get(this.#held);
      if (touch) touch.at = now;
    }
    this.#held = path;
  }

  /** The host set this setting; returns the whole look to send. */
  set(path: Path, value: Value, now: number): Look {
    this.#touched.set(path, { value, at: now });
    return this.look(now);
  }

  /** The host set all of them. */
  setAll(look: Look, now: number): Look {
    for (const path of PATHS) {
      const value = valueAt(look, path);
      if (value !== undefined) this.#touched.set(path, { value, at: now });
    }
    return this.look(now);
  }

  /** What to show and to send: the server's look with what is in use here on top. */
  look(now: number): Look {
    let look = this.#remote;
    for (const [path, { value, at }] of this.#touched) {
      if (path !== this.#held && now - at >= SETTLE_MS) this.#touched.delete(path);
      else look = withValue(look, path, value);
    }
    return look;
  }
}
