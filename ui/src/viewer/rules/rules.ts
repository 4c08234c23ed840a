/**
 * The rules that hold for whoever has the page, as the server told them: may
 * they speak, if not why not, and how long slow mode has them wait. The server
 * decides; this only says it before a line is refused.
 */

import { clockTime } from "../../shared/format";
import type { Millis, OwnRules, RoomRules, ServerFrame } from "../../shared/wire";
import { lately } from "../../shared/words/figures";
import { words } from "./words";

/** How it stands at a moment. */
export interface Say {
  readonly may: boolean;
  /** Why not, or what to know beforehand; empty for nothing. */
  readonly words: string;
  /** Seconds until slow mode lets another comment through. */
  readonly wait: number;
  /** Ms until this changes by itself; infinite for never. */
  readonly next: number;
}

const FREE: RoomRules = { slow_s: 0, speakers: "everybody" };
const ANYBODY: OwnRules = { exempt: false, follows: false, muted_s: 0, wait_s: 0 };
/** Refused by slow mode: the message says how many seconds are left. */
const SLOW = 2112;
const LEFT = /\b(\d+) s\b/;
/** A mute that ends within this is said with its hour alone, ms. */
const TODAY = 12 * 3_600_000;
/** A mute that runs on after so long is said to have no end, ms. */
const FOR_GOOD = 300 * 86_400_000;
/** Comments that wait for an answer; the oldest are forgotten. */
const SENT = 50;

export class Rules {
  #rules = FREE;
  #own = ANYBODY;
  #muteAll = false;
  #mutedUntil: Millis = 0;
  /** When slow mode lets another comment through. */
  #ready: Millis = 0;
  readonly #sent = new Set<number>();
  readonly #listening: ((say: Say) => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #now: () => Millis;

  constructor(now: () => Millis = Date.now) {
    this.#now = now;
  }

  /** Told how it stands, now and whenever it changes: each second while slow mode counts down. */
  onChange(then: (say: Say) => void): void {
    this.#listening.push(then);
    then(this.say());
  }

  /** A comment of this number went out. */
  sent(cid: number): void {
    this.#sent.add(cid);
    if (this.#sent.size > SENT) this.#sent.delete(Math.min(...this.#sent));
  }

  /** Takes what concerns it of a frame. */
  hear(frame: ServerFrame): void {
    switch (frame.t) {
      case "joined":
        // What holds comes after this, if anything does.
        [this.#rules, this.#own, this.#muteAll, this.#mutedUntil] = [FREE, ANYBODY, false, 0];
        break;
      case "rules":
        this.#take(frame);
        break;
      case "ack":
        if (!this.#sent.delete(frame.cid)) return;
        this.#pause(this.#rules.slow_s);
        break;
      case "error":
        if (frame.re === undefined || !this.#sent.delete(frame.re) || frame.code !== SLOW) return;
        this.#pause(Number(LEFT.exec(frame.message)?.[1] ?? 0));
        break;
      default:
        return;
    }
    this.#tell();
  }

  /** How it stands now. */
  say(): Say {
    const now = this.#now();
    const never = Number.POSITIVE_INFINITY;
    const muted = this.#mutedUntil - now;
    if (muted > 0) {
      return { may: false, words: mutedWords(muted, this.#mutedUntil), wait: 0, next: muted };
    }
    const { slow_s, speakers } = this.#rules;
    const silent = (text: string): Say => ({ may: false, words: text, wait: 0, next: never });
    if (!this.#own.exempt) {
      if (this.#muteAll) return silent(words.everybody);
      if (speakers === "helpers") return silent(words.helpers);
      if (speakers === "followers" && !this.#own.follows) return silent(words.followers);
      if (slow_s > 0) {
        const wait = Math.max(0, Math.ceil((this.#ready - now) / 1_000));
        const next = wait > 0 ? this.#ready - now - (wait - 1) * 1_000 : never;
        return { may: true, words: words.slow(slow_s), wait, next };
      }
    }
    return { may: true, words: "", wait: 0, next: never };
  }

  #take({ rules, mute_all, own }: Extract<ServerFrame, { t: "rules" }>): void {
    // A shorter pause holds for who waits for a longer one.
    this.#ready = Math.min(this.#ready, this.#now() + rules.slow_s * 1_000);
    [this.#rules, this.#muteAll] = [rules, mute_all];
    if (!own) return;
    this.#own = own;
    this.#mutedUntil = own.muted_s > 0 ? this.#now() + own.muted_s * 1_000 : 0;
    this.#pause(own.wait_s);
  }

  #pause(seconds: number): void {
    this.#ready = Math.max(this.#ready, this.#now() + seconds * 1_000);
  }

  #tell(): void {
    clearTimeout(this.#timer);
    const say = this.say();
    for (const then of this.#listening) then(say);
    if (say.next === Number.POSITIVE_INFINITY) return;
    // A timer cannot be set for longer than 24 days; looking once more does no harm.
    this.#timer = setTimeout(() => this.#tell(), Math.min(Math.max(16, say.next + 1), 3_600_000));
  }
}

function mutedWords(rest: number, until: Millis): string {
  if (rest > FOR_GOOD) return words.mutedForGood;
  return words.muted(rest < TODAY ? clockTime(until) : lately(until));
}
