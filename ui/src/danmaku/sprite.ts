/// <reference lib="es2022.intl" />
/**
 * A sprite: one comment drawn once, outline, soft shadow and all, so that a
 * frame only copies pixels. Drawn at the screen's own resolution, released
 * when the comment has left.
 */
import { directionOf } from "./direction";

/** What is drawn. */
export interface Line {
  readonly text: string;
  /** Whose it is; `null` for nobody's. */
  readonly nick: string | null;
  /** Colour of the name. */
  readonly colour: string;
  /** On a plate: host and helpers. */
  readonly plate: boolean;
}

/** How it is drawn; lengths in CSS px. */
export interface Ink {
  readonly family: string;
  /** Text height. */
  readonly size: number;
  readonly outline: number;
  /** Draw the name before the text. */
  readonly names: boolean;
  readonly fill: string;
  readonly stroke: string;
  readonly plate: string;
  /** Widest a comment may get; longer ones end in an ellipsis. */
  readonly widest: number;
}

/** A drawn comment. Its box is `width` × the lane; the pixels reach `pad` further. */
export interface Sprite {
  readonly canvas: HTMLCanvasElement;
  readonly pad: number;
}

/** What draws comments; a test has its own. */
export interface Painter {
  /** Width of the box, CSS px. */
  measure(line: Line, ink: Ink): number;
  /** Draws it in a lane of `height` CSS px at `ratio` device px a CSS px. */
  paint(line: Line, ink: Ink, height: number, ratio: number): Sprite;
  release(sprite: Sprite): void;
}

/** Weights of text and name; the name is lighter so that the words lead. */
const WEIGHT = { text: 700, nick: 600 } as const;
/** Share of the text height: space after a name, inside a plate, round the shadow. */
const SPACE = { nick: 0.4, plate: 0.5, shadow: 0.35 } as const;
/** From the middle of a line down to its baseline, share of the text height. */
const BASELINE = 0.36;

interface Run {
  readonly text: string;
  readonly font: string;
  readonly fill: string;
  readonly x: number;
}

/** Paints on canvases of the page. */
export function canvasPainter(): Painter {
  const ruler = context(document.createElement("canvas"));
  return {
    measure: (line, ink) => Math.ceil(compose(ruler, line, ink).width),
    paint(line, ink, height, ratio) {
      const { runs, width, shrink } = compose(ruler, line, ink, height);
      const pad = Math.ceil(ink.size * SPACE.shadow + ink.outline);
      const canvas = document.createElement("canvas");
      canvas.width = Math.ceil((Math.ceil(width) + 2 * pad) * ratio);
      canvas.height = Math.ceil((height + 2 * pad) * ratio);
      const ctx = context(canvas);
      ctx.scale(ratio, ratio);
      ctx.translate(pad, pad);
      if (line.plate) plate(ctx, width, height, ink);
      ctx.translate(0, height / 2 + ink.size * BASELINE * shrink);
      ctx.scale(shrink, shrink);
      ctx.lineJoin = "round";
      ctx.lineWidth = 2 * ink.outline;
      ctx.strokeStyle = ink.stroke;
      ctx.textAlign = "left";
      ctx.direction = directionOf(line.text);
      shadow(ctx, ink, ratio);
      for (const run of runs) {
        ctx.font = run.font;
        ctx.fillStyle = run.fill;
        if (ink.outline > 0) ctx.strokeText(run.text, run.x / shrink, 0);
        else ctx.fillText(run.text, run.x / shrink, 0);
      }
      ctx.shadowColor = "transparent";
      for (const run of runs) {
        ctx.font = run.font;
        ctx.fillStyle = run.fill;
        ctx.fillText(run.text, run.x / shrink, 0);
      }
      return { canvas, pad };
    },
    release({ canvas }) {
      // Frees the pixels now, not when the garbage collector comes by.
      canvas.width = 0;
      canvas.height = 0;
    },
  };
}

/**
 * Places name and text from left to right, in reading order. `shrink` below 1
 * keeps tall scripts inside a lane of `height`.
 */
function compose(ruler: CanvasRenderingContext2D, line: Line, ink: Ink, height?: number) {
  const direction = directionOf(line.text);
  const name = ink.names ? line.nick : null;
  const font = (weight: number) => `${weight} ${ink.size}px ${ink.family}`;
  const edge = line.plate ? ink.size * SPACE.plate : ink.outline;
  ruler.textAlign = "left";
  ruler.direction = direction;
  ruler.font = font(WEIGHT.nick);
  const nick = name === null ? 0 : ruler.measureText(name).width + ink.size * SPACE.nick;
  ruler.font = font(WEIGHT.text);
  const text = shorten(ruler, line.text, Math.max(ink.size, ink.widest - nick - 2 * edge));
  const metrics = ruler.measureText(text);
  const advance = Math.max(
    metrics.width,
    metrics.actualBoundingBoxLeft + metrics.actualBoundingBoxRight,
  );
  const tall = metrics.actualBoundingBoxAscent + metrics.actualBoundingBoxDescent + 2 * ink.outline;
  const shrink = height === undefined ? 1 : Math.min(1, Math.max(0.6, height / tall));
  const before = direction === "ltr";
  const runs: Run[] = [
    { text, font: font(WEIGHT.text), fill: ink.fill, x: edge + (before ? nick : 0) },
  ];
  if (name !== null) {
    const x = edge + (before ? 0 : advance + ink.size * SPACE.nick);
    runs.push({ text: name, font: font(WEIGHT.nick), fill: line.colour, x });
  }
  return { runs, width: nick + advance + 2 * edge, shrink };
}

/** The text, cut between whole characters and ended by "…" if it is wider than `room`. */
function shorten(ruler: CanvasRenderingContext2D, text: string, room: number): string {
  if (ruler.measureText(text).width <= room) return text;
  const parts = characters(text);
  let [fits, not] = [0, parts.length];
  while (not - fits > 1) {
    const middle = (fits + not) >> 1;
    const width = ruler.measureText(`${parts.slice(0, middle).join("")}…`).width;
    if (width <= room) fits = middle;
    else not = middle;
  }
  return `${parts.slice(0, fits).join("").trimEnd()}…`;
}

/** What a reader takes for characters: a family emoji is one. */
function characters(text: string): string[] {
  if (!("Segmenter" in Intl)) return Array.from(text);
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

function plate(ctx: CanvasRenderingContext2D, width: number, height: number, ink: Ink): void {
  const [top, bottom] = [height * 0.03, height * 0.97];
  const radius = (bottom - top) / 2;
  ctx.beginPath();
  ctx.arc(radius, top + radius, radius, Math.PI / 2, (3 * Math.PI) / 2);
  ctx.arc(Math.max(radius, width - radius), top + radius, radius, -Math.PI / 2, Math.PI / 2);
  ctx.closePath();
  ctx.fillStyle = ink.plate;
  ctx.fill();
}

function shadow(ctx: CanvasRenderingContext2D, ink: Ink, ratio: number): void {
  ctx.shadowColor = "rgba(0, 0, 0, 0.55)";
  ctx.shadowBlur = ink.size * 0.16 * ratio;
  ctx.shadowOffsetY = ink.size * 0.05 * ratio;
}

function context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Error("this browser draws no 2d canvas");
  return ctx;
}
