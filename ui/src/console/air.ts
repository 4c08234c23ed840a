/** Settings of what comes with the picture: effects, comfort, sound, speech. */

import type { Group, NumberSetting } from "./settings";
import { words } from "./words/air";
import { words as look } from "./words/look";

const { units } = look;
/** Paths that have words. */
type Known = keyof typeof words.settings;

const named = (path: Known) => ({ path, ...words.settings[path] });

const number = (
  path: Known,
  [min, max]: readonly [number, number],
  unit: keyof typeof units,
): NumberSetting => ({ kind: "number", ...named(path), min, max, unit: units[unit] });

const level = (path: Known) => number(path, [0, 100], "percent");

export const AIR_GROUPS: readonly Group[] = [
  {
    title: words.groups.effects,
    on: "effects.on",
    settings: [
      number("effects.tier", [1, 5], "none"),
      number("effects.seconds", [1, 10], "seconds"),
    ],
  },
  {
    title: words.groups.comfort,
    settings: [
      { kind: "switch", ...named("comfort.flash") },
      { kind: "switch", ...named("comfort.still") },
      {
        kind: "choice",
        ...named("comfort.plates"),
        choices: Object.entries(words.plates),
      },
    ],
  },
  {
    title: words.groups.sound,
    on: "sound.on",
    settings: [
      level("sound.volume"),
      level("sound.gift"),
      level("sound.paid"),
      level("sound.follow"),
      level("sound.voucher"),
      level("sound.join"),
    ],
  },
  {
    title: words.groups.speech,
    on: "speech.on",
    settings: [
      level("speech.volume"),
      number("speech.rate", [50, 200], "percent"),
      { kind: "text", ...named("speech.voice"), longest: 80 },
      { kind: "switch", ...named("speech.paid") },
      { kind: "switch", ...named("speech.gifts") },
      { kind: "switch", ...named("speech.comments") },
      { kind: "switch", ...named("speech.names") },
      number("speech.length", [20, 300], "none"),
      number("speech.delay", [0, 10], "seconds"),
      { kind: "words", ...named("speech.words") },
    ],
  },
];
