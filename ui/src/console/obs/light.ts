/** The OBS light: one colour, the words that say the same, and the next step. */

import type { ObsInfo, ObsState } from "../../shared/wire";
import type { Colour } from "../light";
import { said } from "./said";
import { words } from "./words";

const COLOURS: Readonly<Record<ObsState, Colour>> = {
  off: "grey",
  connecting: "grey",
  not_connected: "red",
  absent: "amber",
  hidden: "amber",
  checking: "amber",
  frozen: "red",
  on_air: "green",
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
  if (!info) return { colour: "grey", word: words.states.connecting, words: "", where: "" };
  // On air with something wrong: the picture goes out, but not as it must.
  const wrong = info.state === "on_air" && info.detail !== "";
  const where = [
    info.source && words.sources[info.source],
    info.scene && words.inScene(info.scene),
  ];
  return {
    colour: wrong ? "amber" : COLOURS[info.state],
    word: words.states[info.state],
    words: [info.detail, info.next]
      .filter((part) => part !== "")
      .map(said)
      .join(" "),
    where: where.filter((part) => part !== undefined && part !== "").join(words.comma),
  };
}
