/**
 * Traffic: who flies in which lane, and who waits for one.
 *
 * Pure: it reads no clock and draws nothing. A driver calls `offer` when a
 * comment comes and `step` once a frame; both take the time in ms. Lengths are
 * CSS px. Comments keep their order inside a priority, higher ones go first,
 * and a comment that finds no free lane waits (see {@link Queue}).
 */
import type { Priority } from "../shared/wire";
import { type Flight, goneAt, launch, leftAt } from "./flight";
import { allocate, keepsBehind, type Lane } from "./lanes";
import { Queue } from "./queue";

/** Most comments in the air; more wait. Bounds the memory of their sprites. */
export const LIVE_LIMIT = 240;

/** Where comments fly. */
export interface Road {
  /** Width of the picture, px. */
  readonly width: number;
  /** How many lanes, at least 1. */
  readonly lanes: number;
  /** Least distance between two comments of a lane, px. */
  readonly gap: number;
}

/** A comment in the air. */
export interface Flying<T> {
  readonly item: T;
  readonly lane: number;
  readonly flight: Flight;
}

/** What a `step` changed. */
export interface Step<T> {
  readonly launched: readonly Flying<T>[];
  readonly gone: readonly Flying<T>[];
}

export class Traffic<T> {
  readonly #queue = new Queue<T>();
  readonly #size: (item: T) => { width: number; seconds: number };
  #road: Road;
  #lanes: Lane[];
  #flying: Flying<T>[] = [];

  /** `size` gives a comment's width in px and its nominal crossing time; it is asked at launch. */
  constructor(road: Road, size: (item: T) => { width: number; seconds: number }) {
    this.#road = road;
    this.#size = size;
    this.#lanes = new Array<Lane>(road.lanes).fill(null);
  }

  /** Everybody in the air, first launched first. */
  get flying(): readonly Flying<T>[] {
    return this.#flying;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** Where `flying` is: its left edge, px. */
  left(flying: Flying<T>, now: number): number {
    return leftAt(flying.flight, this.#road.width, now);
  }

  /** Lets a comment queue up. False if it will never fly. */
  offer(now: number, item: T, priority: Priority): boolean {
    return this.#queue.offer(now, item, priority);
  }

  /** Lets go who has left, then lets in who fits. */
  step(now: number): Step<T> {
    const gone = this.#take((flying) => goneAt(flying.flight, this.#road.width) <= now);
    this.#queue.expire(now);
    const launched: Flying<T>[] = [];
    while (this.#flying.length < LIVE_LIMIT) {
      const item = this.#queue.head();
      if (item === undefined) break;
      const { width, seconds } = this.#size(item);
      const flight = launch(width, this.#road.width, seconds, now);
      const lane = allocate(this.#lanes, flight, this.#road.width, this.#road.gap, now);
      if (lane === null) break;
      this.#queue.take();
      launched.push(this.#enter({ item, lane, flight }));
    }
    return { launched, gone };
  }

  /** Takes whoever `named` names off, waiting or flying; returns those who flew. */
  remove(named: (item: T) => boolean): readonly Flying<T>[] {
    this.#queue.remove(named);
    const taken = this.#take((flying) => named(flying.item));
    if (taken.length > 0) {
      this.#lanes.fill(null);
      for (const { lane, flight } of this.#flying) this.#lanes[lane] = flight;
    }
    return taken;
  }

  /**
   * Moves everybody onto another road with their new sizes: each as far along
   * as it was, in its own lane if it can. Who finds no free lane is returned
   * and flies no more.
   */
  move(now: number, road: Road): readonly Flying<T>[] {
    const old = this.#road;
    const ahead = this.#flying
      .map((flying) => ({ flying, along: leftAt(flying.flight, old.width, now) / old.width }))
      .sort((a, b) => a.along - b.along);
    this.#road = road;
    this.#lanes = new Array<Lane>(road.lanes).fill(null);
    this.#flying = [];
    const left: Flying<T>[] = [];
    for (const { flying, along } of ahead) {
      const { width, seconds } = this.#size(flying.item);
      const { speed } = launch(width, road.width, seconds, now);
      const flight = { enter: now - (1 - along) * (road.width / speed), speed, width };
      const lane = this.#laneFor(flight, now, flying.lane);
      if (lane === null) left.push(flying);
      else this.#enter({ item: flying.item, lane, flight });
    }
    return left;
  }

  #laneFor(flight: Flight, now: number, wish: number): number | null {
    const { width, gap, lanes } = this.#road;
    const last = this.#lanes[wish] ?? null;
    if (wish < lanes && (last === null || keepsBehind(last, flight, width, gap, now))) return wish;
    return allocate(this.#lanes, flight, width, gap, now);
  }

  #enter(flying: Flying<T>): Flying<T> {
    this.#lanes[flying.lane] = flying.flight;
    this.#flying.push(flying);
    return flying;
  }

  #take(named: (flying: Flying<T>) => boolean): readonly Flying<T>[] {
    const taken = this.#flying.filter(named);
    if (taken.length > 0) this.#flying = this.#flying.filter((flying) => !named(flying));
    return taken;
  }
}
