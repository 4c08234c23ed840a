/**
 * Lanes: picks a horizontal strip for a flight so that it never touches one
 * that is there, whatever their speeds, lengths and ways. Pure.
 */
import type { Mode } from "../shared/wire";
import { type Flight, keepApart, scrolls } from "./flight";

export interface Lane {
  /** Everybody in it, first come first. */
  readonly taken: readonly { readonly flight: Flight }[];
  /** Nobody comes in before, ms: see {@link pause}. */
  readonly ready: number;
}

/** What limits a lane besides room. */
export interface Limits {
  /** Part of a lane that comments may fill, above 0 to 1. */
  readonly density: number;
  /** Most characters a second that enter it; 0 for no limit. */
  readonly reading: number;
}

/**
 * How long a lane is closed behind `flight` with `letters` characters, ms:
 * until what scrolls is in with `gap` px to spare. Density keeps more space
 * free behind it, at 50 % as much as it is long; the reading limit lets in no
 * more than can be read.
 */
export function pause(
  { width, speed }: Flight,
  letters: number,
  gap: number,
  { density, reading }: Limits,
): number {
  const space = Math.max(width + gap, width / density);
  const entering = speed === 0 ? 0 : space / Math.abs(speed);
  return Math.max(entering, reading > 0 ? (letters / reading) * 1000 : 0);
}

/** Whether `next` touches nobody in `lane` from `now` on. */
export function hasRoom(lane: Lane, next: Flight, gap: number, now: number): boolean {
  // The last one in is the likeliest to be in the way.
  for (let index = lane.taken.length - 1; index >= 0; index -= 1) {
    const other = lane.taken[index]?.flight;
    if (other && !keepApart(other, next, gap, now)) return false;
  }
  return true;
}

/**
 * The lane `next` may take from `now` on; `null` when there is none. `bottom`
 * looks from the lowest one up, all others from the uppermost down. The first
 * `kept` lanes are for comments that stand.
 */
export function allocate(
  lanes: readonly Lane[],
  next: Flight,
  mode: Mode,
  kept: number,
  gap: number,
  now: number,
): number | null {
  const first = scrolls(mode) ? kept : 0;
  for (let step = first; step < lanes.length; step += 1) {
    const index = mode === "bottom" ? lanes.length - 1 - step : step;
    const lane = lanes[index];
    if (lane && lane.ready <= now && hasRoom(lane, next, gap, now)) return index;
  }
  return null;
}
