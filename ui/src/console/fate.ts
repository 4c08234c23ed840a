/** Fates in the console: a mark that is quick to see and words that say it. */

import type { Fate } from "../shared/wire";

/** The fate's own word, or `waiting` before there is one. */
export type FateWord = Fate["fate"] | "waiting";

/** The word of a fate. */
export function fateWord(fate: Fate | undefined): FateWord {
  return fate?.fate ?? "waiting";
}

const MARKS: Readonly<Record<FateWord, string>> = {
  waiting: "…",
  shown: "✓",
  merged: "＋",
  aged_out: "○",
  removed: "✕",
  blocked: "⊘",
  refused: "!",
};

/** One character; a fate this page does not know yet gets a dot. */
export function mark(fate: Fate | undefined): string {
  return MARKS[fateWord(fate)] ?? "·";
}

/** Whether it did not reach the picture, or is gone from it. */
export function isMissing(fate: Fate | undefined): boolean {
  return fate !== undefined && fate.fate !== "shown" && fate.fate !== "merged";
}

/** What became of it, in words. */
export function sentence(fate: Fate | undefined): string {
  if (!fate) return "Waiting for its turn";
  switch (fate.fate) {
    case "shown":
      return "Shown on the picture";
    case "merged":
      return "Merged into an earlier item";
    case "aged_out":
      return `Aged out: its turn did not come in time (${stage(fate.stage)})`;
    case "removed":
      return `Removed by ${fate.by}`;
    case "blocked":
      return `Blocked by rule ${fate.rule}`;
    case "refused":
      return `Refused by the room (${fate.code})`;
    default:
      return (fate as { fate: string }).fate;
  }
}

function stage(name: string): string {
  if (name === "budget") return "room was over its budget";
  if (name === "queue") return "waited in the show's queue";
  if (name === "restart") return "the program restarted";
  return name;
}
