/**
 * The danmaku stage: owns the canvas, the frame loop and the sprites.
 * {@link Traffic} decides who flies where.
 *
 * Motion is a function of time, so a late frame shows comments where they
 * belong. The loop runs only while somebody flies or waits and somebody can
 * see it; a comment offered while nobody can never flies.
 */
import type { EventId, Priority, UserId } from "../shared/wire";
import type { Ink, Line, Painter, Sprite } from "./sprite";
import { type Flying, type Road, Traffic } from "./traffic";

/** A comment to fly. */
export interface Comment extends Line {
  readonly id: EventId;
  readonly user: UserId | null;
  readonly priority: Priority;
}

/** How and where comments fly; lengths in CSS px. */
export interface Course {
  readonly on: boolean;
  readonly ink: Ink;
  /** Nominal time to cross. */
  readonly seconds: number;
  /** 0–1. */
  readonly opacity: number;
  /** Width of the picture. */
  readonly width: number;
  /** Where the first lane starts and no lane reaches. */
  readonly top: number;
  readonly bottom: number;
  /** Most lanes; fewer if they do not fit. At least one is always there. */
  readonly lanes: number;
  /** Device px a CSS px. */
  readonly ratio: number;
}

/** A comment in the air, for tests and the console's miniature; CSS px. */
export interface Live {
  id: EventId;
  text: string;
  x: number;
  y: number;
  w: number;
  h: number;
  lane: number;
}

/** Nothing flies yet. */
const OFF: Course = {
  on: false,
  ink: {
    family: "sans-serif",
    size: 1,
    outline: 0,
    names: false,
    fill: "",
    stroke: "",
    plate: "",
    widest: 0,
  },
  seconds: 8,
  opacity: 1,
  width: 1,
  top: 0,
  bottom: 0,
  lanes: 1,
  ratio: 1,
};
/** Line height of a lane, share of the text height. */
const LINE = 1.25;
/** Least distance between two comments of a lane, share of the text height. */
const GAP = 0.7;

interface Item {
  readonly comment: Comment;
  /** Its width, and the ink that width is true for. */
  measured: { readonly ink: Ink; readonly width: number } | null;
  sprite: Sprite | null;
}

export class Danmaku {
  readonly #canvas: HTMLCanvasElement;
  readonly #painter: Painter;
  readonly #traffic: Traffic<Item>;
  #course = OFF;
  #lane = 0;
  #awake = true;
  #frame = 0;

  /** Nothing flies before the first `apply`. */
  constructor(canvas: HTMLCanvasElement, painter: Painter) {
    this.#canvas = canvas;
    this.#painter = painter;
    this.#traffic = new Traffic<Item>(this.#road(), (item) => ({
      width: this.#width(item),
      seconds: this.#course.seconds,
    }));
    this.#fit();
  }

  /** Lets a comment fly as soon as there is room. False if it never will. */
  offer(comment: Comment): boolean {
    if (!this.#awake || !this.#course.on) return false;
    const item: Item = { comment, measured: null, sprite: null };
    const taken = this.#traffic.offer(performance.now(), item, comment.priority);
    this.#run();
    return taken;
  }

  /** Takes whoever `named` names off at once, waiting or flying. */
  remove(named: (comment: Comment) => boolean): void {
    this.#release(this.#traffic.remove((item) => named(item.comment)));
    this.#draw(performance.now());
  }

  /** Takes everything off at once. */
  clear(): void {
    this.remove(() => true);
  }

  /** New settings; those in the air are redrawn and fly on. */
  apply(course: Course): void {
    this.#course = course;
    this.#canvas.style.opacity = String(course.opacity);
    this.#fit();
    if (!course.on) {
      this.clear();
      return;
    }
    const now = performance.now();
    for (const { item } of this.#traffic.flying) this.#forget(item);
    this.#release(this.#traffic.move(now, this.#road()));
    this.#draw(now);
  }

  /** Whether somebody can see the picture. */
  wake(awake: boolean): void {
    if (this.#awake === awake) return;
    this.#awake = awake;
    if (awake) this.#run();
    else {
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      this.#wipe();
    }
  }

  /** Where everybody in the air is now. */
  live(): Live[] {
    const now = performance.now();
    return this.#traffic.flying.map((flying) => ({
      id: flying.item.comment.id,
      text: flying.item.comment.text,
      x: this.#traffic.left(flying, now),
      y: this.#course.top + flying.lane * this.#lane,
      w: flying.flight.width,
      h: this.#lane,
      lane: flying.lane,
    }));
  }

  /** How many wait for a lane. */
  waiting(): number {
    return this.#traffic.waiting;
  }

  #run(): void {
    if (this.#frame === 0 && this.#awake)
      this.#frame = requestAnimationFrame((at) => this.#tick(at));
  }

  #tick(now: number): void {
    this.#frame = 0;
    this.#release(this.#traffic.step(now).gone);
    this.#draw(now);
    if (this.#traffic.flying.length + this.#traffic.waiting > 0) this.#run();
  }

  #draw(now: number): void {
    const { ink, ratio, top } = this.#course;
    const context = this.#wipe();
    if (!context || !this.#awake) return;
    for (const flying of this.#traffic.flying) {
      const { item, lane } = flying;
      item.sprite ??= this.#painter.paint(item.comment, ink, this.#lane, ratio);
      const { canvas, pad } = item.sprite;
      if (canvas.width === 0) continue;
      // Whole device pixels: text stays sharp and copying stays cheap.
      const x = Math.round((this.#traffic.left(flying, now) - pad) * ratio);
      context.drawImage(canvas, x, Math.round((top + lane * this.#lane - pad) * ratio));
    }
  }

  #wipe(): CanvasRenderingContext2D | null {
    const context = this.#canvas.getContext("2d");
    context?.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    return context;
  }

  #width(item: Item): number {
    const { ink } = this.#course;
    if (item.measured?.ink !== ink) {
      item.measured = { ink, width: this.#painter.measure(item.comment, ink) };
    }
    return item.measured.width;
  }

  #road(): Road {
    const { ink, top, bottom, lanes, width } = this.#course;
    this.#lane = Math.max(1, Math.round(ink.size * LINE));
    const fitting = Math.floor((bottom - top) / this.#lane);
    return { width, lanes: Math.max(1, Math.min(lanes, fitting)), gap: ink.size * GAP };
  }

  /** Gives the canvas the pixels of the part comments fly in, and no more. */
  #fit(): void {
    const { width, bottom, ratio, ink } = this.#course;
    const height = bottom + ink.size;
    const [w, h] = [Math.ceil(width * ratio), Math.ceil(height * ratio)];
    this.#canvas.style.width = `${w / ratio}px`;
    this.#canvas.style.height = `${h / ratio}px`;
    if (this.#canvas.width !== w) this.#canvas.width = w;
    if (this.#canvas.height !== h) this.#canvas.height = h;
  }

  #release(gone: readonly Flying<Item>[]): void {
    for (const { item } of gone) this.#forget(item);
  }

  #forget(item: Item): void {
    if (item.sprite) this.#painter.release(item.sprite);
    item.sprite = null;
  }
}
