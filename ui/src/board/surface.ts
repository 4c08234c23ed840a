/**
 * The picture of a page: finished strokes on a canvas that keeps them, strokes
 * under way on another above. Both have the shape of the page, fitted into
 * their box, and as many pixels as the screen.
 */
import { h } from "../shared/dom";
import type { Brush, Stroke } from "../shared/wire";
import { type Drawing, draw, drawing } from "./draw";
import { HEIGHT, type Point, unpack, WIDTH } from "./ink";
import { Lasers } from "./laser";
import type { Page } from "./model";
import { Painters } from "./painters";

/** A stroke under way. */
export interface Moving {
  readonly brush: Brush;
  readonly points: readonly Point[];
}

/** Most device pixels from left to right; more cannot be seen on a stream. */
const PIXELS = 3_840;
/** More strokes at once than this are drawn by {@link Painters}; so many take about 20 ms. */
const AT_ONCE = 250;

export class Surface {
  readonly element: HTMLElement;
  readonly lasers: Lasers;
  readonly #ink = h("canvas", { class: "board-ink" });
  readonly #live = h("canvas", { class: "board-live" });
  readonly #picture = h("img", { class: "board-picture", alt: "", hidden: true });
  readonly #sheet: HTMLElement;
  readonly #watch: ResizeObserver;
  /** How finished strokes are drawn, while their page is in front. */
  #drawn = new Map<number, Drawing>();
  #page: Page | undefined;
  /** The highest stroke that is on the canvas. */
  #top = 0;
  /** How much of each eraser under way has taken effect. */
  #erased = new Map<number, number>();
  #moving: () => ReadonlyMap<number, Moving> = () => new Map();
  #frame = 0;
  /** Draws the page in front, if it was too much to be drawn at once. */
  #painters: Painters | undefined;
  /** What was drawn here since the painters were done. */
  #since: Stroke[] = [];

  constructor() {
    this.#sheet = h("div", { class: "board-sheet" }, this.#picture, this.#ink, this.#live);
    this.element = h("div", { class: "board-surface" }, this.#sheet);
    this.lasers = new Lasers(this.#sheet);
    this.#watch = new ResizeObserver(() => this.fit());
    this.#watch.observe(this.element);
  }

  /** Where the page is on the screen. */
  get box(): DOMRect {
    return this.#sheet.getBoundingClientRect();
  }

  get sheet(): HTMLElement {
    return this.#sheet;
  }

  /** The canvas with the finished strokes. */
  get ink(): HTMLCanvasElement {
    return this.#ink;
  }

  /** Fits the page into the box again. */
  fit(): void {
    const { clientWidth: across, clientHeight: down } = this.element;
    const width = Math.min(across, (down * WIDTH) / HEIGHT);
    this.#sheet.style.width = `${width}px`;
    this.#sheet.style.height = `${(width * HEIGHT) / WIDTH}px`;
    const pixels = Math.min(PIXELS, Math.round(width * (window.devicePixelRatio || 1)));
    if (pixels === this.#ink.width) return;
    for (const canvas of [this.#ink, this.#live]) {
      canvas.width = Math.max(1, pixels);
      canvas.height = Math.max(1, Math.round((pixels * HEIGHT) / WIDTH));
    }
    if (this.#page) this.show(this.#page);
    this.#drawMoving();
  }

  /** Draws a page from nothing: now, or soon if it is much. */
  show(page: Page): void {
    if (this.#page !== page) this.#drawn = new Map();
    const same = this.#page === page;
    this.#page = page;
    this.#ground(page);
    this.#erased.clear();
    this.#top = page.strokes[page.strokes.length - 1]?.id ?? 0;
    // Not seen: it is shown once it has a size.
    if (this.#ink.width <= 1) return;
    if (page.strokes.length > AT_ONCE && Painters.able) {
      if (!same) this.#clean(this.#ink);
      this.#drawn.clear();
      this.#paint(page.strokes);
      return;
    }
    this.#painters?.close();
    this.#painters = undefined;
    const context = this.#clean(this.#ink);
    for (const stroke of page.strokes) this.#put(context, stroke);
    const kept = new Set(page.strokes.map(({ id }) => id));
    for (const id of this.#drawn.keys()) if (!kept.has(id)) this.#drawn.delete(id);
  }

  /** Draws strokes that came; from nothing only if they do not lie on top. */
  add(page: Page, strokes: readonly Stroke[]): void {
    const many = strokes.length > AT_ONCE && Painters.able;
    if (page !== this.#page || strokes.some(({ id }) => id <= this.#top)) {
      this.show(page);
      return;
    }
    if (many && !this.#painters) {
      this.show(page);
      return;
    }
    this.#top = strokes[strokes.length - 1]?.id ?? this.#top;
    if (this.#painters && (many || this.#painters.busy)) {
      this.#painters.add([...this.#since, ...strokes]);
      this.#since = [];
      return;
    }
    const context = this.#context(this.#ink);
    for (const stroke of strokes) this.#put(context, stroke);
    if (this.#painters) this.#since.push(...strokes);
  }

  /** Shows exactly these strokes under way from the next frame of the screen on, when it asks for them. */
  move(moving: () => ReadonlyMap<number, Moving>): void {
    this.#moving = moving;
    if (!this.#frame) {
      this.#frame = requestAnimationFrame(() => {
        this.#frame = 0;
        this.#drawMoving();
      });
    }
  }

  /** Ends for good. */
  close(): void {
    cancelAnimationFrame(this.#frame);
    this.#watch.disconnect();
    this.lasers.clear();
    this.#painters?.close();
  }

  #put(context: CanvasRenderingContext2D, stroke: Stroke): void {
    const known = this.#drawn.get(stroke.id) ?? drawing(stroke, unpack(stroke.ink));
    // A page of many is not kept: it would take 3 KB a stroke, and painters draw it anyway.
    if (!this.#painters) this.#drawn.set(stroke.id, known);
    draw(context, known);
  }

  #paint(strokes: readonly Stroke[]): void {
    this.#painters ??= new Painters({
      band: (bitmap, top) => this.#lay(bitmap, top),
      done: () => this.#drawMoving(),
      unable: () => {
        if (this.#page) this.show(this.#page);
      },
    });
    this.#since = [];
    this.#painters.begin(this.#ink.width, this.#ink.height);
    this.#painters.add(strokes);
  }

  /** Puts a band of the picture in place of what is there. */
  #lay(bitmap: ImageBitmap, top: number): void {
    const context = this.#context(this.#ink);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, top, bitmap.width, bitmap.height);
    context.drawImage(bitmap, 0, top);
    bitmap.close();
    // What erasers under way took has come back with it.
    for (const id of this.#erased.keys()) this.#erased.set(id, 0);
  }

  #drawMoving(): void {
    const context = this.#clean(this.#live);
    const moving = this.#moving();
    let cancelled = false;
    for (const id of this.#erased.keys()) {
      if (moving.has(id)) continue;
      this.#erased.delete(id);
      cancelled = true;
    }
    // What an eraser took while it moved comes back if it never was, and is
    // taken once more, by the stroke it became, if it was.
    if (cancelled && this.#page) this.show(this.#page);
    for (const [id, { brush, points }] of moving) {
      if (brush.page !== this.#page?.id) continue;
      if (brush.tool === "eraser") this.#erase(id, brush, points);
      else draw(context, drawing(brush, points, false));
    }
  }

  /** An eraser under way takes ink from the finished strokes themselves. */
  #erase(id: number, brush: Brush, points: readonly Point[]): void {
    const from = Math.max(0, (this.#erased.get(id) ?? 0) - 1);
    if (points.length - from < 1) return;
    draw(this.#context(this.#ink), drawing(brush, points.slice(from), false));
    this.#erased.set(id, points.length);
  }

  #ground({ ground }: Page): void {
    this.#sheet.dataset.print = ground.print;
    const picture = ground.picture;
    this.#picture.hidden = picture === undefined;
    if (picture === undefined) this.#picture.removeAttribute("src");
    else if (this.#picture.getAttribute("src") !== picture) this.#picture.src = picture;
  }

  #context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser has no canvas");
    const scale = canvas.width / WIDTH;
    context.setTransform(scale, 0, 0, scale, 0, 0);
    return context;
  }

  #clean(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
    const context = this.#context(canvas);
    context.clearRect(0, 0, WIDTH, HEIGHT + 1);
    return context;
  }
}
