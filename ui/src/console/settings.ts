/**
 * Every setting of a look, as data: where it is, what it is called, its bounds.
 *
 * Bounds are those of the server, which moves a number to the nearest one.
 */

import type { Look } from "../shared/wire";
import { LANGUAGES } from "../shared/words/language";
import { AIR_GROUPS } from "./air";
import { words } from "./words/look";

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
  /** The values are tags of languages, and each label is in its own. */
  readonly areLanguages?: boolean;
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

const { units } = words;
/** Paths that have words. */
type Known = keyof typeof words.settings;

const named = (path: Known) => ({ path, ...words.settings[path] });

function number(
  path: Known,
  [min, max]: readonly [number, number],
  unit: keyof typeof units,
): NumberSetting {
  return { kind: "number", ...named(path), min, max, unit: units[unit] };
}

const toggle = (path: Known): SwitchSetting => ({ kind: "switch", ...named(path) });

const choice = (path: Known, choices: Readonly<Record<string, string>>): ChoiceSetting => ({
  kind: "choice",
  ...named(path),
  choices: Object.entries(choices),
});

const corner = (path: Path): CornerSetting => ({ kind: "corner", path, label: words.corner });

/** Every setting except the `on` of each layer. */
export const GROUPS: readonly Group[] = [
  {
    title: words.groups.picture,
    settings: [
      { kind: "theme", ...named("theme") },
      { kind: "font", ...named("font") },
      { ...choice("language", LANGUAGES), areLanguages: true },
      number("pace", [1, 60], "perSecond"),
    ],
  },
  {
    title: words.groups.danmaku,
    on: "danmaku.on",
    settings: [
      choice("danmaku.mode", words.modes),
      number("danmaku.size", [16, 96], "px"),
      number("danmaku.seconds", [3, 30], "seconds"),
      number("danmaku.opacity", [10, 100], "percent"),
      number("danmaku.area", [10, 100], "percent"),
      number("danmaku.lanes", [1, 40], "none"),
      number("danmaku.density", [10, 100], "percent"),
      number("danmaku.reading", [0, 60], "perSecond"),
      number("danmaku.outline", [0, 8], "px"),
      toggle("danmaku.merge"),
      toggle("danmaku.names"),
      toggle("danmaku.avatars"),
    ],
  },
  {
    title: words.groups.feed,
    on: "feed.on",
    settings: [
      corner("feed.corner"),
      number("feed.size", [12, 72], "px"),
      number("feed.lines", [1, 30], "none"),
      number("feed.width", [10, 100], "percent"),
      number("feed.opacity", [10, 100], "percent"),
      number("feed.outline", [0, 8], "px"),
      number("feed.seconds", [0, 600], "seconds"),
      toggle("feed.joins"),
      toggle("feed.follows"),
    ],
  },
  {
    title: words.groups.cards,
    on: "cards.on",
    settings: [corner("cards.corner"), number("cards.size", [16, 72], "px")],
  },
  {
    title: words.groups.paid,
    on: "paid.on",
    settings: [corner("paid.corner"), number("paid.size", [16, 56], "px")],
  },
  {
    title: words.groups.sale,
    on: "placards.sale.on",
    settings: [
      corner("placards.sale.corner"),
      number("placards.size", [16, 48], "px"),
      toggle("placards.question"),
      toggle("placards.ticker"),
    ],
  },
  { title: words.groups.goal, on: "placards.goal.on", settings: [corner("placards.goal.corner")] },
  { title: words.groups.rank, on: "placards.rank.on", settings: [corner("placards.rank.corner")] },
  {
    title: words.groups.board,
    on: "board.on",
    settings: [choice("board.sheet", words.sheets)],
  },
  { title: words.groups.likes, on: "likes.on", settings: [corner("likes.corner")] },
  { title: words.groups.online, on: "online.on", settings: [corner("online.corner")] },
  ...AIR_GROUPS,
];

/** Every path there is, the layers' `on` too. */
export const PATHS: readonly Path[] = GROUPS.flatMap((group) => [
  ...(group.on ? [group.on] : []),
  ...group.settings.map((setting) => setting.path),
]);

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
