/**
 * Traffic: who flies in which lane, who waits for one, and who joins an equal
 * line instead.
 *
 * Pure: it reads no clock and draws nothing. A driver calls `offer` when a
 * comment comes and `step` once a frame; both take the time in ms. Lengths are
 * CSS px. Comments keep their order inside a priority, higher ones go first,
 * and a comment that finds no free lane waits (see {@link Queue}).
 */
import type { Mode, Priority } from "../shared/wire";
import { type Flight, keepApart, launch, leftAt, resume, widen } from "./flight";
import { Group } from "./group";
import { allocate, hasRoom, type Limits, pause } from "./lanes";
import { Queue } from "./queue";

/** Most comments in the air; more wait. Bounds the memory of their sprites. */
export const LIVE_LIMIT = 1_000;
/**
 * Most comments launched in the time of one frame, ms; the others follow with
 * the next. What comes at once is spread, so that no frame takes long to draw
 * them all; a late frame makes up for those it missed, 16 at most.
 */
export const LAUNCH_LIMIT = 4;
const FRAME_MS = 1000 / 60;
const MISSED = 16;
/** A flying comment takes equal ones in as long as this part of its flight is still to come. */
const JOIN_PART = 0.3;

/** Where comments fly. */
export interface Road extends Limits {
  /** Width of the picture, px. */
  readonly width: number;
  /** How many lanes, at least 1. */
  readonly lanes: number;
  /** How many of them, from the top, are for comments that stand. */
  readonly kept: number;
  /** Least distance between two comments of a lane, px. */
  readonly gap: number;
}

/** What a comment needs of the road. */
export interface Needs {
  /** Width of its box, px. */
  readonly width: number;
  /** Width of its box with a count behind it, px. */
  readonly counted: number;
  /** Nominal crossing time. */
  readonly seconds: number;
  /** How much there is to read. */
  readonly letters: number;
  /** How it may cross, the best way first; at least one. */
  readonly modes: readonly Mode[];
}

/** A comment in the air, with the equal ones it has taken in. */
export interface Flying<T> {
  readonly group: Group<T>;
  readonly mode: Mode;
  readonly lane: number;
  readonly flight: Flight;
}

/** What became of a comment. */
export type Offer = "waits" | "merged" | "refused";

/** What a `step` changed. */
export interface Step<T> {
  readonly launched: readonly Flying<T>[];
  readonly gone: readonly Flying<T>[];
}

/** As kept here: what grows changes its flight. */
type Seat<T> = { -readonly [K in keyof Flying<T>]: Flying<T>[K] };

interface Strip<T> {
  taken: Seat<T>[];
  ready: number;
}

export class Traffic<T> {
  readonly #queue = new Queue<Group<T>>();
  readonly #needs: (item: T) => Needs;
  #road: Road;
  #lanes: Strip<T>[];
  #flying: Seat<T>[] = [];
  /** When `step` was called last. */
  #stepped = Number.POSITIVE_INFINITY;

  /** `needs` is asked when a comment is launched, grows, or the road changes. */
  constructor(road: Road, needs: (item: T) => Needs) {
    this.#road = road;
    this.#needs = needs;
    this.#lanes = strips(road.lanes);
  }

  /** Everybody in the air, first launched first. */
  get flying(): readonly Flying<T>[] {
    return this.#flying;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#queue.size;
  }

  /** Lets a comment in. It joins a line with the same `key`, unless that is `null`. */
  offer(now: number, item: T, priority: Priority, key: string | null = null): Offer {
    if (key !== null && this.#join(now, item, key)) return "merged";
    return this.#queue.offer(now, new Group(item, key), priority) ? "waits" : "refused";
  }

  /** Lets go who has left, then lets in who fits. */
  step(now: number): Step<T> {
    const gone = this.#take(({ flight }) => flight.gone <= now);
    this.#queue.expire(now);
    const launched: Flying<T>[] = [];
    const passed = this.#flying.length > 0 ? Math.floor((now - this.#stepped) / FRAME_MS) : 0;
    const most = LAUNCH_LIMIT * Math.min(MISSED, Math.max(1, passed));
    this.#stepped = now;
    while (this.#flying.length < LIVE_LIMIT && launched.length < most) {
      const group = this.#queue.head();
      const seat = group && this.#seat(group, now);
      if (!seat) break;
      this.#queue.take();
      launched.push(this.#enter(seat));
    }
    return { launched, gone };
  }

  /** Takes whoever `named` names off, waiting or flying; returns the flights this ends. */
  remove(named: (item: T) => boolean): readonly Flying<T>[] {
    this.#queue.remove((group) => !group.remove(named));
    return this.#take((flying) => !this.#outlives(flying, named));
  }

  /** Whether anybody of a group is left after `named`, and still fits its box. */
  #outlives({ group, flight }: Flying<T>, named: (item: T) => boolean): boolean {
    const { lead } = group;
    if (!group.remove(named)) return false;
    return group.lead === lead || this.#needs(group.lead).counted <= flight.width;
  }

  /**
   * Moves everybody onto another road with their new needs: each as far along
   * as it was, in its own lane if it can. Who finds no free lane is returned
   * and flies no more.
   */
  move(now: number, road: Road): readonly Flying<T>[] {
    const part = ({ flight }: Flying<T>) =>
      Math.max(0, (now - flight.enter) / (flight.gone - flight.enter));
    const ahead = [...this.#flying].sort((a, b) => part(b) - part(a));
    this.#road = road;
    this.#lanes = strips(road.lanes);
    this.#flying = [];
    const left: Flying<T>[] = [];
    for (const flying of ahead) {
      const { modes } = this.#needs(flying.group.lead);
      const mode = modes.includes(flying.mode)
        ? flying.mode
        : (modes[modes.length - 1] ?? flying.mode);
      const flight = resume(this.#launch(flying.group, mode, now), part(flying), now);
      const lane = this.#laneFor(flight, mode, now, flying.lane);
      if (lane === null) left.push(flying);
      else this.#enter({ group: flying.group, mode, lane, flight });
    }
    return left;
  }

  #laneFor(flight: Flight, mode: Mode, now: number, wish: number): number | null {
    const { gap, kept } = this.#road;
    const lane = this.#lanes[wish];
    if (lane && hasRoom(lane, flight, gap, now)) return wish;
    const open = this.#lanes.map(({ taken }) => ({ taken, ready: 0 }));
    return allocate(open, flight, mode, kept, gap, now);
  }

  /** A place for `group` from `now` on, in the best way that has one. */
  #seat(group: Group<T>, now: number): Seat<T> | null {
    // In a flood this is the answer of most frames.
    if (this.#lanes.every(({ ready }) => ready > now)) return null;
    const { gap, kept } = this.#road;
    for (const mode of this.#needs(group.lead).modes) {
      const flight = this.#launch(group, mode, now);
      const lane = allocate(this.#lanes, flight, mode, kept, gap, now);
      if (lane !== null) return { group, mode, lane, flight };
    }
    return null;
  }

  #launch(group: Group<T>, mode: Mode, now: number): Flight {
    const { width, counted, seconds } = this.#needs(group.lead);
    return launch(mode, group.count > 1 ? counted : width, this.#road.width, seconds, now);
  }

  #enter(seat: Seat<T>): Flying<T> {
    const lane = this.#lanes[seat.lane];
    if (lane) {
      lane.taken.push(seat);
      const { letters } = this.#needs(seat.group.lead);
      lane.ready = Math.max(
        lane.ready,
        seat.flight.enter + pause(seat.flight, letters, this.#road.gap, this.#road),
      );
    }
    this.#flying.push(seat);
    return seat;
  }

  /** Puts `item` to an equal line that waits, or that flies and has room to count. */
  #join(now: number, item: T, key: string): boolean {
    const waiting = this.#queue.find((group) => group.key === key);
    if (waiting) {
      waiting.join(item, now);
      return true;
    }
    for (let index = this.#flying.length - 1; index >= 0; index -= 1) {
      const seat = this.#flying[index];
      if (seat?.group.key !== key) continue;
      if (!this.#grow(seat, now)) return false;
      seat.group.join(item, now);
      return true;
    }
    return false;
  }

  /** Makes room for a count behind `seat`; false if there is none, or it leaves soon. */
  #grow(seat: Seat<T>, now: number): boolean {
    const { flight, group, lane } = seat;
    if (flight.gone - now < JOIN_PART * (flight.gone - flight.enter)) return false;
    if (group.count > 1) return true;
    const grown = widen(flight, this.#needs(group.lead).counted);
    const others = this.#lanes[lane]?.taken ?? [];
    const fits = others.every(
      (other) => other === seat || keepApart(other.flight, grown, this.#road.gap, now),
    );
    if (fits) seat.flight = grown;
    return fits;
  }

  #take(named: (flying: Flying<T>) => boolean): readonly Flying<T>[] {
    const taken = new Set<Flying<T>>(this.#flying.filter(named));
    if (taken.size === 0) return [];
    this.#flying = this.#flying.filter((seat) => !taken.has(seat));
    for (const { lane } of taken) {
      const strip = this.#lanes[lane];
      if (strip) strip.taken = strip.taken.filter((seat) => !taken.has(seat));
    }
    return [...taken];
  }
}

/** Left edge of `flying` at `now`, px. */
export function leftOf({ flight }: Flying<unknown>, now: number): number {
  return leftAt(flight, now);
}

function strips<T>(count: number): Strip<T>[] {
  return Array.from({ length: count }, () => ({ taken: [], ready: 0 }));
}
