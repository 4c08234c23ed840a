/**
 * From a stroke to what is drawn: one path in units of the page, filled or
 * stroked. Canvas, SVG and PDF all draw this, so they show the same.
 */
import { getStroke } from "perfect-freehand";
import type { Brush } from "../shared/wire";
import { type Point, PRESSURE } from "./ink";

/** What a path is drawn with: a canvas, or the writer of a file. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  quadraticCurveTo(cx: number, cy: number, x: number, y: number): void;
  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void;
  closePath(): void;
}

/** A path in units of the page, drawn as often as one likes. */
export type Path = (pen: Pen) => void;

type Corner = readonly [number, number];

export interface Shape {
  readonly path: Path;
  /** Filled, or stroked with this width and round ends. */
  readonly line: number | null;
  readonly colour: string;
  readonly alpha: number;
  /** Takes ink away instead. */
  readonly erases: boolean;
}

/** How much of what is below a highlighter hides. */
const HIGHLIGHT = 0.38;
/**
 * Corners of an outline nearer to each other than a fifth of the pen's width are
 * one, but at least and at most this far, units: 0.4 and 1.4 pixels at 1080p.
 * Ends have 42 corners otherwise, which cost as much as the stroke between them.
 */
const FINE = { least: 3, most: 12, share: 0.2 } as const;
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
  const line = (path: Path, erases = false): Shape => ({
    path,
    line: brush.width,
    colour,
    alpha: 1,
    erases,
  });
  switch (brush.tool) {
    case "line":
      return line((pen) => {
        pen.moveTo(first[0], first[1]);
        pen.lineTo(last[0], last[1]);
      });
    case "arrow":
      return line(arrow(first, last, brush.width));
    case "rectangle":
      return line((pen) => {
        pen.moveTo(first[0], first[1]);
        pen.lineTo(last[0], first[1]);
        pen.lineTo(last[0], last[1]);
        pen.lineTo(first[0], last[1]);
        pen.closePath();
      });
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
export function written(path: Path): string {
  let out = "";
  const put = (letter: string, ...numbers: number[]) => {
    out += letter + numbers.map(tenth).join(" ");
  };
  path({
    moveTo: (x, y) => put("M", x, y),
    lineTo: (x, y) => put("L", x, y),
    quadraticCurveTo: (cx, cy, x, y) => put("Q", cx, cy, x, y),
    bezierCurveTo: (ax, ay, bx, by, x, y) => put("C", ax, ay, bx, by, x, y),
    closePath: () => put("Z"),
  });
  return out;
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

function freehand(brush: Brush, points: readonly Point[], done: boolean): Path {
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
  const fine = Math.min(FINE.most, Math.max(FINE.least, brush.width * FINE.share));
  return smooth(outline as [number, number][], fine);
}

/** A closed curve through the middles of an outline's sides. */
function smooth(outline: readonly Corner[], fine: number): Path {
  const corners: Corner[] = [];
  let before: Corner | undefined;
  for (const corner of outline) {
    if (before) {
      const [dx, dy] = [corner[0] - before[0], corner[1] - before[1]];
      if (dx * dx + dy * dy < fine * fine) continue;
    }
    corners.push(corner);
    before = corner;
  }
  // A dot's corners may all be near each other.
  if (corners.length >= 3) return smoothed(corners);
  return outline.length >= 3 ? smoothed(outline) : () => {};
}

function smoothed(corners: readonly Corner[]): Path {
  return (pen) => {
    const last = corners[corners.length - 1];
    let corner = corners[0];
    if (!last || !corner) return;
    pen.moveTo((last[0] + corner[0]) / 2, (last[1] + corner[1]) / 2);
    for (let i = 1; i <= corners.length; i += 1) {
      const after: Corner = corners[i === corners.length ? 0 : i] ?? corner;
      pen.quadraticCurveTo(
        corner[0],
        corner[1],
        (corner[0] + after[0]) / 2,
        (corner[1] + after[1]) / 2,
      );
      corner = after;
    }
    pen.closePath();
  };
}

function polyline(points: readonly Point[]): Path {
  return (pen) => {
    points.forEach(([x, y], i) => {
      if (i === 0) pen.moveTo(x, y);
      else pen.lineTo(x, y);
    });
  };
}

/** A line too short to see has round ends that are seen. */
function dot([x, y]: Point): Path {
  return (pen) => {
    pen.moveTo(x, y);
    pen.lineTo(x + 0.1, y);
  };
}

function arrow(from: Point, to: Point, width: number): Path {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const head = Math.min(width * 4 + 60, Math.max(width * 2, length * 0.6));
  return (pen) => {
    pen.moveTo(from[0], from[1]);
    pen.lineTo(to[0], to[1]);
    for (const turn of [0.5, -0.5]) {
      pen.moveTo(to[0], to[1]);
      pen.lineTo(to[0] - head * Math.cos(angle + turn), to[1] - head * Math.sin(angle + turn));
    }
  };
}

function ellipse(a: Point, b: Point): Path {
  const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const [rx, ry] = [Math.abs(a[0] - b[0]) / 2, Math.abs(a[1] - b[1]) / 2];
  const [kx, ky] = [rx * ROUND, ry * ROUND];
  return (pen) => {
    pen.moveTo(x + rx, y);
    pen.bezierCurveTo(x + rx, y + ky, x + kx, y + ry, x, y + ry);
    pen.bezierCurveTo(x - kx, y + ry, x - rx, y + ky, x - rx, y);
    pen.bezierCurveTo(x - rx, y - ky, x - kx, y - ry, x, y - ry);
    pen.bezierCurveTo(x + kx, y - ry, x + rx, y - ky, x + rx, y);
    pen.closePath();
  };
}
