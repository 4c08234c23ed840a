/**
 * A belt: everything that moves with one speed, drawn once on tiles that move
 * as a whole. A frame only sets one transform a tile, so its cost does not
 * grow with the comments on it; what stands is on a belt of speed 0.
 *
 * Places on a belt are those on the screen at its `epoch`; the tile `n` holds
 * `n × TILE` up to the next. Tiles that have left come back empty on the other
 * side. Lengths are device px unless they say otherwise.
 */

/** Width of a tile: few layers to put together, little to upload when one is drawn on. */
export const TILE = 512;

/** A rectangle on the belt. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws whatever reaches into `box` on a tile whose left edge is at `origin`. */
export type Draw = (context: CanvasRenderingContext2D, origin: number, box: Box) => void;

/** What all belts of a picture share. */
export interface Frame {
  readonly element: HTMLElement;
  readonly width: number;
  readonly height: number;
  /** Device px a CSS px. */
  readonly ratio: number;
}

interface Tile {
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D | null;
  /** Left edge that was set last. */
  at: number;
}

export class Belt {
  /** Px a ms. */
  readonly speed: number;
  readonly #frame: Frame;
  readonly #epoch: number;
  readonly #draw: Draw;
  readonly #tiles = new Map<number, Tile>();
  readonly #spare: Tile[] = [];

  constructor(frame: Frame, speed: number, epoch: number, draw: Draw) {
    this.speed = speed;
    this.#frame = frame;
    this.#epoch = epoch;
    this.#draw = draw;
  }

  /** Where on the belt that is which is at `x` on the screen at `now`. */
  placeOf(x: number, now: number): number {
    return x - this.speed * (now - this.#epoch);
  }

  /** Moves it to where it is at `now`. */
  move(now: number): void {
    const { width } = this.#frame;
    const shift = Math.round(this.speed * (now - this.#epoch));
    const first = Math.floor(-shift / TILE);
    const last = Math.floor((width - 1 - shift) / TILE);
    for (const [index, tile] of this.#tiles) {
      if (index >= first && index <= last) continue;
      this.#tiles.delete(index);
      this.#spare.push(tile);
      // Its last edge may still be on the screen.
      this.#shift(tile, -2 * TILE);
    }
    for (let index = first; index <= last; index += 1) {
      const tile = this.#tiles.get(index) ?? this.#take(index);
      this.#shift(tile, index * TILE + shift);
    }
  }

  /** Draws what is in `box` from nothing. */
  paint(box: Box): void {
    for (const [{ context }, origin] of this.#under(box)) {
      if (!context) continue;
      context.save();
      context.beginPath();
      context.rect(box.x - origin, box.y, box.width, box.height);
      context.clip();
      context.clearRect(box.x - origin, box.y, box.width, box.height);
      this.#draw(context, origin, box);
      context.restore();
    }
  }

  /** Takes it off the screen and gives its pixels back. */
  drop(): void {
    for (const { canvas } of [...this.#tiles.values(), ...this.#spare]) {
      canvas.remove();
      canvas.width = 0;
      canvas.height = 0;
    }
    this.#tiles.clear();
    this.#spare.length = 0;
  }

  #shift(tile: Tile, at: number): void {
    if (tile.at === at) return;
    tile.at = at;
    tile.canvas.style.transform = `translateX(${at / this.#frame.ratio}px)`;
  }

  *#under({ x, width }: Box): Generator<readonly [Tile, number]> {
    for (let index = Math.floor(x / TILE); index * TILE < x + width; index += 1) {
      const tile = this.#tiles.get(index);
      if (tile) yield [tile, index * TILE];
    }
  }

  #take(index: number): Tile {
    const { height } = this.#frame;
    const tile = this.#spare.pop() ?? this.#make();
    const box = { x: index * TILE, y: 0, width: TILE, height };
    this.#tiles.set(index, tile);
    tile.context?.clearRect(0, 0, TILE, height);
    if (tile.context) this.#draw(tile.context, box.x, box);
    return tile;
  }

  #make(): Tile {
    const { element, height, ratio } = this.#frame;
    const canvas = document.createElement("canvas");
    canvas.width = TILE;
    canvas.height = height;
    Object.assign(canvas.style, {
      position: "absolute",
      left: "0",
      top: "0",
      width: `${TILE / ratio}px`,
      height: `${height / ratio}px`,
      willChange: "transform",
    });
    element.append(canvas);
    return { canvas, context: canvas.getContext("2d"), at: Number.NaN };
  }
}
