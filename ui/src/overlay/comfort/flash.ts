/**
 * The flash governor: no more than three flashes a second over a large area
 * (WCAG 2.3.1, general flash). Pure: the clock is an argument.
 *
 * A flash is a pair of opposing changes of relative luminance by a tenth or
 * more where the darker side is below 0.8; a large area is a quarter of any
 * ten degrees of the field of view, 2.77 % of a picture that is looked at as
 * a whole. What is drawn is clear in places and nobody knows what is behind,
 * so every frame is judged over black and over white. (A saturated red flash
 * of the rule's second kind changes luminance too, except between reds of
 * one brightness, which is not looked for.)
 */

/** Cells of a row and of a column. */
export const GRID = { width: 64, height: 36 } as const;
const CELLS = GRID.width * GRID.height;
/** Changes a second that three flashes are made of. */
const CHANGES = 6;
/** A second, and a tenth for frames that are presented late. */
const WINDOW_MS = 1_100;
/** Part of the picture that counts as large: 25 % of 341×256 px at 1024×768. */
export const LARGE = 0.0277;
/** A change that counts, in relative luminance, and below which level. */
const STEP = 0.1;
const BRIGHT = 0.8;

/** A part of the picture, each 0–1. */
export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Luminance and changes of every cell over one backdrop. */
class Plane {
  /** The extreme since the last change. */
  readonly extreme: Float32Array;
  /** 1 while it gets brighter, −1 darker, 0 before the first change. */
  readonly way = new Int8Array(CELLS);
  /** The last {@link CHANGES} changes of each cell, ms; a ring. */
  readonly times = new Float64Array(CELLS * CHANGES).fill(Number.NEGATIVE_INFINITY);
  readonly next = new Uint8Array(CELLS);

  constructor(backdrop: number) {
    this.extreme = new Float32Array(CELLS).fill(backdrop);
  }

  /** Which way a cell's luminance turns if it becomes `value`: 0 if it does not. */
  turn(cell: number, value: number): -1 | 0 | 1 {
    const from = this.extreme[cell] ?? 0;
    const by = value - from;
    if (Math.abs(by) < STEP || Math.min(value, from) >= BRIGHT) return 0;
    const way = by > 0 ? 1 : -1;
    return way === this.way[cell] ? 0 : way;
  }

  /** Whether one more change of this cell would begin a fourth flash. */
  isFull(cell: number, now: number): boolean {
    const oldest = this.times[cell * CHANGES + (this.next[cell] ?? 0)] ?? 0;
    return now - oldest < WINDOW_MS;
  }

  mark(cell: number, now: number): void {
    const at = this.next[cell] ?? 0;
    this.times[cell * CHANGES + at] = now;
    this.next[cell] = (at + 1) % CHANGES;
  }

  see(cell: number, value: number, now: number): void {
    const way = this.turn(cell, value);
    if (way !== 0) {
      this.mark(cell, now);
      this.way[cell] = way;
      this.extreme[cell] = value;
      return;
    }
    const from = this.extreme[cell] ?? 0;
    if (this.way[cell] === 1 ? value > from : this.way[cell] === -1 && value < from) {
      this.extreme[cell] = value;
    }
  }
}

export class FlashGovernor {
  /** Off lets everything pass and remembers nothing. */
  on = true;
  readonly #planes = [new Plane(0), new Plane(1)] as const;

  /**
   * Whether this frame of a film, {@link GRID} RGBA pixels, may be shown now.
   * What may not is kept back until it may: the frame before stays.
   */
  frame(now: number, rgba: Uint8ClampedArray): boolean {
    if (!this.on) return true;
    const values = this.#planes.map(() => new Float32Array(CELLS));
    const full = [0, 0];
    for (let cell = 0; cell < CELLS; cell += 1) {
      const at = cell * 4;
      const alpha = (rgba[at + 3] ?? 0) / 255;
      for (const [index, plane] of this.#planes.entries()) {
        const value = over(rgba, at, alpha, index);
        (values[index] as Float32Array)[cell] = value;
        if (plane.turn(cell, value) !== 0 && plane.isFull(cell, now)) {
          full[index] = (full[index] ?? 0) + 1;
        }
      }
    }
    if (Math.max(...full) >= LARGE * CELLS) return false;
    for (const [index, plane] of this.#planes.entries()) {
      const seen = values[index] as Float32Array;
      for (let cell = 0; cell < CELLS; cell += 1) plane.see(cell, seen[cell] ?? 0, now);
    }
    return true;
  }

  /**
   * Whether something may come up or light up in `area` now. What may not
   * comes softly instead.
   */
  entry(now: number, area: Area): boolean {
    if (!this.on) return true;
    const cells = within(area);
    const over = (plane: Plane) => cells.filter((cell) => plane.isFull(cell, now)).length;
    if (Math.max(...this.#planes.map(over)) >= LARGE * CELLS) return false;
    for (const plane of this.#planes) for (const cell of cells) plane.mark(cell, now);
    return true;
  }
}

/** Relative luminance of a pixel over black (0) or white (1). */
function over(rgba: Uint8ClampedArray, at: number, alpha: number, backdrop: number): number {
  const part = (channel: number) =>
    LINEAR[Math.round((rgba[at + channel] ?? 0) * alpha + 255 * backdrop * (1 - alpha))] ?? 0;
  return 0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2);
}

/** Linear light of each sRGB value. */
const LINEAR = Float32Array.from({ length: 256 }, (_, value) => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
});

function within({ left, top, width, height }: Area): number[] {
  const span = (from: number, size: number, count: number) => {
    const first = Math.max(0, Math.floor(from * count));
    return [first, Math.min(count, Math.ceil((from + size) * count))] as const;
  };
  const [x0, x1] = span(left, width, GRID.width);
  const [y0, y1] = span(top, height, GRID.height);
  const cells: number[] = [];
  for (let y = y0; y < y1; y += 1) for (let x = x0; x < x1; x += 1) cells.push(y * GRID.width + x);
  return cells;
}

/** The governor of this page: every layer asks the same one. */
export const flashes = new FlashGovernor();
