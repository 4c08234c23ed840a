/**
 * The danmaku stage: owns the frame loop. {@link Traffic} decides who flies
 * where, {@link Picture} shows it.
 *
 * Motion is a function of time, so a late frame shows comments where they
 * belong. The loop runs only while somebody flies or waits and somebody can
 * see it; a comment offered while nobody can never flies. One that comes
 * before the stage is set waits for it like one that finds no free lane.
 */
import type { EventId, Mode, Priority, UserId } from "../shared/wire";
import { type Course, laneHeight, OFF, roadOf } from "./course";
import { keyOf } from "./group";
import type { Ink, Line, Painter, Sprite } from "./ink";
import { letters } from "./letters";
import { type Drawn, Picture } from "./picture";
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

interface Item extends Drawn {
  readonly comment: Comment;
  readonly letters: number;
  /** Its width, the ink that is true for, and the room a count would take. */
  ink: Ink | null;
  width: number;
  room: number;
  sprite: Sprite | null;
}

export class Danmaku {
  readonly #painter: Painter;
  readonly #picture: Picture<Item>;
  readonly #traffic: Traffic<Item>;
  #course = OFF;
  #lane = 1;
  #awake = true;
  /** Whether a course was ever applied. */
  #isSet = false;
  #frame = 0;

  /** Nothing flies before the first `apply`; what comes by then waits for it. */
  constructor(element: HTMLElement, painter: Painter) {
    this.#painter = painter;
    this.#picture = new Picture<Item>(element, painter, OFF);
    this.#traffic = new Traffic<Item>(roadOf(OFF), (item) => this.#needs(item));
  }

  /** Lets a comment fly as soon as there is room, or joins it to an equal one. */
  offer(comment: Comment): Offer {
    if (!this.#awake || (this.#isSet && !this.#course.on)) return "refused";
    const size = { ink: null, width: 0, room: 0 };
    const item: Item = { comment, letters: letters(comment.text), ...size, sprite: null };
    const merges = this.#course.merge && comment.priority !== "high" && comment.plate === null;
    const key = merges ? keyOf(comment.text) : null;
    const offer = this.#traffic.offer(performance.now(), item, comment.priority, key);
    this.#run();
    return offer;
  }

  /** Takes whoever `named` names off at once, waiting or flying. */
  remove(named: (comment: Comment) => boolean): void {
    const now = performance.now();
    const gone = this.#traffic.remove((item) => {
      const isGone = named(item.comment);
      // It may have led a group that flies on under the next one's name.
      if (isGone) this.#forget(item);
      return isGone;
    });
    this.#release(gone, now);
    this.#draw(now);
  }

  /** Takes everything off at once. */
  clear(): void {
    this.remove(() => true);
  }

  /** New settings; those in the air are redrawn and fly on. */
  apply(course: Course): void {
    this.#isSet = true;
    this.#course = course;
    this.#lane = laneHeight(course);
    this.#picture.apply(course);
    if (!course.on) {
      this.clear();
      return;
    }
    const now = performance.now();
    for (const { group } of this.#traffic.flying) this.#forget(group.lead);
    this.#release(this.#traffic.move(now, roadOf(course)), now);
    this.#draw(now);
    if (this.#traffic.waiting > 0) this.#run();
  }

  /** Measures and draws everybody again: a font has come. */
  renew(): void {
    if (this.#isSet) this.apply({ ...this.#course, ink: { ...this.#course.ink } });
  }

  /** Whether somebody can see the picture. */
  wake(awake: boolean): void {
    if (this.#awake === awake) return;
    this.#awake = awake;
    if (awake) {
      this.#run();
    } else {
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
      this.#picture.wipe();
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
    if (this.#frame === 0 && this.#awake && this.#isSet)
      this.#frame = requestAnimationFrame((at) => this.#tick(at));
  }

  #tick(now: number): void {
    this.#frame = 0;
    this.#release(this.#traffic.step(now).gone, now);
    this.#draw(now);
    if (this.#traffic.flying.length + this.#traffic.waiting > 0) this.#run();
  }

  #draw(now: number): void {
    if (this.#awake) this.#picture.draw(this.#traffic.flying, now);
  }

  #needs(item: Item): Needs {
    const { ink, seconds, mode } = this.#course;
    if (item.ink !== ink) {
      item.ink = ink;
      item.width = this.#painter.measure(item.comment, ink);
      item.room = this.#painter.countRoom(ink);
    }
    const { width, room } = item;
    const wish = item.comment.mode;
    const modes = wish === null || wish === mode ? [mode] : [wish, mode];
    return { width, counted: width + room, seconds, letters: item.letters, modes };
  }

  #release(gone: readonly Flying<Item>[], now: number): void {
    this.#picture.remove(gone, now);
    for (const { group } of gone) this.#forget(group.lead);
  }

  #forget(item: Item): void {
    if (item.sprite) this.#painter.release(item.sprite);
    item.sprite = null;
  }
}
