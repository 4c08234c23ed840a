/**
 * The picture of what flies: one {@link Belt} for every speed, and on them the
 * sprite of each comment with its count, moving emotes and late pictures.
 * Lengths are device px unless they say otherwise.
 */
import { MOVING } from "../shared/emotes";
import { frameAt } from "../shared/fragments";
import { Belt, type Box, type Frame } from "./belt";
import { type Course, laneHeight } from "./course";
import { type Line, type Painter, padOf, type Sprite } from "./ink";
import { drawInset, isThere, moves } from "./pictures";
import { type Flying, leftOf } from "./traffic";

/** What the picture needs to know of a comment. */
export interface Drawn {
  readonly comment: Line;
  /** Room behind it for a count, CSS px. */
  readonly room: number;
  sprite: Sprite | null;
}

/** How long a count stays large after a line joined, ms, by how much, and in how many steps. */
const POP = { ms: 240, by: 0.45, steps: 12 } as const;
/** Most drawn counts kept. */
const COUNTS = 100;

/** Where a comment is on its belt, and how it looks there. */
interface Seat<T> {
  readonly flying: Flying<T>;
  /** Left edge of its box on the belt, and its upper edge. */
  readonly x: number;
  readonly y: number;
  /** Everything its pixels reach. */
  box: Box;
  look: Look<T>;
}

/** What can change about a comment that is drawn. */
interface Look<T> {
  readonly lead: T;
  readonly count: number;
  /** Of the count. */
  readonly scale: number;
  /** What its pictures show. */
  readonly frames: string;
  /** The time they show it at. */
  readonly time: number;
}

interface Strip<T> {
  readonly belt: Belt;
  readonly seats: Map<Flying<T>, Seat<T>>;
}

export class Picture<T extends Drawn> {
  readonly #element: HTMLElement;
  readonly #painter: Painter;
  readonly #strips = new Map<number, Strip<T>>();
  readonly #counts = new Map<number, Sprite>();
  #course: Course;

  constructor(element: HTMLElement, painter: Painter, course: Course) {
    this.#element = element;
    this.#painter = painter;
    this.#course = course;
  }

  /** Starts anew under `course`; the next `draw` brings everybody back. */
  apply(course: Course): void {
    this.wipe();
    for (const sprite of this.#counts.values()) this.#painter.release(sprite);
    this.#counts.clear();
    this.#course = course;
    const { width, bottom, ink } = course;
    Object.assign(this.#element.style, {
      opacity: String(course.opacity),
      width: `${width}px`,
      height: `${bottom + ink.size}px`,
    });
  }

  /** Takes everything off the screen. */
  wipe(): void {
    for (const { belt } of this.#strips.values()) belt.drop();
    this.#strips.clear();
  }

  /** Takes these off. */
  remove(gone: readonly Flying<T>[], now: number): void {
    for (const flying of gone) {
      const strip = this.#strips.get(flying.flight.speed);
      const seat = strip?.seats.get(flying);
      if (strip && seat) {
        strip.seats.delete(flying);
        const isOut = flying.flight.speed !== 0 && flying.flight.gone <= now;
        if (!isOut) strip.belt.paint(seat.box);
      }
    }
  }

  /** Draws exactly `flying` as it is at `now`. */
  draw(flying: readonly Flying<T>[], now: number): void {
    for (const one of flying) {
      const strip = this.#strips.get(one.flight.speed) ?? this.#open(one.flight.speed, now);
      if (!strip.seats.has(one)) this.#seat(strip, one, now);
    }
    let moving = 0;
    for (const [speed, { belt, seats }] of this.#strips) {
      if (seats.size === 0) {
        belt.drop();
        this.#strips.delete(speed);
        continue;
      }
      for (const seat of seats.values()) {
        const { lead, count } = seat.flying.group;
        const insets = lead.sprite?.insets ?? [];
        if (
          seat.look.lead === lead &&
          insets.length === 0 &&
          count === seat.look.count &&
          seat.look.scale === 1
        )
          continue;
        if (insets.some(({ picture }) => moves(picture))) moving += 1;
        this.#refresh(belt, seat, now, moving > MOVING);
      }
      belt.move(now);
    }
  }

  #open(speed: number, now: number): Strip<T> {
    const { width, bottom, ink, ratio } = this.#course;
    const frame: Frame = {
      element: this.#element,
      width: Math.ceil(width * ratio),
      height: Math.ceil((bottom + ink.size) * ratio),
      ratio,
    };
    const seats = new Map<Flying<T>, Seat<T>>();
    const belt = new Belt(frame, speed * ratio, now, (context, origin, box) => {
      for (const seat of seats.values()) {
        if (meet(seat.box, box)) this.#drawSeat(context, seat, origin);
      }
    });
    belt.move(now);
    const strip = { belt, seats };
    this.#strips.set(speed, strip);
    return strip;
  }

  #seat({ belt, seats }: Strip<T>, flying: Flying<T>, now: number): void {
    const { ratio, top } = this.#course;
    const x = Math.round(belt.placeOf(leftOf(flying, now) * ratio, now));
    const y = Math.round((top + flying.lane * laneHeight(this.#course)) * ratio);
    const look = this.#lookOf(flying, now, false);
    const seat: Seat<T> = { flying, x, y, box: this.#boxOf(flying, x, y), look };
    seats.set(flying, seat);
    belt.paint(seat.box);
  }

  /** Draws it again if it does not look as it did. */
  #refresh(belt: Belt, seat: Seat<T>, now: number, still: boolean): void {
    const look = this.#lookOf(seat.flying, now, still);
    const { lead, count, scale, frames } = seat.look;
    if (
      look.lead === lead &&
      look.count === count &&
      look.scale === scale &&
      look.frames === frames
    )
      return;
    const [before, box] = [seat.box, this.#boxOf(seat.flying, seat.x, seat.y)];
    seat.look = look;
    seat.box = box;
    belt.paint(before.width > box.width ? before : box);
  }

  #lookOf({ group }: Flying<T>, now: number, still: boolean): Look<T> {
    const { lead, count } = group;
    const { calm } = this.#course;
    const since = now - group.joined;
    const step = Math.floor((since / POP.ms) * POP.steps) / POP.steps;
    const scale = calm || since >= POP.ms ? 1 : 1 + POP.by * Math.sin(Math.PI * step);
    const time = calm || still ? 0 : now;
    const frames = (lead.sprite?.insets ?? []).map(({ picture }) => {
      if (typeof picture === "string" || !picture.frames) return isThere(picture);
      const { x, y } = frameAt(picture, time);
      return isThere(picture) && `${x},${y}`;
    });
    return { lead, count, scale, frames: frames.join(" "), time };
  }

  #boxOf({ flight }: Flying<T>, x: number, y: number): Box {
    const { ratio } = this.#course;
    const pad = Math.ceil(padOf(this.#course.ink) * ratio);
    const height = Math.ceil(laneHeight(this.#course) * ratio);
    const width = Math.ceil(flight.width * ratio);
    return { x: x - pad, y: y - pad, width: width + 2 * pad, height: height + 2 * pad };
  }

  #drawSeat(context: CanvasRenderingContext2D, seat: Seat<T>, origin: number): void {
    const { ink, ratio } = this.#course;
    const { flying, look, y } = seat;
    const { lead, count, scale, time } = look;
    const x = seat.x - origin;
    lead.sprite ??= this.#painter.paint(lead.comment, ink, laneHeight(this.#course), ratio);
    const { canvas, pad, insets } = lead.sprite;
    if (canvas.width > 0) context.drawImage(canvas, x - pad * ratio, y - pad * ratio);
    for (const inset of insets)
      drawInset(context, inset, x + inset.x * ratio, y + inset.y * ratio, ratio, time);
    if (count > 1)
      this.#drawCount(context, count, scale, x + (flying.flight.width - lead.room) * ratio, y);
  }

  /** The count behind a comment, its box's corner at `x`, `y`. */
  #drawCount(
    context: CanvasRenderingContext2D,
    n: number,
    scale: number,
    x: number,
    y: number,
  ): void {
    const { ink, ratio } = this.#course;
    let sprite = this.#counts.get(n);
    if (!sprite) {
      const [oldest] = this.#counts;
      if (oldest && this.#counts.size >= COUNTS) {
        this.#painter.release(oldest[1]);
        this.#counts.delete(oldest[0]);
      }
      sprite = this.#painter.count(n, ink, laneHeight(this.#course), ratio);
      this.#counts.set(n, sprite);
    }
    const { canvas, pad } = sprite;
    if (canvas.width === 0) return;
    const [w, h] = [canvas.width * scale, canvas.height * scale];
    const left = x - pad * ratio - (w - canvas.width) / 2;
    const up = y - pad * ratio - (h - canvas.height) / 2;
    context.drawImage(canvas, Math.round(left), Math.round(up), w, h);
  }
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
