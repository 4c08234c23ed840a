/**
 * Draws pages of many strokes without holding the page's own thread up: as many
 * workers as there are processors, each with a band of the page.
 */
import type { Stroke } from "../shared/wire";
import type { Answer, Task } from "./painter";

/** Most workers; each has a canvas as large as the page. */
const MOST = 4;
/** Strokes of one task, about 30 ms; a picture nobody wants any more ends after it. */
const SOME = 400;
/** Tasks a painter has before it answered the first: one to do, one to go on with. */
const AHEAD = 2;
/** What is done so far is shown this often, ms. */
const SHOW_EVERY = 150;

export interface PaintersEvents {
  /** A band of the picture as it is now. The whole of it once `busy` is over. */
  band: (bitmap: ImageBitmap, top: number) => void;
  /** Nothing is left to draw, and all of it was shown. */
  done: () => void;
  /** This browser cannot; nothing was drawn. */
  unable: () => void;
}

interface Painter {
  readonly worker: Worker;
  readonly top: number;
  readonly bottom: number;
  /** The next of the strokes for it. */
  next: number;
  /** Tasks without an answer. */
  open: number;
  /** All it was given was to be shown. */
  shown: boolean;
  shownAt: number;
}

export class Painters {
  /** Whether this browser has what it takes, as far as is known. */
  static able = typeof Worker !== "undefined" && typeof OffscreenCanvas !== "undefined";
  readonly #events: PaintersEvents;
  #workers: Worker[] = [];
  #painters: Painter[] = [];
  #strokes: Stroke[] = [];
  #picture = 0;
  #size: readonly [number, number] = [1, 1];

  constructor(events: PaintersEvents) {
    this.#events = events;
  }

  /** Something is still to be drawn or to be shown. */
  get busy(): boolean {
    return this.#painters.some(({ open, shown }) => open > 0 || !shown);
  }

  /** Begins an empty picture of this many pixels; the one before is not shown any more. */
  begin(width: number, height: number): void {
    this.#picture += 1;
    this.#size = [width, height];
    this.#strokes = [];
    const many = Math.min(MOST, Math.max(1, navigator.hardwareConcurrency || 1), height);
    while (this.#workers.length < many) this.#workers.push(this.#hire());
    this.#painters = this.#workers.map((worker, i) => ({
      worker,
      top: Math.floor((height * i) / many),
      bottom: Math.floor((height * (i + 1)) / many),
      next: 0,
      open: 0,
      shown: true,
      shownAt: performance.now(),
    }));
  }

  /** Draws more on top. */
  add(strokes: readonly Stroke[]): void {
    for (const stroke of strokes) this.#strokes.push(stroke);
    for (const painter of this.#painters) {
      painter.shown = false;
      this.#feed(painter);
    }
  }

  /** Ends for good. */
  close(): void {
    for (const worker of this.#workers) worker.terminate();
    [this.#workers, this.#painters, this.#strokes] = [[], [], []];
  }

  #hire(): Worker {
    const worker = new Worker(new URL("./painter.ts", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#answered(worker, data);
    worker.onerror = () => this.#surrender();
    return worker;
  }

  #feed(painter: Painter): void {
    const [width, height] = this.#size;
    while (painter.open < AHEAD && !painter.shown) {
      const strokes = this.#strokes.slice(painter.next, painter.next + SOME);
      painter.next += strokes.length;
      const last = painter.next === this.#strokes.length;
      const now = performance.now();
      const show = last || now - painter.shownAt > SHOW_EVERY;
      if (show) painter.shownAt = now;
      painter.shown = last;
      painter.open += 1;
      const { top, bottom } = painter;
      const task: Task = { picture: this.#picture, width, height, top, bottom, strokes, show };
      painter.worker.postMessage(task);
    }
  }

  #answered(worker: Worker, { picture, top, bitmap, unable }: Answer): void {
    if (unable) {
      this.#surrender();
      return;
    }
    const painter = this.#painters.find((one) => one.worker === worker);
    if (!painter || picture !== this.#picture) {
      bitmap?.close();
      return;
    }
    painter.open -= 1;
    if (bitmap) this.#events.band(bitmap, top);
    this.#feed(painter);
    if (!this.busy) this.#events.done();
  }

  #surrender(): void {
    Painters.able = false;
    this.close();
    this.#events.unable();
  }
}
