/** Settings of what comes with the picture: effects, comfort, sound, speech. */

import type { Look } from "../shared/wire";
import type { ChoiceSetting, Group, NumberSetting, Path } from "./settings";

const number = (
  path: Path,
  label: string,
  [min, max]: readonly [number, number],
  unit: string,
  hint?: string,
): NumberSetting => ({ kind: "number", path, label, min, max, unit, ...(hint ? { hint } : {}) });

const level = (path: Path, label: string, hint?: string) =>
  number(path, label, [0, 100], "%", hint);

const PLATES: ChoiceSetting["choices"] = [
  ["auto", "where the picture needs them"],
  ["always", "always"],
  ["never", "never"],
];

export const AIR_GROUPS: readonly Group[] = [
  {
    title: "Gift effects",
    on: "effects.on",
    settings: [
      number("effects.tier", "From tier", [1, 5], "", "3: 100 coins, 4: 1,000, 5: 10,000"),
      number("effects.seconds", "Longest", [1, 10], "s", "an effect is cut there"),
    ],
  },
  {
    title: "Comfort",
    settings: [
      {
        kind: "switch",
        path: "comfort.flash",
        label: "Limit flashes",
        hint: "to three a second",
      },
      {
        kind: "switch",
        path: "comfort.still",
        label: "Less movement",
        hint: "effects stand still",
      },
      { kind: "choice", path: "comfort.plates", label: "Plates behind text", choices: PLATES },
    ],
  },
  {
    title: "Sounds",
    on: "sound.on",
    settings: [
      level("sound.volume", "Volume", "nothing is louder"),
      level("sound.gift", "Gift"),
      level("sound.paid", "Paid comment"),
      level("sound.follow", "Follow"),
      level("sound.voucher", "Voucher"),
      level("sound.join", "Join"),
    ],
  },
  {
    title: "Read aloud",
    on: "speech.on",
    settings: [
      level("speech.volume", "Volume"),
      number("speech.rate", "Speed", [50, 200], "%"),
      {
        kind: "text",
        path: "speech.voice",
        label: "Voice",
        hint: "empty: by language",
        longest: 80,
      },
      { kind: "switch", path: "speech.paid", label: "Paid comments" },
      { kind: "switch", path: "speech.gifts", label: "Gifts", hint: "from tier 3" },
      { kind: "switch", path: "speech.comments", label: "Every comment" },
      { kind: "switch", path: "speech.names", label: "Names", hint: "before the words" },
      number("speech.length", "Length", [20, 300], "", "characters of a line"),
      number("speech.delay", "Wait", [0, 10], "s", "time to remove a line first"),
      {
        kind: "words",
        path: "speech.words",
        label: "Blocked words",
        hint: "a line with one is not read",
      },
    ],
  },
];

/** Core's defaults of these sections. */
export const AIR_LOOK: Pick<Look, "effects" | "comfort" | "sound" | "speech"> = {
  effects: { on: true, tier: 3, seconds: 6 },
  comfort: { flash: true, still: false, plates: "auto" },
  sound: { on: true, volume: 60, gift: 80, paid: 90, join: 0, follow: 60, voucher: 80 },
  speech: {
    on: false,
    volume: 80,
    rate: 100,
    voice: "",
    comments: false,
    paid: true,
    gifts: true,
    names: true,
    length: 160,
    delay: 2,
    words: [],
  },
};
