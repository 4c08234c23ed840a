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

/** How far the crossing time may leave `seconds`, by length. */
const SPREAD = 0.15;
/** What stands stays this part of the time it would take to cross. */
const STAND = 0.5;

/** Whether a comment of `mode` moves. */
export function scrolls(mode: Mode): boolean {
  return mode === "scroll-rtl" || mode === "scroll-ltr";
}

/**
 * Ms to cross a picture `road` px wide, from the first pixel in to the last
 * one out: `seconds` ±15 %. A long line takes longer, so that it can be read
 * and does not run into the short one ahead.
 */
export function crossing(width: number, road: number, seconds: number): number {
  const length = Math.min(1, Math.max(0, width / road));
  return seconds * 1000 * (1 - SPREAD + 2 * SPREAD * length);
}

/** The flight of a box that comes to a picture `road` px wide at `now`. */
export function launch(
  mode: Mode,
  width: number,
  road: number,
  seconds: number,
  now: number,
): Flight {
  const time = crossing(width, road, seconds);
  if (!scrolls(mode)) {
    const from = (road - width) / 2;
    return { enter: now, gone: now + time * STAND, from, speed: 0, width };
  }
  const pace = (road + width) / time;
  const way = mode === "scroll-rtl" ? { from: road, speed: -pace } : { from: -width, speed: pace };
  return { enter: now, gone: now + time, ...way, width };
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
