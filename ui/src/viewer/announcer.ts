/**
 * Reads the chat out to a screen reader, no faster than it can speak.
 *
 * Lines of `EVERY` ms are said together: the last `MOST` of them, the rest as
 * a number. What stands in line is never more than that, so nothing is read
 * out long after it was said.
 */
import { h } from "../shared/dom";
import { words } from "../shared/words/viewer";
import type { Line } from "./messages";
import { giftName } from "./row";

/** Between two readings, ms. */
export const EVERY = 3_000;
/** Lines in one reading. */
const MOST = 2;

export class Announcer {
  /** Seen by nobody; a polite live region. */
  readonly element = h("div", {
    class: "unseen",
    role: "status",
    "aria-live": "polite",
    "data-test": "announcer",
  });
  /** A combo that grows meanwhile is read as it stands then. */
  #waiting: Line[] = [];
  /** What stands there to be read. */
  #read: { line: Line; element: HTMLElement }[] = [];
  #more = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** A line that was said now; one's own is known already. */
  say(line: Line): void {
    if (line.mine || !spoken(line) || this.#waiting.includes(line)) return;
    this.#waiting.push(line);
    if (this.#waiting.length > MOST) {
      this.#waiting.shift();
      this.#more += 1;
    }
    if (this.#timer === undefined) this.#next();
  }

  /** A line was taken off: it is not read out, and stands nowhere. */
  drop(line: Line): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting !== line);
    for (const read of this.#read) if (read.line === line) read.element.remove();
  }

  #next(): void {
    this.#timer = undefined;
    if (this.#waiting.length === 0) return;
    const more = this.#more > 0 ? [words.list.more(this.#more)] : [];
    this.#read = this.#waiting.map((line) => ({ line, element: h("p", null, spoken(line)) }));
    const lines = this.#read.map(({ element }) => element);
    this.element.replaceChildren(...more.map((text) => h("p", null, text)), ...lines);
    this.#waiting = [];
    this.#more = 0;
    this.#timer = setTimeout(() => this.#next(), EVERY);
  }
}

function spoken({ event }: Line): string {
  const nick = event.from?.nick;
  if (nick === undefined) return "";
  if (event.kind === "comment") return words.list.said(nick, event.text);
  if (event.kind === "gift") return words.list.gave(nick, giftName(event.gift), event.count);
  return "";
}
