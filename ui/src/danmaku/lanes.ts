/**
 * Lanes: picks a horizontal strip for a flight so that it never touches one
 * already flying, whatever their speeds and lengths. Pure.
 *
 * Only the last flight of a lane has to be asked. Who flies behind another
 * without touching it leaves the picture after it, so everybody further ahead
 * is out of reach too.
 */
import { type Flight, goneAt, leftAt } from "./flight";

/** The last flight let into a lane; `null` while it has had none. */
export type Lane = Flight | null;

/**
 * Whether `next` keeps `gap` px behind `ahead` from `now` until `ahead` has
 * left. Both move straight, so the distance is smallest at one of the ends.
 */
export function keepsBehind(
  ahead: Flight,
  next: Flight,
  road: number,
  gap: number,
  now: number,
): boolean {
  const gone = goneAt(ahead, road);
  if (gone <= now) return true;
  const start = leftAt(next, road, now) - (leftAt(ahead, road, now) + ahead.width);
  return start >= gap && leftAt(next, road, gone) >= gap;
}

/** The uppermost lane `next` may fly in from `now` on; `null` when all are taken. */
export function allocate(
  lanes: readonly Lane[],
  next: Flight,
  road: number,
  gap: number,
  now: number,
): number | null {
  const index = lanes.findIndex((last) => last === null || keepsBehind(last, next, road, gap, now));
  return index < 0 ? null : index;
}
