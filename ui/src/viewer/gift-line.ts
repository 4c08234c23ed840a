/**
 * A combo in the chat: repeats of one gift by one person are one line whose
 * count grows where it stands. Pure.
 */
import type { Event, Millis } from "../shared/wire";

/** Longest time between two gifts of a combo, ms; the room's own window for its smallest card. */
export const COMBO_MS = 4_000;
/** A combo is looked for among this many last lines: one further up grows out of sight. */
export const COMBO_LINES = 8;
/** Most messages in one line; the next begins another. */
export const COMBO_PARTS = 500;

/** What one message put into a line. */
export interface Part {
  event: Event;
  /** When it was said by the clock that said it: an own line keeps this page's. */
  readonly at: Millis;
  state: "sent" | "pending" | "failed";
}

/** Whether `event`, said at `at`, belongs to the combo of `parts`. */
export function isRepeat(parts: readonly Part[], event: Event, at: Millis): boolean {
  const last = parts[parts.length - 1];
  if (last?.event.kind !== "gift" || event.kind !== "gift" || last.state === "failed") return false;
  if (parts.length >= COMBO_PARTS || Math.abs(at - last.at) > COMBO_MS) return false;
  const { from, gift, source } = last.event;
  return (
    from !== undefined &&
    from.id === event.from?.id &&
    gift.id === event.gift.id &&
    source === event.source
  );
}

/** The event a line shows: the newest of its parts, with the count of all. */
export function sum(parts: readonly [Part, ...Part[]]): Event {
  const { event } = parts[parts.length - 1] ?? parts[0];
  if (event.kind !== "gift") return event;
  const counts = parts.map((part) => (part.event.kind === "gift" ? part.event.count : 0));
  return { ...event, count: counts.reduce((all, count) => all + count, 0) };
}
