/**
 * Bounded waiting room of comments that found no free lane.
 *
 * Strict priorities, first in first out inside one. It holds at most
 * {@link QUEUE_LIMIT} comments, each for at most the {@link WAIT_LIMIT_MS} of
 * its priority. When it is full, the longest waiting comment of the lowest
 * level makes room; a newcomer below everything that waits is refused. What
 * is dropped here never flies and stays in the feed only. Pure: callers pass
 * `now`.
 */
import type { Priority } from "../shared/wire";

/** Most comments that wait. */
export const QUEUE_LIMIT = 200;
/**
 * Longest wait, ms; a comment that flies later answers nothing any more. What
 * the host says or somebody pays for may come later than chat.
 */
export const WAIT_LIMIT_MS: Readonly<Record<Priority, number>> = {
  high: 10_000,
  normal: 4_000,
  low: 4_000,
  lowest: 4_000,
};

/** All levels, most important first. */
export const LEVELS: readonly Priority[] = ["high", "normal", "low", "lowest"];

interface Waiting<T> {
  readonly item: T;
  readonly since: number;
}

export class Queue<T> {
  readonly #levels: Waiting<T>[][] = LEVELS.map(() => []);
  #size = 0;

  /** How many wait. */
  get size(): number {
    return this.#size;
  }

  /** Puts `item` behind its equals. False if it was refused. */
  offer(now: number, item: T, priority: Priority): boolean {
    const level = Math.max(0, LEVELS.indexOf(priority));
    if (this.#size >= QUEUE_LIMIT) {
      const lowest = this.#lowestTaken();
      if (lowest < level) return false;
      this.#levels[lowest]?.shift();
      this.#size -= 1;
    }
    this.#levels[level]?.push({ item, since: now });
    this.#size += 1;
    return true;
  }

  /** Who flies next. */
  head(): T | undefined {
    return this.#levels.find((level) => level.length > 0)?.[0]?.item;
  }

  /** Takes the one `head` named. */
  take(): T | undefined {
    const level = this.#levels.find((waiting) => waiting.length > 0);
    if (!level) return undefined;
    this.#size -= 1;
    return level.shift()?.item;
  }

  /** The first one that `named` names. */
  find(named: (item: T) => boolean): T | undefined {
    for (const level of this.#levels) {
      const found = level.find(({ item }) => named(item));
      if (found) return found.item;
    }
    return undefined;
  }

  /** Drops everybody who has waited too long. */
  expire(now: number): void {
    for (const [index, level] of this.#levels.entries()) {
      const limit = WAIT_LIMIT_MS[LEVELS[index] ?? "lowest"];
      const kept = level.findIndex(({ since }) => now - since <= limit);
      const dropped = kept < 0 ? level.length : kept;
      if (dropped > 0) level.splice(0, dropped);
      this.#size -= dropped;
    }
  }

  /** Drops whoever `gone` names. */
  remove(gone: (item: T) => boolean): void {
    this.#size = 0;
    for (const [index, level] of this.#levels.entries()) {
      const kept = level.filter((waiting) => !gone(waiting.item));
      this.#levels[index] = kept;
      this.#size += kept.length;
    }
  }

  #lowestTaken(): number {
    for (let index = this.#levels.length - 1; index >= 0; index -= 1) {
      if ((this.#levels[index]?.length ?? 0) > 0) return index;
    }
    return -1;
  }
}
