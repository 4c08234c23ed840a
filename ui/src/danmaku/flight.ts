/**
 * A flight: how one comment crosses the picture, or stands in its middle.
 * Pure arithmetic, a function of time; lengths in CSS px, times in ms.
 */
import type { Mode } from "../shared/wire";

export interface Flight {
  /** When it comes. */
  readonly enter: number;
  /** When its last pixel has left, or it has stood long enough. */
  readonly gone: number;
  /** Its left edge at `enter`. */
  readonly from: number;
  /** Px a ms: below 0 to the left, above 0 to the right, 0 stands. */
  readonly speed: number;
  /** Width of its box. */
  readonly width: number;
}

/** What stands stays this part of the time a letter takes to cross, longer if it is as wide as the picture. */
const STAND = { least: 0.4, longer: 0.4 } as const;

/** Whether a comment of `mode` moves. */
export function scrolls(mode: Mode): boolean {
  return mode === "scroll-rtl" || mode === "scroll-ltr";
}

/**
 * The flight of a box that comes to a picture `road` px wide at `now`. Every
 * letter crosses in `seconds`, so all that scroll one way keep one speed, and
 * a long line can be read for longer.
 */
export function launch(
  mode: Mode,
  width: number,
  road: number,
  seconds: number,
  now: number,
): Flight {
  const time = seconds * 1000;
  if (!scrolls(mode)) {
    const length = Math.min(1, width / road);
    const gone = now + time * (STAND.least + STAND.longer * length);
    return { enter: now, gone, from: (road - width) / 2, speed: 0, width };
  }
  const pace = road / time;
  const way = mode === "scroll-rtl" ? { from: road, speed: -pace } : { from: -width, speed: pace };
  return { enter: now, gone: now + (road + width) / pace, ...way, width };
}

/** The same flight, `part` (0–1) of it over at `now`. */
export function resume(flight: Flight, part: number, now: number): Flight {
  const time = flight.gone - flight.enter;
  const enter = now - part * time;
  return { ...flight, enter, gone: enter + time };
}

/** The same flight with a box that reaches `width` from its left edge. */
export function widen(flight: Flight, width: number): Flight {
  // Only what leaves at the left takes its right edge out last.
  const later = flight.speed < 0 ? (width - flight.width) / -flight.speed : 0;
  return { ...flight, width, gone: flight.gone + later };
}

/** Left edge at `now`. */
export function leftAt(flight: Flight, now: number): number {
  return flight.from + flight.speed * (now - flight.enter);
}

/**
 * Whether two flights of one lane keep `gap` px between them from `now` until
 * the first of them is over, whatever their speeds and ways. Both move
 * straight, so they do if they are apart at both ends and on the same sides.
 */
export function keepApart(a: Flight, b: Flight, gap: number, now: number): boolean {
  const end = Math.min(a.gone, b.gone);
  if (end <= now) return true;
  const side = sideOf(a, b, gap, now);
  return side !== 0 && side === sideOf(a, b, gap, end);
}

/** 1 when `b` is at least `gap` to the right of `a`, -1 to the left of it, 0 when neither. */
function sideOf(a: Flight, b: Flight, gap: number, now: number): -1 | 0 | 1 {
  const [left, right] = [leftAt(a, now), leftAt(b, now)];
  if (right - left - a.width >= gap) return 1;
  return left - right - b.width >= gap ? -1 : 0;
}
