/**
 * A lesson in time: what its board looked like at any moment. A function of
 * the entries and the time alone, so that two replays are one picture.
 */
import type { BoardEntry, Stroke } from "../shared/wire";
import { type Point, unpack } from "./ink";
import { Model } from "./model";

/** A stroke takes this long to draw, ms: so much, and more for each point, at most so much. */
const PACE = { least: 80, point: 9, most: 4_000 } as const;
/** A pause is at most this long when pauses are cut, ms. */
const PAUSE = 3_000;

/** An entry with its time in the replay, ms from its beginning. */
interface Scene {
  readonly entry: BoardEntry;
  readonly at: number;
  /** When its stroke begins. */
  readonly from: number;
  readonly points: readonly Point[];
}

/** A stroke that is half drawn. */
export interface Half {
  readonly stroke: Stroke;
  readonly points: readonly Point[];
}

/** What to draw: strokes that came on top, or everything. */
export type Look = Stroke[] | "all";

export class Lesson {
  readonly #scenes: Scene[] = [];
  #model = new Model();
  #next = 0;

  /** `entries` in order, from the lesson's first. Pauses are cut short if `brief`. */
  constructor(entries: readonly BoardEntry[], brief: boolean) {
    let before = entries[0]?.at ?? 0;
    let at = 0;
    for (const entry of entries) {
      const pause = Math.max(0, entry.at - before);
      at += brief ? Math.min(PAUSE, pause) : pause;
      before = entry.at;
      const points = entry.kind === "stroke" ? unpack(entry.stroke.ink) : [];
      const lasts = points.length && Math.min(PACE.most, PACE.least + PACE.point * points.length);
      // The first strokes need their time too.
      if (this.#scenes.length === 0) at = lasts;
      this.#scenes.push({ entry, at, from: Math.max(0, at - lasts), points });
    }
  }

  /** How long it is, ms. */
  get length(): number {
    return this.#scenes[this.#scenes.length - 1]?.at ?? 0;
  }

  /** When something of that hour happened, ms from the replay's beginning. */
  moment(at: number): number {
    let [low, high] = [0, this.#scenes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#scenes[middle]?.entry.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    const before = this.#scenes[low - 1];
    if (!before) return 0;
    const after = this.#scenes[low]?.at ?? before.at;
    return Math.min(before.at + (at - before.entry.at), after);
  }

  /** The board at a moment, what is half drawn then, and what has changed since the last look. */
  at(time: number): { model: Model; half: Half[]; change: Look } {
    const behind = this.#next > 0 && (this.#scenes[this.#next - 1]?.at ?? 0) > time;
    if (behind) {
      this.#model = new Model();
      this.#next = 0;
    }
    const page = this.#model.page;
    let change: Look = behind ? "all" : [];
    for (let scene = this.#scenes[this.#next]; scene && scene.at <= time; ) {
      const { entry } = scene;
      this.#model.apply(entry);
      this.#next += 1;
      if (entry.kind !== "stroke") change = "all";
      else if (change !== "all" && entry.stroke.page === page.id) change.push(entry.stroke);
      scene = this.#scenes[this.#next];
    }
    const half: Half[] = [];
    for (const { entry, at, from, points } of this.#scenes.slice(this.#next, this.#next + 64)) {
      if (entry.kind !== "stroke" || from >= time) continue;
      const share = (time - from) / (at - from);
      const seen = points.slice(0, Math.max(1, Math.ceil(points.length * share)));
      if (entry.stroke.page === this.#model.current)
        half.push({ stroke: entry.stroke, points: seen });
    }
    return { model: this.#model, half, change };
  }
}
