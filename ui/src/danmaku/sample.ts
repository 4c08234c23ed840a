/** Sample data for the tests of this folder and of the overlay. */
import { h } from "../shared/dom";
import type { Course } from "./course";
import type { Inset, Painter } from "./ink";
import type { Comment } from "./stage";

export const COURSE: Course = {
  on: true,
  mode: "scroll-rtl",
  ink: {
    family: "sans-serif",
    size: 40,
    outline: 3,
    names: false,
    avatars: false,
    fill: "#fff",
    stroke: "#000",
    plate: null,
    count: "#fd6",
    round: 1,
    widest: 1000,
  },
  seconds: 8,
  opacity: 1,
  width: 1000,
  top: 50,
  bottom: 170,
  lanes: 10,
  density: 1,
  reading: 0,
  merge: false,
  calm: false,
  ratio: 1,
};

/** `px` a character and 50 px for a count; counts the sprites that hold pixels. */
export function samplePainter(
  px = 10,
  insets: readonly Inset[] = [],
): { painter: Painter; alive: () => number } {
  let alive = 0;
  const sprite = () => {
    alive += 1;
    return { canvas: h("canvas"), pad: 0, insets };
  };
  const painter: Painter = {
    measure: (line) => px * line.text.length,
    countRoom: () => 50,
    paint: sprite,
    count: sprite,
    release: () => {
      alive -= 1;
    },
  };
  return { painter, alive: () => alive };
}

export function sampleComment(id: string, over: Partial<Comment> = {}): Comment {
  const text = over.text ?? "x".repeat(40);
  return {
    id,
    user: "u1",
    priority: "normal",
    mode: null,
    text,
    parts: [{ kind: "text", text }],
    nick: "Ann",
    colour: "#fff",
    avatar: null,
    role: "viewer",
    plate: null,
    paid: null,
    ...over,
  };
}

/** What draws nothing, for a test browser that has no 2d canvas. */
export function sampleContext(): CanvasRenderingContext2D {
  const nothing = () => {};
  return new Proxy({} as CanvasRenderingContext2D, { get: () => nothing, set: () => true });
}

/** The same numbers from 0 to 1 on every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
