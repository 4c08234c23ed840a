/** What a viewer wants of the comments that fly: kept by this browser, pure but for that. */
import type { Event } from "../../shared/wire";

/** Whose comments fly. */
export type Whose = "all" | "staff";

export interface Switches {
  readonly on: boolean;
  /** Part of the picture's height from the top, per cent. */
  readonly area: number;
  /** Text height, per cent of the usual one. */
  readonly size: number;
  /** Per cent. */
  readonly opacity: number;
  /** Seconds to cross. */
  readonly seconds: number;
  /** `staff`: hosts, helpers and what was paid for. */
  readonly whose: Whose;
  /** Gifts are shown on the picture. */
  readonly gifts: boolean;
  /** A line with one of these words does not fly; at most 100 of 40 characters. */
  readonly words: readonly string[];
  /** Lines of these people are not shown at all; at most 200. */
  readonly people: readonly { readonly id: string; readonly nick: string }[];
}

export const DEFAULTS: Switches = {
  on: true,
  area: 50,
  size: 100,
  opacity: 90,
  seconds: 9,
  whose: "all",
  gifts: true,
  words: [],
  people: [],
};

/** Least, most and step of what slides. */
export const RANGES = {
  area: [20, 100, 10],
  size: [60, 180, 10],
  opacity: [20, 100, 10],
  seconds: [4, 16, 1],
} as const;

const MOST = { words: 100, word: 40, people: 200 } as const;
const KEY = "surtitle.danmaku";

/** Reads what was kept; whatever is not as it should be is as at first. */
export function read(kept: unknown): Switches {
  const from = typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : {};
  const is = (key: "on" | "gifts") =>
    typeof from[key] === "boolean" ? (from[key] as boolean) : DEFAULTS[key];
  const number = (key: keyof typeof RANGES) => {
    const [least, most] = RANGES[key];
    const value = from[key];
    const fine = typeof value === "number" && Number.isFinite(value);
    return fine ? Math.min(most, Math.max(least, value)) : DEFAULTS[key];
  };
  const list = (key: "words" | "people") => (Array.isArray(from[key]) ? (from[key] as []) : []);
  return {
    on: is("on"),
    area: number("area"),
    size: number("size"),
    opacity: number("opacity"),
    seconds: number("seconds"),
    whose: from.whose === "staff" ? "staff" : "all",
    gifts: is("gifts"),
    words: list("words")
      .filter((word: unknown): word is string => typeof word === "string")
      .slice(0, MOST.words),
    people: list("people")
      .filter(
        (one: unknown): one is { id: string; nick: string } =>
          typeof one === "object" &&
          one !== null &&
          typeof (one as { id?: unknown }).id === "string" &&
          typeof (one as { nick?: unknown }).nick === "string",
      )
      .slice(0, MOST.people),
  };
}

export function load(): Switches {
  try {
    return read(JSON.parse(localStorage.getItem(KEY) ?? "null"));
  } catch {
    return DEFAULTS;
  }
}

export function keep(switches: Switches): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(switches));
  } catch {
    // Storage is switched off or full: it lasts as long as the page.
  }
}

/** With one more word; the same if it is empty, too long, known or one too many. */
export function withWord(switches: Switches, text: string): Switches {
  const word = text.trim();
  const known = switches.words.some((each) => plain(each) === plain(word));
  const fits = word.length > 0 && word.length <= MOST.word && switches.words.length < MOST.words;
  return fits && !known ? { ...switches, words: [...switches.words, word] } : switches;
}

/** With one more person; the one hidden longest is shown again if there are too many. */
export function withPerson(switches: Switches, { id, nick }: { id: string; nick: string }) {
  const others = switches.people.filter((person) => person.id !== id);
  return { ...switches, people: [...others, { id, nick }].slice(-MOST.people) };
}

/** Whether somebody's lines are not wanted anywhere. */
export function hides(switches: Switches, event: Event): boolean {
  return switches.people.some(({ id }) => id === event.from?.id);
}

/** Whether a comment flies. */
export function flies(switches: Switches, event: Event): boolean {
  if (!switches.on || event.kind !== "comment" || hides(switches, event)) return false;
  const role = event.from?.role;
  const isStaff = role === "host" || role === "helper" || event.paid !== undefined;
  if (switches.whose === "staff" && !isStaff) return false;
  const text = plain(event.text);
  return !switches.words.some((word) => text.includes(plain(word)));
}

/** Large and small, full and half width are one to somebody who blocks a word. */
function plain(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
