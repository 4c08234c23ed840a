/** Fates in the console: a mark that is quick to see and words that say it. */

import type { Fate } from "../shared/wire";
import { words } from "./words/feed";

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
  if (!fate) return words.waiting;
  switch (fate.fate) {
    case "shown":
      return words.shown;
    case "merged":
      return words.merged;
    case "aged_out":
      return words.agedOut(words.stages[fate.stage] ?? fate.stage);
    case "removed":
      return words.removed(words.roles[fate.by] ?? fate.by);
    case "blocked":
      return words.blocked(words.rules[fate.rule] ?? fate.rule);
    case "refused":
      return words.refused(fate.code);
    default:
      return (fate as { fate: string }).fate;
  }
}
