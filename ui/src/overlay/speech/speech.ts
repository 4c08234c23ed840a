/** Reads lines aloud with the voices of the system, one after another. */

import { isPaid } from "../../shared/sound/kinds";
import { utterance } from "../../shared/speech/utterance";
import type { Cue, Language, Look } from "../../shared/wire";
import { giftName } from "../words/figures";
import { type Line, SpeechQueue } from "./queue";
import { spoken, spokenName } from "./words";

/** Least tier of a gift that is read. */
const TIER = 3;
/**
 * Longest a line may take, ms, and a character of it at the voice's own speed:
 * an engine that never says it has ended holds nothing up.
 */
const LONGEST_MS = 5_000;
const CHARACTER_MS = 150;

export class Speech {
  readonly #queue = new SpeechQueue();
  #look: Look["speech"] | null = null;
  #language: Language = "en";
  #on = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #guard: ReturnType<typeof setTimeout> | undefined;

  /** `language` is the picture's: a line without letters of its own is said in it. */
  update(look: Look["speech"], language: Language): void {
    this.#look = look;
    this.#language = language;
    if (!look.on || look.volume === 0) this.clear();
  }

  /** Whether this page may speak. What is said meanwhile elsewhere is not said here later. */
  allow(on: boolean): void {
    this.#on = on;
    if (!on) this.clear();
  }

  /** What is read and what waits, for tests. */
  state(): { speaking: string | null; waiting: number } {
    return { speaking: this.#queue.speaking?.text ?? null, waiting: this.#queue.waiting.length };
  }

  hear(cue: Cue): void {
    const look = this.#look;
    if (!this.#on || !look?.on || look.volume === 0) return;
    const line = lineOf(cue, look, this.#language, performance.now());
    if (!line) return;
    this.#queue.add(line);
    this.#next();
  }

  /** Takes lines out at once, the one being read too. */
  remove(named: (id: string, user: string) => boolean): void {
    if (this.#queue.remove(({ id, user }) => named(id, user))) this.#stop();
  }

  clear(): void {
    this.remove(() => true);
    clearTimeout(this.#timer);
  }

  #next(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    const line = this.#queue.next(now);
    if (line) this.#say(line);
    const due = this.#queue.nextDue();
    if (this.#queue.speaking || due === null) return;
    this.#timer = setTimeout(() => this.#next(), Math.max(10, due - now + 1));
  }

  #say(line: Line): void {
    const look = this.#look;
    if (!look || !("speechSynthesis" in window)) {
      this.#queue.done();
      return;
    }
    const voices = speechSynthesis.getVoices();
    const words = utterance(line.text, look, voices, this.#language);
    const over = () => this.#over(line);
    words.addEventListener("end", over);
    words.addEventListener("error", over);
    this.#guard = setTimeout(
      () => {
        speechSynthesis.cancel();
        over();
      },
      LONGEST_MS + (line.text.length * CHARACTER_MS) / words.rate,
    );
    speechSynthesis.speak(words);
  }

  #stop(): void {
    const line = this.#queue.speaking;
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    if (line) this.#over(line);
  }

  /** Only the line that is read now can end; an engine may tell of an old one twice. */
  #over(line: Line): void {
    if (this.#queue.speaking !== line) return;
    clearTimeout(this.#guard);
    this.#queue.done();
    this.#next();
  }
}

/** What a cue has read, under this look; `null` for nothing. Pure. */
export function lineOf(
  cue: Cue,
  look: Look["speech"],
  language: Language,
  now: number,
): Line | null {
  const due = now + look.delay * 1000;
  if (cue.cue === "gift") {
    const { id, from, gift, count, tier } = cue.card;
    const words = spoken(`${giftName(gift)}${count > 1 ? ` × ${count}` : ""}`, look, language);
    if (!look.gifts || tier < TIER || words === null) return null;
    return { id, user: from.id, text: named(from.nick, words, look), paid: true, due };
  }
  if (cue.cue !== "comment" || cue.event.kind !== "comment") return null;
  const { id, from, text } = cue.event;
  const paid = isPaid(cue.event);
  if (!(look.comments || (paid && look.paid))) return null;
  const words = spoken(text, look, language);
  if (words === null) return null;
  return { id, user: from?.id ?? "", text: named(from?.nick ?? "", words, look), paid, due };
}

function named(nick: string, words: string, look: Look["speech"]): string {
  // A name is subject to the same blocked words as a line.
  const name = look.names && spoken(nick, look) !== null ? spokenName(nick) : "";
  return name ? `${name}: ${words}` : words;
}
