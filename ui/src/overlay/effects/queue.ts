/**
 * Which effect plays next. One at a time, the dearest first, equals by
 * arrival. Pure: the clock is an argument.
 *
 * At most {@link WAITING} wait, each at most {@link PATIENCE_MS}. Gifts of one
 * kind wait as one. Where there is no room the cheapest is dropped, the
 * youngest of equals; what waited too long is dropped too. The gift's card
 * tells of every gift all the same.
 */
import type { Card } from "../../shared/wire";

/** Most effects that wait. */
export const WAITING = 8;
/** Longest wait, ms. */
export const PATIENCE_MS = 30_000;
/** Most cards remembered as having had their effect; the oldest go. */
const REMEMBERED = 64;

/** An effect for one or more cards of the same gift. */
export interface Turn {
  readonly gift: string;
  /** Path of the file. */
  readonly src: string;
  /** Coins of all its cards. */
  worth: number;
  /** When the first of them asked, ms. */
  readonly since: number;
  /** Whose gift each card is, by card. */
  readonly cards: Map<string, string>;
}

export class EffectQueue {
  #waiting: Turn[] = [];
  #playing: Turn | null = null;
  /** Cards that have had their turn or wait for it. */
  readonly #known = new Set<string>();

  get playing(): Turn | null {
    return this.#playing;
  }

  get waiting(): readonly Turn[] {
    return this.#waiting;
  }

  /** A card opened or grew; each card asks once, whatever it grows to. */
  offer(card: Card, src: string, now: number): void {
    const worth = card.gift.coins * card.count;
    if (this.#known.has(card.id)) {
      const turn = this.#waiting.find(({ cards }) => cards.has(card.id));
      // Alone in its turn it is worth what it grew to; in company it stays what it was.
      if (turn?.cards.size === 1) turn.worth = worth;
      return;
    }
    this.#remember(card.id);
    const same = this.#waiting.find(({ gift }) => gift === card.gift.id);
    if (same) {
      same.worth += worth;
      same.cards.set(card.id, card.from.id);
      return;
    }
    const cards = new Map([[card.id, card.from.id]]);
    this.#waiting.push({ gift: card.gift.id, src, worth, since: now, cards });
    if (this.#waiting.length > WAITING) this.#waiting.splice(this.#cheapest(), 1);
  }

  /** The next one, if none plays; it plays until {@link done}. */
  next(now: number): Turn | null {
    if (this.#playing) return null;
    this.#waiting = this.#waiting.filter(({ since }) => now - since <= PATIENCE_MS);
    const [first, ...others] = this.#waiting;
    if (!first) return null;
    const best = others.reduce((best, turn) => (turn.worth > best.worth ? turn : best), first);
    this.#waiting = this.#waiting.filter((turn) => turn !== best);
    this.#playing = best;
    return best;
  }

  /** The one that played has ended. */
  done(): void {
    this.#playing = null;
  }

  /**
   * Takes cards off; an effect goes when none of its cards is left. True if
   * it was the one that plays.
   */
  remove(named: (card: string, user: string) => boolean): boolean {
    const empty = (turn: Turn) => {
      for (const [card, user] of turn.cards) if (named(card, user)) turn.cards.delete(card);
      return turn.cards.size === 0;
    };
    this.#waiting = this.#waiting.filter((turn) => !empty(turn));
    return this.#playing !== null && empty(this.#playing);
  }

  /** Nothing waits and nothing plays. */
  clear(): void {
    this.#waiting = [];
    this.#playing = null;
  }

  #cheapest(): number {
    let cheapest = this.#waiting.length - 1;
    for (let index = cheapest - 1; index >= 0; index -= 1) {
      const [at, best] = [this.#waiting[index], this.#waiting[cheapest]];
      if (at && best && at.worth < best.worth) cheapest = index;
    }
    return cheapest;
  }

  #remember(card: string): void {
    this.#known.add(card);
    if (this.#known.size <= REMEMBERED) return;
    for (const oldest of this.#known) {
      this.#known.delete(oldest);
      break;
    }
  }
}
