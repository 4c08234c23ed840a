/**
 * Lines that wait to be read, what was paid for first, then by arrival. Pure:
 * the clock is an argument.
 *
 * At most {@link WAITING}; where there is no room the oldest that was not paid
 * for goes, else the oldest. A line whose turn does not come within
 * {@link PATIENCE_MS} is dropped.
 */
export const WAITING = 20;
export const PATIENCE_MS = 60_000;

export interface Line {
  /** Of the comment or the gift card; what comes with the same id replaces it. */
  readonly id: string;
  readonly user: string;
  readonly text: string;
  readonly paid: boolean;
  /** Not before this, ms. */
  readonly due: number;
}

export class SpeechQueue {
  #waiting: Line[] = [];
  #speaking: Line | null = null;

  get waiting(): readonly Line[] {
    return this.#waiting;
  }

  get speaking(): Line | null {
    return this.#speaking;
  }

  add(line: Line): void {
    if (this.#speaking?.id === line.id) return;
    const known = this.#waiting.findIndex(({ id }) => id === line.id);
    if (known >= 0) {
      // A card that grows is said with its new number, at its old time.
      this.#waiting[known] = { ...line, due: this.#waiting[known]?.due ?? line.due };
      return;
    }
    this.#waiting.push(line);
    if (this.#waiting.length <= WAITING) return;
    const unpaid = this.#waiting.findIndex(({ paid }) => !paid);
    this.#waiting.splice(Math.max(0, unpaid), 1);
  }

  /** The next one to read, if none is read now; it is read until {@link done}. */
  next(now: number): Line | null {
    if (this.#speaking) return null;
    this.#waiting = this.#waiting.filter(({ due }) => now - due <= PATIENCE_MS);
    const ready = this.#waiting.filter(({ due }) => due <= now);
    const line = ready.find(({ paid }) => paid) ?? ready[0];
    if (!line) return null;
    this.#waiting = this.#waiting.filter((other) => other !== line);
    this.#speaking = line;
    return line;
  }

  /** When {@link next} may have something; `null` if nothing waits. */
  nextDue(): number | null {
    return this.#waiting.length > 0 ? Math.min(...this.#waiting.map(({ due }) => due)) : null;
  }

  done(): void {
    this.#speaking = null;
  }

  /** Takes lines out; true if the one that is read is among them. */
  remove(named: (line: Line) => boolean): boolean {
    this.#waiting = this.#waiting.filter((line) => !named(line));
    return this.#speaking !== null && named(this.#speaking);
  }
}
