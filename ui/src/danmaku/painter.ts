/**
 * Paints comments on canvases of the page: each is drawn once, outline, soft
 * shadow and all, at the screen's own resolution, so that a frame only copies
 * pixels. Released when the comment has left.
 */
import { drawBadge } from "./badges";
import { type Composition, compose, fontOf, HEIGHT, type Piece, type Ruler } from "./compose";
import { type Ink, type Inset, type Line, type Painter, padOf, type Sprite } from "./ink";
import { drawInset, moves } from "./pictures";

/**
 * The shadow: faint outlines, each wider than the next, share of the text
 * height. A blurred one looks the same and costs as much as all the rest.
 */
const SHADOW = { rings: [0.12, 0.08, 0.04], down: 0.05, style: "rgba(0, 0, 0, 0.13)" } as const;
/** From the middle of a line down to its baseline, share of the text height. */
const BASELINE = 0.36;
/**
 * Most canvases kept for the next comments, and the pixels each may hold: 16 MB
 * in all. To open a new one takes longer than to draw a line.
 */
const SPARE = { most: 100, pixels: 40_000 } as const;
/** Size of a count, share of the text height: of 2, and how much more it gets with every digit. */
const COUNT = { size: 0.75, digit: 0.1, space: 0.2 } as const;

/**
 * Texts measured on one canvas. Chromium keeps the glyphs of every text it measured on a canvas until that canvas is drawn
 * or gone, 5 KB a line (version 156), so a ruler that lived as long as the page would grow for hours.
 */
const MEASURED = 500;

export function canvasPainter(): Painter {
  const ruler = freshRuler();
  const spare: HTMLCanvasElement[] = [];
  const known = new WeakMap<Line, { readonly ink: Ink; readonly composition: Composition }>();
  /** Measured once for the lane and once more for the sprite would be twice the cost. */
  const composed = (line: Line, ink: Ink): Composition => {
    const last = known.get(line);
    if (last?.ink === ink) return last.composition;
    const composition = compose(line, ink, ruler);
    known.set(line, { ink, composition });
    return composition;
  };
  return {
    measure: (line, ink) => Math.ceil(composed(line, ink).width),
    countRoom: (ink) =>
      Math.ceil(ruler("×999", countFont(999, ink)).width + ink.size * COUNT.space),
    paint(line, ink, height, ratio) {
      const composition = composed(line, ink);
      const { sprite, context } = sheet(
        spare.pop() ?? newCanvas(),
        composition.width,
        ink,
        height,
        ratio,
      );
      const plate = line.plate ?? ink.plate;
      if (plate !== null) drawPlate(context, composition.width, height, plate, ink.round);
      const insets = drawPictures(context, composition, line, ink, height);
      const tall = composition.tall + 2 * ink.outline;
      const shrink = Math.min(1, Math.max(0.6, height / Math.max(1, tall)));
      context.direction = composition.direction;
      drawTexts(context, composition.pieces, ink, height, shrink);
      return { ...sprite, insets };
    },
    count(n, ink, height, ratio) {
      const font = countFont(n, ink);
      const text = `×${n}`;
      const { width } = ruler(text, font);
      const { sprite, context } = sheet(spare.pop() ?? newCanvas(), width, ink, height, ratio);
      const piece: Piece = { kind: "text", text, font, fill: ink.count, width, x: 0 };
      drawTexts(context, [piece], ink, height, 1);
      return sprite;
    },
    release({ canvas }) {
      const pixels = canvas.width * canvas.height;
      if (spare.length < SPARE.most && pixels <= SPARE.pixels) spare.push(canvas);
      else discard(canvas);
    },
  };
}

function countFont(n: number, ink: Ink): string {
  return fontOf(ink, "text", ink.size * (COUNT.size + COUNT.digit * Math.log10(n)));
}

/** An empty sprite with its box's corner at the origin, on a canvas of before if there is one. */
function sheet(canvas: HTMLCanvasElement, width: number, ink: Ink, height: number, ratio: number) {
  const pad = padOf(ink);
  canvas.width = Math.ceil((Math.ceil(width) + 2 * pad) * ratio);
  canvas.height = Math.ceil((height + 2 * pad) * ratio);
  const context = contextOf(canvas);
  context.scale(ratio, ratio);
  context.translate(pad, pad);
  const sprite: Sprite = { canvas, pad, insets: [] };
  return { sprite, context };
}

/** All shadows below all outlines below all letters, so that none is cut by its neighbour's. */
function drawTexts(
  context: CanvasRenderingContext2D,
  pieces: readonly Piece[],
  ink: Ink,
  height: number,
  shrink: number,
): void {
  const strokes = [
    ...SHADOW.rings.map((ring) => ({
      width: ink.outline + ink.size * ring,
      style: SHADOW.style as string,
      down: ink.size * SHADOW.down,
    })),
    { width: ink.outline, style: ink.stroke, down: 0 },
  ];
  context.save();
  context.translate(0, height / 2 + ink.size * BASELINE * shrink);
  context.scale(shrink, shrink);
  context.textAlign = "left";
  context.lineJoin = "round";
  for (const { width, style, down } of strokes) {
    if (width === 0) continue;
    context.lineWidth = 2 * width;
    context.strokeStyle = style;
    for (const piece of pieces) {
      if (piece.kind !== "text") continue;
      context.font = piece.font;
      context.strokeText(piece.text, piece.x / shrink, down);
    }
  }
  for (const piece of pieces) {
    if (piece.kind !== "text") continue;
    context.font = piece.font;
    context.fillStyle = piece.fill;
    context.fillText(piece.text, piece.x / shrink, 0);
  }
  context.restore();
}

/** Draws what is no text; returns what has to be drawn again in every frame. */
function drawPictures(
  context: CanvasRenderingContext2D,
  { pieces }: Composition,
  line: Line,
  ink: Ink,
  height: number,
): Inset[] {
  const insets: Inset[] = [];
  for (const piece of pieces) {
    if (piece.kind === "text") continue;
    const side = ink.size * HEIGHT[piece.kind];
    const y = (height - side) / 2;
    if (piece.kind === "badge") drawBadge(context, line.role, piece.x, y, side, ink.stroke);
    if (piece.kind === "face") {
      drawInitial(context, line, ink, piece.x + side / 2, height / 2, side / 2);
    }
    const picture =
      piece.kind === "emote" ? piece.emote : piece.kind === "face" ? line.avatar : null;
    if (picture === null) continue;
    const inset = { picture, ...boxOf(piece, y, side) };
    const drawn = !moves(picture) && drawInset(context, inset, inset.x, inset.y, 1, 0);
    if (!drawn) insets.push(inset);
  }
  return insets;
}

/** The picture's own shape in the middle of its piece. */
function boxOf(piece: Piece, y: number, side: number): Omit<Inset, "picture"> {
  if (piece.kind !== "emote") return { x: piece.x, y, width: side, height: side };
  const { width, height } = piece.emote;
  // A banner wider than its piece is drawn lower, not narrower.
  const scale = Math.min(side / height, piece.width / width);
  const [w, h] = [width * scale, height * scale];
  return { x: piece.x + (piece.width - w) / 2, y: y + (side - h) / 2, width: w, height: h };
}

function drawInitial(
  context: CanvasRenderingContext2D,
  line: Line,
  ink: Ink,
  x: number,
  y: number,
  radius: number,
): void {
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = line.colour;
  context.fill();
  context.fillStyle = ink.stroke;
  context.font = fontOf(ink, "text", radius * 1.2);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(Array.from(line.nick ?? "")[0]?.toUpperCase() ?? "", x, y + radius * 0.08);
  context.restore();
}

function drawPlate(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  fill: string,
  round: number,
): void {
  const [top, bottom] = [height * 0.03, height * 0.97];
  const radius = Math.min(width / 2, ((bottom - top) / 2) * round);
  context.beginPath();
  context.moveTo(radius, top);
  context.arcTo(width, top, width, bottom, radius);
  context.arcTo(width, bottom, 0, bottom, radius);
  context.arcTo(0, bottom, 0, top, radius);
  context.arcTo(0, top, width, top, radius);
  context.closePath();
  context.fillStyle = fill;
  context.fill();
}

/** Measures on a canvas of its own, another after {@link MEASURED} texts. */
function freshRuler(): Ruler {
  let context: CanvasRenderingContext2D | undefined;
  let [set, left] = ["", 0];
  return (text, font) => {
    if (!context || left === 0) {
      context = contextOf(newCanvas());
      context.textAlign = "left";
      [set, left] = ["", MEASURED];
    }
    left -= 1;
    if (font !== set) {
      context.font = font;
      set = font;
    }
    const metrics = context.measureText(text);
    const box = metrics.actualBoundingBoxLeft + metrics.actualBoundingBoxRight;
    return {
      width: Math.max(metrics.width, box),
      up: metrics.actualBoundingBoxAscent,
      down: metrics.actualBoundingBoxDescent,
    };
  };
}

function newCanvas(): HTMLCanvasElement {
  return document.createElement("canvas");
}

/** Frees its pixels now, not when the garbage collector comes by. */
function discard(canvas: HTMLCanvasElement): void {
  canvas.width = 0;
  canvas.height = 0;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser draws no 2d canvas");
  return context;
}
