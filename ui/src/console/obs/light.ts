/** The OBS light: one colour, the words that say the same, and the next step. */

import type { ObsInfo, ObsSource, ObsState } from "../../shared/wire";
import type { Colour } from "../light";

const LOOKS: Readonly<Record<ObsState, readonly [Colour, string]>> = {
  off: ["grey", "Not set up"],
  connecting: ["grey", "Connecting"],
  not_connected: ["red", "Not connected"],
  absent: ["amber", "Not in OBS"],
  hidden: ["amber", "Hidden"],
  checking: ["amber", "Checking"],
  frozen: ["red", "Frozen"],
  on_air: ["green", "On air"],
};

const WAYS: Readonly<Record<ObsSource, string>> = {
  browser: "browser source",
  stream: "alpha stream",
  window: "window capture",
  screen: "screen capture",
};

/** What the light shows. */
export interface ObsLight {
  readonly colour: Colour;
  readonly word: string;
  /** What is so, and what to do; empty when all is well. */
  readonly words: string;
  /** How the overlay gets in, and in which scene. */
  readonly where: string;
}

/** The light for what the server knows; grey while it has not said anything. */
export function obsLight(info: ObsInfo | undefined): ObsLight {
  if (!info) return { colour: "grey", word: "Connecting", words: "", where: "" };
  const [colour, word] = LOOKS[info.state];
  // On air with something wrong: the picture goes out, but not as it must.
  const wrong = info.state === "on_air" && info.detail !== "";
  const where = [info.source && WAYS[info.source], info.scene && `scene ${info.scene}`];
  return {
    colour: wrong ? "amber" : colour,
    word,
    words: [info.detail, info.next].filter((part) => part !== "").join(" "),
    where: where.filter((part) => part !== undefined && part !== "").join(", "),
  };
}
