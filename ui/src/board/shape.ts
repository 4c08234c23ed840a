/**
 * From a stroke to what is drawn: one path in units of the page, filled or
 * stroked. Canvas, SVG and PDF all draw this, so they show the same.
 */
import { getStroke } from "perfect-freehand";
import type { Brush } from "../shared/wire";
import { type Point, PRESSURE } from "./ink";

/** A piece of a path: a letter of SVG's path language and its numbers. */
export type Segment =
  | readonly ["M" | "L", number, number]
  | readonly ["Q", number, number, number, number]
  | readonly ["C", number, number, number, number, number, number]
  | readonly ["Z"];

export interface Shape {
  readonly path: readonly Segment[];
  /** Filled, or stroked with this width and round ends. */
  readonly line: number | null;
  readonly colour: string;
  readonly alpha: number;
  /** Takes ink away instead. */
  readonly erases: boolean;
}

/** How much of what is below a highlighter hides. */
const HIGHLIGHT = 0.38;
/** Corners of an outline nearer to each other than this are one: a third of a pixel at 1080p, units. */
const FINE = 3;
/** A circle's quarter as a curve. */
const ROUND = 0.5522847498;

/** `#rrggbb`. */
export function css(colour: number): string {
  return `#${colour.toString(16).padStart(6, "0")}`;
}

/** What a stroke looks like; a text has no shape. */
export function shape(brush: Brush, points: readonly Point[], done: boolean): Shape | null {
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last || brush.tool === "text") return null;
  const colour = css(brush.colour);
  const line = (path: Segment[], erases = false): Shape => ({
    path,
    line: brush.width,
    colour,
    alpha: 1,
    erases,
  });
  switch (brush.tool) {
    case "line":
      return line([
        ["M", first[0], first[1]],
        ["L", last[0], last[1]],
      ]);
    case "arrow":
      return line(arrow(first, last, brush.width));
    case "rectangle":
      return line([
        ["M", first[0], first[1]],
        ["L", last[0], first[1]],
        ["L", last[0], last[1]],
        ["L", first[0], last[1]],
        ["Z"],
      ]);
    case "ellipse":
      return line(ellipse(first, last));
    case "eraser":
      return line(points.length > 1 ? polyline(points) : dot(first), true);
    case "highlighter":
    case "pen": {
      const alpha = brush.tool === "pen" ? 1 : HIGHLIGHT;
      return { path: freehand(brush, points, done), line: null, colour, alpha, erases: false };
    }
  }
}

/** The path in SVG's language, numbers rounded to tenths of a unit. */
export function written(path: readonly Segment[]): string {
  return path.map(([letter, ...numbers]) => letter + numbers.map(tenth).join(" ")).join("");
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function freehand(brush: Brush, points: readonly Point[], done: boolean): Segment[] {
  const pen = brush.tool === "pen";
  // A mouse has no pressure: its points say 0, and speed stands in for it.
  const feels = pen && points.some(([, , pressure]) => pressure > 0);
  const outline = getStroke(
    points.map(([x, y, pressure]) => [x, y, pressure / PRESSURE]),
    {
      size: brush.width * (feels ? 1.3 : 1),
      thinning: feels ? 0.6 : pen ? 0.25 : 0,
      smoothing: 0.5,
      streamline: 0.35,
      simulatePressure: pen && !feels,
      last: done,
    },
  );
  return smooth(outline as [number, number][]);
}

/** A closed curve through the middles of an outline's sides. */
function smooth(outline: readonly (readonly [number, number])[]): Segment[] {
  const corners: (readonly [number, number])[] = [];
  for (const corner of outline) {
    const before = corners[corners.length - 1];
    const far = !before || Math.hypot(corner[0] - before[0], corner[1] - before[1]) >= FINE;
    if (far) corners.push(corner);
  }
  // A dot's corners may all be near each other.
  if (corners.length >= 3) return smoothed(corners);
  return outline.length >= 3 ? smoothed(outline) : [];
}

function smoothed(corners: readonly (readonly [number, number])[]): Segment[] {
  const path: Segment[] = [];
  const before = corners[corners.length - 1] ?? ([0, 0] as const);
  let corner = corners[0] ?? before;
  path.push(["M", (before[0] + corner[0]) / 2, (before[1] + corner[1]) / 2]);
  for (let i = 0; i < corners.length; i += 1) {
    const after = corners[(i + 1) % corners.length] ?? corner;
    path.push(["Q", corner[0], corner[1], (corner[0] + after[0]) / 2, (corner[1] + after[1]) / 2]);
    corner = after;
  }
  path.push(["Z"]);
  return path;
}

function polyline(points: readonly Point[]): Segment[] {
  return points.map(([x, y], i) => [i === 0 ? "M" : "L", x, y] as const);
}

/** A line too short to see has round ends that are seen. */
function dot([x, y]: Point): Segment[] {
  return [
    ["M", x, y],
    ["L", x + 0.1, y],
  ];
}

function arrow(from: Point, to: Point, width: number): Segment[] {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const head = Math.min(width * 4 + 60, Math.max(width * 2, length * 0.6));
  const wing = (turn: number): Segment => [
    "L",
    to[0] - head * Math.cos(angle + turn),
    to[1] - head * Math.sin(angle + turn),
  ];
  const tip: Segment = ["M", to[0], to[1]];
  return [["M", from[0], from[1]], ["L", to[0], to[1]], tip, wing(0.5), tip, wing(-0.5)];
}

function ellipse(a: Point, b: Point): Segment[] {
  const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const [rx, ry] = [Math.abs(a[0] - b[0]) / 2, Math.abs(a[1] - b[1]) / 2];
  const [kx, ky] = [rx * ROUND, ry * ROUND];
  return [
    ["M", x + rx, y],
    ["C", x + rx, y + ky, x + kx, y + ry, x, y + ry],
    ["C", x - kx, y + ry, x - rx, y + ky, x - rx, y],
    ["C", x - rx, y - ky, x - kx, y - ry, x, y - ry],
    ["C", x + kx, y - ry, x + rx, y - ky, x + rx, y],
    ["Z"],
  ];
}
