/** Draws strokes on a canvas whose units are those of the page. */
import type { Brush } from "../shared/wire";
import type { Point } from "./ink";
import { css, type Shape, shape } from "./shape";

/** Fonts of a text on the board; the same in every export. None that a page would have to load. */
export const FONT = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", sans-serif';
/** Height of a line of text for a letter's height of 1. */
export const LEADING = 1.25;

type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** A stroke ready to be drawn again and again. */
export interface Drawing {
  readonly brush: Brush;
  readonly points: readonly Point[];
  readonly shape: Shape | null;
}

/** Works out how a stroke is drawn; `done` once no more points come. */
export function drawing(brush: Brush, points: readonly Point[], done = true): Drawing {
  return { brush, points, shape: shape(brush, points, done) };
}

export function draw(context: Context, { brush, points, shape: made }: Drawing): void {
  const first = points[0];
  if (brush.tool === "text" && first) {
    context.fillStyle = css(brush.colour);
    context.font = `600 ${brush.width}px ${FONT}`;
    context.textBaseline = "top";
    context.fillText(brush.text ?? "", first[0], first[1]);
    return;
  }
  if (!made) return;
  context.globalCompositeOperation = made.erases ? "destination-out" : "source-over";
  context.globalAlpha = made.alpha;
  context.beginPath();
  made.path(context);
  if (made.line === null) {
    context.fillStyle = made.colour;
    context.fill();
  } else {
    context.strokeStyle = made.colour;
    context.lineWidth = made.line;
    context.lineCap = "round";
    context.lineJoin = "round";
    context.stroke();
  }
  context.globalCompositeOperation = "source-over";
  context.globalAlpha = 1;
}
