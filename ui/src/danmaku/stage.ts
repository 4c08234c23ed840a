/**
 * The danmaku stage: owns the frame loop and the sprites. {@link Traffic}
 * decides who flies where.
 *
 * Motion is a function of time, so a late frame shows comments where they
 * belong. The loop runs only while somebody flies or waits and somebody can
 * see it; a comment offered while nobody can never flies.
 */
import { MOVING } from "../shared/emotes";
import type { EventId, Mode, Priority, UserId } from "../shared/wire";
import { type Course, laneHeight, OFF, roadOf } from "./course";
import { keyOf } from "./group";
import type { Ink, Line, Painter, Sprite } from "./ink";
import { letters } from "./letters";
import { drawInset, moves } from "./pictures";
import { type Flying, leftOf, type Needs, type Offer, Traffic } from "./traffic";

/** A comment to fly. */
export interface Comment extends Line {
  readonly id: EventId;
  readonly user: UserId | null;
  readonly priority: Priority;
  /** How it crosses if there is room for that; `null` as the course says. */
  readonly mode: Mode | null;
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
  mode: Mode;
  /** How many equal lines it stands for. */
  count: number;
}

/** How long a count stays large after a line joined, ms, and by how much. */
const POP = { ms: 240, by: 0.45 } as const;
/** Most drawn counts kept. */
const COUNTS = 100;

interface Item {
  readonly comment: Comment;
  readonly letters: number;
  /** Its width, and the ink that width is true for. */
  measured: { readonly ink: Ink; readonly width: number; readonly room: number } | null;
  sprite: Sprite | null;
}

export class Danmaku {
  readonly #canvas: HTMLCanvasElement;
  readonly #painter: Painter;
  readonly #traffic: Traffic<Item>;
  readonly #counts = new Map<number, Sprite>();
  #course = OFF;
  #lane = 1;
  #awake = true;
  #frame = 0;

  /** Nothing flies before the first `apply`. */
  constructor(canvas: HTMLCanvasElement, painter: Painter) {
    this.#canvas = canvas;
    this.#painter = painter;
    this.#traffic = new Traffic<Item>(roadOf(OFF), (item) => this.#needs(item));
    this.#fit();
  }

  /** Lets a comment fly as soon as there is room, or joins it to an equal one. */
  offer(comment: Comment): Offer {
    if (!this.#awake || !this.#course.on) return "refused";
    const item: Item = { comment, letters: letters(comment.text), measured: null, sprite: null };
    const merges = this.#course.merge && comment.priority !== "high" && comment.plate === null;
    const key = merges ? keyOf(comment.text) : null;
    const offer = this.#traffic.offer(performance.now(), item, comment.priority, key);
    this.#run();
    return offer;
  }

  /** Takes whoever `named` names off at once, waiting or flying. */
  remove(named: (comment: Comment) => boolean): void {
    this.#release(
      this.#traffic.remove((item) => {
        const gone = named(item.comment);
        // It may have led a group that flies on under the next one's name.
        if (gone) this.#forget(item);
        return gone;
      }),
    );
    this.#draw(performance.now());
  }

  /** Takes everything off at once. */
  clear(): void {
    this.remove(() => true);
  }

  /** New settings; those in the air are redrawn and fly on. */
  apply(course: Course): void {
    this.#course = course;
    this.#lane = laneHeight(course);
    this.#canvas.style.opacity = String(course.opacity);
    this.#fit();
    this.#forgetCounts();
    if (!course.on) {
      this.clear();
      return;
    }
    const now = performance.now();
    for (const { group } of this.#traffic.flying) this.#forget(group.lead);
    this.#release(this.#traffic.move(now, roadOf(course)));
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
      id: flying.group.lead.comment.id,
      text: flying.group.lead.comment.text,
      x: leftOf(flying, now),
      y: this.#course.top + flying.lane * this.#lane,
      w: flying.flight.width,
      h: this.#lane,
      lane: flying.lane,
      mode: flying.mode,
      count: flying.group.count,
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
    const { ink, ratio, top, calm } = this.#course;
    const context = this.#wipe();
    if (!context || !this.#awake) return;
    let moving = 0;
    for (const flying of this.#traffic.flying) {
      const { group, lane, flight } = flying;
      const item = group.lead;
      item.sprite ??= this.#painter.paint(item.comment, ink, this.#lane, ratio);
      const { canvas, pad, insets } = item.sprite;
      if (canvas.width === 0) continue;
      // Whole device pixels: text stays sharp and copying stays cheap.
      const x = Math.round((leftOf(flying, now) - pad) * ratio);
      const y = Math.round((top + lane * this.#lane - pad) * ratio);
      context.drawImage(canvas, x, y);
      for (const inset of insets) {
        if (moves(inset.picture)) moving += 1;
        const time = calm || moving > MOVING ? 0 : now;
        const [left, up] = [x + (pad + inset.x) * ratio, y + (pad + inset.y) * ratio];
        drawInset(context, inset, left, up, ratio, time);
      }
      if (group.count > 1) {
        const right = x + (pad + flight.width - (item.measured?.room ?? 0)) * ratio;
        this.#drawCount(context, group.count, now - group.joined, right, y + pad * ratio);
      }
    }
  }

  /** The count behind a comment, larger for a moment after `since` ms. */
  #drawCount(
    context: CanvasRenderingContext2D,
    n: number,
    since: number,
    x: number,
    y: number,
  ): void {
    const { ink, ratio, calm } = this.#course;
    let sprite = this.#counts.get(n);
    if (!sprite) {
      if (this.#counts.size >= COUNTS) this.#forgetCounts();
      sprite = this.#painter.count(n, ink, this.#lane, ratio);
      this.#counts.set(n, sprite);
    }
    const { canvas, pad } = sprite;
    const pops = !calm && since < POP.ms;
    const scale = pops ? 1 + POP.by * Math.sin((Math.PI * since) / POP.ms) : 1;
    const [w, h] = [canvas.width * scale, canvas.height * scale];
    const left = x - pad * ratio - (w - canvas.width) / 2;
    const up = y - pad * ratio - (h - canvas.height) / 2;
    context.drawImage(canvas, Math.round(left), Math.round(up), w, h);
  }

  #wipe(): CanvasRenderingContext2D | null {
    const context = this.#canvas.getContext("2d");
    context?.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    return context;
  }

  #needs(item: Item): Needs {
    const { ink, seconds, mode } = this.#course;
    if (item.measured?.ink !== ink) {
      const width = this.#painter.measure(item.comment, ink);
      item.measured = { ink, width, room: this.#painter.countRoom(ink) };
    }
    const { width, room } = item.measured;
    const wish = item.comment.mode;
    const modes = wish === null || wish === mode ? [mode] : [wish, mode];
    return { width, counted: width + room, seconds, letters: item.letters, modes };
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
    for (const { group } of gone) this.#forget(group.lead);
  }

  #forget(item: Item): void {
    if (item.sprite) this.#painter.release(item.sprite);
    item.sprite = null;
  }

  #forgetCounts(): void {
    for (const sprite of this.#counts.values()) this.#painter.release(sprite);
    this.#counts.clear();
  }
}
