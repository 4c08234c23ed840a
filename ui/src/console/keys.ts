/** Which key does what. Each sets a state; none toggles one, so a second press is harmless. */

import { words } from "./words/frame";

/** What a key asks for. */
export type Action =
  | "next"
  | "previous"
  | "newest"
  | "pin"
  | "remove"
  | "mute"
  | "unpin"
  | "clear"
  | "air"
  | "dump"
  | "compose"
  | "hints"
  | "leave"
  | "view-1"
  | "view-2"
  | "view-3"
  | "view-4"
  | "view-5"
  | "view-6"
  | "view-7"
  | "view-8"
  | "view-9";

/** The part of a keyboard event that matters. */
export interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
}

/** Where the press happened. */
export interface Place {
  /** In a field where letters are text. */
  readonly typing: boolean;
  /** On a control that uses arrows itself (slider, radio, list). */
  readonly arrows: boolean;
}

const LETTERS: Readonly<Record<string, Action>> = {
  j: "next",
  k: "previous",
  ArrowDown: "next",
  ArrowUp: "previous",
  End: "newest",
  p: "pin",
  x: "remove",
  m: "mute",
  u: "unpin",
  c: "clear",
  a: "air",
  d: "dump",
  "/": "compose",
  "?": "hints",
  Escape: "leave",
  "1": "view-1",
  "2": "view-2",
  "3": "view-3",
  "4": "view-4",
  "5": "view-5",
  "6": "view-6",
  "7": "view-7",
  "8": "view-8",
  "9": "view-9",
};

/** Keys that may repeat while held; the others act once a press. */
const REPEATING: ReadonlySet<Action> = new Set<Action>(["next", "previous"]);

/** The action of a press, or `undefined` if it is not ours. */
export function action(press: Press, place: Place): Action | undefined {
  if (press.ctrlKey || press.altKey || press.metaKey) return undefined;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  const found = Object.prototype.hasOwnProperty.call(LETTERS, key) ? LETTERS[key] : undefined;
  if (!found) return undefined;
  if (place.typing && found !== "leave") return undefined;
  if (place.arrows && (key.startsWith("Arrow") || key === "End")) return undefined;
  if (press.repeat && !REPEATING.has(found)) return undefined;
  return found;
}

/** What the hint line shows: key and word. */
export const HINTS: readonly (readonly [string, string])[] = [
  ["J K", words.hints.move],
  ["P", words.hints.pin],
  ["U", words.hints.unpin],
  ["X", words.hints.remove],
  ["M", words.hints.mute],
  ["C", words.hints.clear],
  ["A", words.hints.air],
  ["D", words.hints.dump],
  ["/", words.hints.write],
  ["End", words.hints.newest],
  ["1–9", words.hints.views],
];
