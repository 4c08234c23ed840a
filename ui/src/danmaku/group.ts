/**
 * A group: a comment and the equal ones that were merged into it. They fly
 * as one that counts (×n). Pure.
 */

/** Most that one comment counts; more of them are swallowed, so that a flood stays bounded. */
export const GROUP_LIMIT = 999;

export class Group<T> {
  /** Whose text and name are drawn. */
  lead: T;
  /** What makes lines equal; `null` merges with nothing. */
  readonly key: string | null;
  /** When the last one joined; -Infinity before anybody did. */
  joined = Number.NEGATIVE_INFINITY;
  #others: T[] = [];

  constructor(lead: T, key: string | null) {
    this.lead = lead;
    this.key = key;
  }

  /** How many they are, at least 1. */
  get count(): number {
    return 1 + this.#others.length;
  }

  join(item: T, now: number): void {
    if (this.count < GROUP_LIMIT) this.#others.push(item);
    this.joined = now;
  }

  /** Without whoever `named` names; false if nobody is left. */
  remove(named: (item: T) => boolean): boolean {
    const left = [this.lead, ...this.#others].filter((item) => !named(item));
    const [lead, ...others] = left;
    if (lead === undefined) return false;
    this.lead = lead;
    this.#others = others;
    return true;
  }
}

/** What two lines must share to count as equal: their text, whatever the case and the spaces. */
export function keyOf(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
