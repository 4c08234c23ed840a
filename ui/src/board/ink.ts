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
/** The digit of each letter's code, 255 for what is none. */
const DIGITS = new Uint8Array(128).fill(255);
for (const [digit, letter] of [...ALPHABET].entries()) DIGITS[letter.charCodeAt(0)] = digit;
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
  let [x, y, pressure] = last;
  let [place, ended] = [0, false];
  const next = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 5) {
      const digit = DIGITS[ink.charCodeAt(place)] ?? 255;
      if (digit > 63) {
        ended = true;
        return 0;
      }
      place += 1;
      value |= (digit & 31) << shift;
      if (digit < 32) return value & 1 ? -(value >> 1) : value >> 1;
    }
  };
  while (place < ink.length) {
    x += next();
    y += next();
    pressure += next();
    if (ended) break;
    points.push([x, y, pressure]);
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
