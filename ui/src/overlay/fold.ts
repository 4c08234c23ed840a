/**
 * Folds the feed: the same words of several people within a few seconds are
 * one line that counts, where the newest of them stands. Pure.
 *
 * Only what viewers say for nothing is folded; the host's words, helpers' and
 * what was paid for each keep their line.
 */
import { keyOf } from "../danmaku/group";
import type { Event } from "../shared/wire";

/** Longest time between two equal lines that fold, ms. */
export const FOLD_MS = 10_000;

/** A line of the feed; `times` says how many it stands for, 1 for most. */
export interface Folded {
  readonly id: string;
  readonly event: Event;
  readonly times: number;
}

/** `events` oldest first, folded. */
export function folded(events: readonly Event[]): Folded[] {
  const lines: Folded[] = [];
  const places = new Map<string, Folded>();
  for (const event of events) {
    const key = foldKey(event);
    const earlier = key === null ? undefined : places.get(key);
    const joins = earlier !== undefined && event.at - earlier.event.at <= FOLD_MS;
    const line = { id: event.id, event, times: joins ? earlier.times + 1 : 1 };
    if (joins) lines.splice(lines.indexOf(earlier), 1);
    lines.push(line);
    if (key !== null) places.set(key, line);
  }
  return lines;
}

function foldKey(event: Event): string | null {
  if (event.kind !== "comment" || event.paid) return null;
  const role = event.from?.role;
  return role === "host" || role === "helper" ? null : keyOf(event.text);
}
