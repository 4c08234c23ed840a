/**
 * Ink as it travels: every number is the difference to that of the point
 * before, zigzag, five bits a character (docs/board.md). Two pieces of a
 * stroke after each other are the whole.
 */

/** x, y, pressure. */
export type Point = readonly [x: number, y: number, pressure: number];

/** Units from the left edge of a page to the right, from its top to its bottom, and full pressure. */
export const [WIDTH, HEIGHT, PRESSURE] = [16_000, 9_000, 255];
/** A stroke has fewer points than this; what goes on is another stroke. */
export const POINTS = 2_000;

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const DIGITS = new Map([...ALPHABET].map((letter, digit) => [letter, digit]));
const START: Point = [0, 0, 0];

/** Packs points that come after `last`. */
export function pack(points: readonly Point[], last: Point = START): string {
  let out = "";
  let before = last;
  for (const point of points) {
    for (let i = 0; i < 3; i += 1) out += number((point[i] ?? 0) - (before[i] ?? 0));
    before = point;
  }
  return out;
}

/** Reads packed ink that comes after `last`; what is no ink ends it. */
export function unpack(ink: string, last: Point = START): Point[] {
  const points: Point[] = [];
  const now = [...last] as [number, number, number];
  let place = 0;
  while (place < ink.length) {
    for (let i = 0; i < 3; i += 1) {
      let value = 0;
      let shift = 0;
      for (;;) {
        const digit = DIGITS.get(ink[place] ?? "");
        if (digit === undefined) return points;
        place += 1;
        value |= (digit & 31) << shift;
        shift += 5;
        if (digit < 32) break;
      }
      now[i] = (now[i] ?? 0) + (value & 1 ? -(value >> 1) : value >> 1);
    }
    points.push([now[0], now[1], now[2]]);
  }
  return points;
}

/** The nearest point a page has. */
export function quantise(x: number, y: number, pressure: number): Point {
  const inside = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
  return [inside(x, WIDTH), inside(y, HEIGHT), inside(pressure, PRESSURE)];
}

function number(value: number): string {
  let left = value < 0 ? (-value << 1) | 1 : value << 1;
  let out = "";
  do {
    const digit = left & 31;
    left >>= 5;
    out += ALPHABET[left > 0 ? digit | 32 : digit];
  } while (left > 0);
  return out;
}
