/**
 * A flight: one comment that crosses the picture from right to left at
 * constant speed. Pure arithmetic; lengths in CSS px, times in ms.
 */
export interface Flight {
  /** When its left edge is at the right edge of the picture. */
  readonly enter: number;
  /** Px a ms, above 0. */
  readonly speed: number;
  /** Width of its box. */
  readonly width: number;
}

/** How far the crossing time may leave `seconds`, by length. */
const SPREAD = 0.15;

/**
 * Ms to cross a picture `road` px wide, from the first pixel in to the last
 * one out: `seconds` ±15 %. A long line takes longer, so that it can be read
 * and does not run into the short one ahead.
 */
export function crossing(width: number, road: number, seconds: number): number {
  const length = Math.min(1, Math.max(0, width / road));
  return seconds * 1000 * (1 - SPREAD + 2 * SPREAD * length);
}

/** The flight of a box that enters a picture `road` px wide at `now`. */
export function launch(width: number, road: number, seconds: number, now: number): Flight {
  return { enter: now, speed: (road + width) / crossing(width, road, seconds), width };
}

/** Left edge at `now`. */
export function leftAt(flight: Flight, road: number, now: number): number {
  return road - flight.speed * (now - flight.enter);
}

/** When the last pixel has left the picture. */
export function goneAt(flight: Flight, road: number): number {
  return flight.enter + (road + flight.width) / flight.speed;
}
