/** Narrows the feed to what the host wants to read. */

import type { Line } from "./desk";
import { isMissing } from "./fate";

/** What the feed shows. */
export type Filter = "all" | "comments" | "gifts" | "missing";

/** Filters in the order of their buttons. */
export const FILTERS: readonly Filter[] = ["all", "comments", "gifts", "missing"];

/** The lines that pass. A note of skipped entries passes only unfiltered. */
export function passing(lines: readonly Line[], filter: Filter): readonly Line[] {
  if (filter === "all") return lines;
  return lines.filter((line) => {
    if (line.kind === "skip") return false;
    if (filter === "missing") return isMissing(line.entry.fate);
    return line.entry.event.kind === (filter === "gifts" ? "gift" : "comment");
  });
}
