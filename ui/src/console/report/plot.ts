/** How a chart is drawn by the library: axes, lines and colours, on the page and in a report. */
import type UPlot from "uplot";
import type { Stroke } from "./palette";
import type { Values } from "./series";
import { words } from "./words";

/** One line of a chart. */
export interface Line {
  readonly label: string;
  readonly values: Values;
  readonly stroke: Stroke;
  /** A value as people read it. */
  readonly say: (value: number) => string;
  /** Measured at the right. */
  readonly right?: boolean;
  /** Stays as it is until the next row. */
  readonly steps?: boolean;
  /** The ground under it is tinted. */
  readonly filled?: boolean;
}

/** What a chart shows. */
export interface Data {
  /** When each row begins, ms. */
  readonly at: readonly number[];
  /** Seconds of each. */
  readonly spans: readonly number[];
  readonly lines: readonly Line[];
  /** What is to be seen, in a sentence. */
  readonly summary: string;
  /** First and last moment shown, ms. */
  readonly from: number;
  readonly to: number;
}

/** The drawing library. */
export type Library = typeof UPlot;
let library: Promise<Library> | undefined;

/** The drawing library, loaded when a chart is first looked at. */
export function loadLibrary(): Promise<Library> {
  library ??= Promise.all([import("uplot"), import("uplot/dist/uPlot.min.css")]).then(
    ([{ default: made }]) => made,
  );
  return library;
}

/** Size on the page, px, and the colour of a name. */
export interface Ground {
  readonly width: number;
  readonly height: number;
  readonly colour: (name: string) => string;
}

/** Narrower than this, axes have less room. */
export const NARROW = 420;
/** An axis that says no more than this at its top says little, so it goes on to it. */
const FLOOR = 4;

/** Steps of an axis: people and gifts come whole. */
const WHOLE = Array.from({ length: 10 }, (_, n) => [1, 2, 5].map((step) => step * 10 ** n)).flat();

/** Whether there is too little for a line. */
export function isShort(at: readonly number[]): boolean {
  return at.length < 3;
}

/** What the library is told to draw; `hidden` are labels of lines that are not shown. */
export function options(
  Plot: Library,
  { at, lines, from, to }: Data,
  { width, height, colour }: Ground,
  hidden: ReadonlySet<string>,
): UPlot.Options {
  const font = `11px ${colour("--font")}`;
  const size = width < NARROW ? 38 : 46;
  const axis = { stroke: colour("--text-dim"), font, ticks: { show: false } };
  const grid = { stroke: colour("--line"), width: 1 };
  const upward = (_: UPlot, __: number | null, most: number | null): [number, number] => [
    0,
    Math.max(FLOOR, (most ?? 0) * 1.1),
  ];
  const numbers = (_: UPlot, splits: number[]) => splits.map((n) => words.short(n));
  const right = lines.some((line) => line.right);
  const stepped = Plot.paths.stepped?.({ align: 1 });
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, right ? 0 : 28, 0, 0],
    cursor: { drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: true, min: from / 1_000, max: to / 1_000, auto: false },
      y: { range: upward },
      right: { range: upward },
    },
    axes: [
      {
        ...axis,
        grid,
        size: 28,
        space: 72,
        values: (_, splits, __, ___, step) => splits.map((s) => words.moment(s * 1_000, step)),
      },
      { ...axis, grid, size, incrs: WHOLE, values: numbers },
      ...(right
        ? [
            {
              ...axis,
              grid: { show: false },
              scale: "right",
              side: 1 as const,
              incrs: WHOLE,
              size,
              values: numbers,
            },
          ]
        : []),
    ],
    series: [
      {},
      ...lines.map(({ label, right, stroke, steps, filled }) => ({
        label,
        scale: right ? "right" : "y",
        stroke: colour(stroke.colour),
        width: 1.6,
        dash: [...stroke.dash],
        show: !hidden.has(label),
        // One row alone makes no line.
        points: { show: isShort(at), size: 7, fill: colour(stroke.colour) },
        ...(filled ? { fill: `${colour(stroke.colour)}22` } : {}),
        ...(steps && stepped ? { paths: stepped } : {}),
      })),
    ],
  };
}
