/**
 * Heights of a virtual list, in px: measured where a row was drawn, guessed elsewhere.
 *
 * Pure arithmetic over keys; it holds no element. Bounded by the rows it is given.
 */
export class Extent {
  readonly #guess: number;
  readonly #measured = new Map<string, number>();
  #keys: readonly string[] = [];
  /** `tops[i]` is where row `i` starts; one more for the end. */
  #tops: number[] = [0];

  /** `guess` is the height of a row that was never drawn. */
  constructor(guess: number) {
    this.#guess = guess;
  }

  /** Takes the rows to lay out, top to bottom, and forgets heights of others now and then. */
  setRows(keys: readonly string[]): void {
    this.#keys = keys;
    if (this.#measured.size > 2 * keys.length + 200) {
      const kept = new Set(keys);
      for (const key of this.#measured.keys()) if (!kept.has(key)) this.#measured.delete(key);
    }
    this.#layOut();
  }

  /** Takes heights of drawn rows; says whether any of them was news. */
  measure(heights: Iterable<readonly [string, number]>): boolean {
    let news = false;
    for (const [key, height] of heights) {
      if (this.#measured.get(key) === height) continue;
      this.#measured.set(key, height);
      news = true;
    }
    if (news) this.#layOut();
    return news;
  }

  /** Forgets every height, e.g. after the width changed. */
  forget(): void {
    this.#measured.clear();
    this.#layOut();
  }

  /** Height of everything. */
  get total(): number {
    return this.#tops[this.#keys.length] ?? 0;
  }

  /** Where row `index` starts. */
  top(index: number): number {
    return this.#tops[Math.max(0, Math.min(index, this.#keys.length))] ?? 0;
  }

  /** Where the row with this key starts; `undefined` if it is not there. */
  topOf(key: string): number | undefined {
    const index = this.#keys.indexOf(key);
    return index < 0 ? undefined : this.top(index);
  }

  /** Index of the row that covers `y`. */
  at(y: number): number {
    let low = 0;
    let high = this.#keys.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#tops[middle] ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }

  /** Rows `from..to` to draw for a view of `height` at `y`, with `spare` px above and below. */
  range(y: number, height: number, spare: number): { from: number; to: number } {
    if (this.#keys.length === 0) return { from: 0, to: 0 };
    return {
      from: this.at(y - spare),
      to: Math.min(this.#keys.length, this.at(y + height + spare) + 1),
    };
  }

  #layOut(): void {
    const tops = new Array<number>(this.#keys.length + 1);
    let y = 0;
    this.#keys.forEach((key, i) => {
      tops[i] = y;
      y += this.#measured.get(key) ?? this.#guess;
    });
    tops[this.#keys.length] = y;
    this.#tops = tops;
  }
}
