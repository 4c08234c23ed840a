/**
 * Every setting of a look, as data: where it is, what it is called, its bounds.
 *
 * Bounds are those of the server, which moves a number to the nearest one.
 */

import type { Look } from "../shared/wire";
import { AIR_GROUPS, AIR_LOOK } from "./air";

/** Where a setting is inside a look: `pace`, `danmaku.size`. */
export type Path = string;
/** What a setting holds. */
export type Value = string | number | boolean | readonly string[];

interface Named {
  readonly path: Path;
  readonly label: string;
  /** What it does, where the label does not say it. */
  readonly hint?: string;
}

/** A number between two bounds, both allowed. */
export interface NumberSetting extends Named {
  readonly kind: "number";
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** On or off. */
export interface SwitchSetting extends Named {
  readonly kind: "switch";
}

/** One of the four corners. */
export interface CornerSetting extends Named {
  readonly kind: "corner";
}

/** One of a few. */
export interface ChoiceSetting extends Named {
  readonly kind: "choice";
  /** Value and label of each. */
  readonly choices: readonly (readonly [string, string])[];
}

/** A CSS font family list. */
export interface FontSetting extends Named {
  readonly kind: "font";
}

/** The id of a theme. */
export interface ThemeSetting extends Named {
  readonly kind: "theme";
}

/** A short line of text. */
export interface TextSetting extends Named {
  readonly kind: "text";
  /** In characters. */
  readonly longest: number;
}

/** A list of words. */
export interface WordsSetting extends Named {
  readonly kind: "words";
}

/** One setting. */
export type Setting =
  | NumberSetting
  | SwitchSetting
  | CornerSetting
  | ChoiceSetting
  | FontSetting
  | ThemeSetting
  | TextSetting
  | WordsSetting;

/** Settings that belong together; a layer's `on` is its own switch in the heading. */
export interface Group {
  readonly title: string;
  readonly on?: Path;
  readonly settings: readonly Setting[];
}

function number(
  path: Path,
  label: string,
  [min, max]: readonly [number, number],
  unit: string,
  hint?: string,
): NumberSetting {
  return { kind: "number", path, label, min, max, unit, ...(hint ? { hint } : {}) };
}

const MODES: ChoiceSetting["choices"] = [
  ["scroll-rtl", "right to left"],
  ["scroll-ltr", "left to right"],
  ["top", "stand at the top"],
  ["bottom", "stand at the bottom"],
];

const SHEETS: ChoiceSetting["choices"] = [
  ["clear", "ink over the picture"],
  ["white", "white page"],
  ["dark", "dark page"],
];

const corner = (path: Path): CornerSetting => ({ kind: "corner", path, label: "Corner" });

/** Every setting except the `on` of each layer. */
export const GROUPS: readonly Group[] = [
  {
    title: "Whole picture",
    settings: [
      { kind: "theme", path: "theme", label: "Theme" },
      { kind: "font", path: "font", label: "Font", hint: "empty for the theme's own" },
      number("pace", "Pace", [1, 60], "/s", "comments a second"),
    ],
  },
  {
    title: "Flying comments",
    on: "danmaku.on",
    settings: [
      { kind: "choice", path: "danmaku.mode", label: "Movement", choices: MODES },
      number("danmaku.size", "Size", [16, 96], "px"),
      number("danmaku.seconds", "Speed", [3, 30], "s", "to cross the picture"),
      number("danmaku.opacity", "Opacity", [10, 100], "%"),
      number("danmaku.area", "Area", [10, 100], "%", "of the height, from the top"),
      number("danmaku.lanes", "Lanes", [1, 40], "", "at most, if they fit"),
      number("danmaku.density", "Density", [10, 100], "%", "of a lane, at most"),
      number("danmaku.reading", "Reading", [0, 60], "/s", "characters a lane; 0: no limit"),
      number("danmaku.outline", "Outline", [0, 8], "px"),
      { kind: "switch", path: "danmaku.merge", label: "Merge", hint: "equal lines count ×n" },
      { kind: "switch", path: "danmaku.names", label: "Names", hint: "before the text" },
      { kind: "switch", path: "danmaku.avatars", label: "Pictures", hint: "of the senders" },
    ],
  },
  {
    title: "Chat column",
    on: "feed.on",
    settings: [
      corner("feed.corner"),
      number("feed.size", "Size", [12, 72], "px"),
      number("feed.lines", "Lines", [1, 30], ""),
      number("feed.width", "Width", [10, 100], "%"),
      number("feed.opacity", "Opacity", [10, 100], "%"),
      number("feed.outline", "Outline", [0, 8], "px"),
      number("feed.seconds", "Stay", [0, 600], "s", "0: as long as there is room"),
      { kind: "switch", path: "feed.joins", label: "Joins", hint: "a line for who comes in" },
      { kind: "switch", path: "feed.follows", label: "Follows", hint: "a line for who follows" },
    ],
  },
  {
    title: "Gift cards",
    on: "cards.on",
    settings: [corner("cards.corner"), number("cards.size", "Size", [16, 72], "px")],
  },
  {
    title: "Paid comments",
    on: "paid.on",
    settings: [corner("paid.corner"), number("paid.size", "Size", [16, 56], "px")],
  },
  {
    title: "Vouchers, products, polls",
    on: "placards.sale.on",
    settings: [
      corner("placards.sale.corner"),
      number("placards.size", "Size", [16, 48], "px", "of every placard"),
      { kind: "switch", path: "placards.question", label: "Questions" },
      { kind: "switch", path: "placards.ticker", label: "Ticker" },
    ],
  },
  { title: "Goals", on: "placards.goal.on", settings: [corner("placards.goal.corner")] },
  { title: "Top gifters", on: "placards.rank.on", settings: [corner("placards.rank.corner")] },
  {
    title: "Board",
    on: "board.on",
    settings: [{ kind: "choice", path: "board.sheet", label: "Page", choices: SHEETS }],
  },
  { title: "Like counter", on: "likes.on", settings: [corner("likes.corner")] },
  { title: "Online count", on: "online.on", settings: [corner("online.corner")] },
  ...AIR_GROUPS,
];

/** Every path there is, the layers' `on` too. */
export const PATHS: readonly Path[] = GROUPS.flatMap((group) => [
  ...(group.on ? [group.on] : []),
  ...group.settings.map((setting) => setting.path),
]);

/** The look a new overlay has (core's `Look::default`). */
export const DEFAULT_LOOK: Look = {
  font: "",
  theme: "glass",
  pace: 12,
  danmaku: {
    on: true,
    mode: "scroll-rtl",
    size: 36,
    seconds: 8,
    opacity: 100,
    area: 40,
    lanes: 10,
    density: 100,
    reading: 0,
    merge: true,
    outline: 3,
    names: false,
    avatars: false,
  },
  feed: {
    on: true,
    corner: "bottom-left",
    size: 28,
    lines: 6,
    width: 28,
    opacity: 100,
    outline: 3,
    seconds: 0,
    joins: true,
    follows: true,
  },
  cards: { on: true, corner: "bottom-left", size: 32 },
  paid: { on: true, corner: "bottom-left", size: 30 },
  placards: {
    sale: { on: true, corner: "top-right" },
    goal: { on: true, corner: "top-left" },
    rank: { on: true, corner: "top-right" },
    question: true,
    ticker: true,
    size: 26,
  },
  likes: { on: true, corner: "bottom-right" },
  online: { on: true, corner: "top-right" },
  board: { on: true, sheet: "clear" },
  ...AIR_LOOK,
};

type Tree = Record<string, unknown>;

/** The value at `path`; `undefined` where a look has none (an older server). */
export function valueAt(look: Look, path: Path): Value | undefined {
  let here: unknown = look;
  for (const step of path.split(".")) here = (here as Tree | undefined)?.[step];
  return here as Value | undefined;
}

/** The look with one value changed. */
export function withValue(look: Look, path: Path, value: Value): Look {
  const [head = "", ...rest] = path.split(".");
  const tree = look as unknown as Tree;
  const inner =
    rest.length === 0 ? value : withValue(tree[head] as unknown as Look, rest.join("."), value);
  return { ...tree, [head]: inner } as unknown as Look;
}
