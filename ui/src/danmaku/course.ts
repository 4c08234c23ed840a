/** How and where comments fly: what the stage is told, and what that means for traffic. */
import type { Mode } from "../shared/wire";
import { scrolls } from "./flight";
import type { Ink } from "./ink";
import type { Road } from "./traffic";

/** Lengths in CSS px. */
export interface Course {
  readonly on: boolean;
  /** How a comment crosses that has no mode of its own. */
  readonly mode: Mode;
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
  /** Part of a lane that comments may fill, above 0 to 1. */
  readonly density: number;
  /** Most characters a second that enter a lane; 0 for no limit. */
  readonly reading: number;
  /** Equal lines fly once and count. */
  readonly merge: boolean;
  /** Nothing pops, pictures hold still. */
  readonly calm: boolean;
  /** Device px a CSS px. */
  readonly ratio: number;
}

/** Nothing flies yet. */
export const OFF: Course = {
  on: false,
  mode: "scroll-rtl",
  ink: {
    family: "sans-serif",
    size: 1,
    outline: 0,
    names: false,
    avatars: false,
    fill: "",
    stroke: "",
    plate: null,
    count: "",
    round: 1,
    widest: 0,
  },
  seconds: 8,
  opacity: 1,
  width: 1,
  top: 0,
  bottom: 0,
  lanes: 1,
  density: 1,
  reading: 0,
  merge: false,
  calm: false,
  ratio: 1,
};
/** Line height of a lane, share of the text height. */
const LINE = 1.25;
/** Least distance between two comments of a lane, share of the text height. */
const GAP = 0.7;
/** With fewer lanes none is kept free for comments that stand. */
const KEEP_FROM = 4;

/** Height of a lane. */
export function laneHeight({ ink }: Course): number {
  return Math.max(1, Math.round(ink.size * LINE));
}

export function roadOf(course: Course): Road {
  const { ink, top, bottom, width, density, reading } = course;
  const fitting = Math.floor((bottom - top) / laneHeight(course));
  const lanes = Math.max(1, Math.min(course.lanes, fitting));
  const kept = scrolls(course.mode) && lanes >= KEEP_FROM ? 1 : 0;
  return { width, lanes, kept, gap: ink.size * GAP, density, reading };
}
