/**
 * Pictures inside comments: emotes, still or moving, and faces. A picture
 * that is not there yet is drawn as soon as it is; a broken one never.
 */
import { emoteSheet } from "../shared/emotes";
import { frameAt } from "../shared/fragments";
import type { Emote } from "../shared/wire";
import type { Inset } from "./ink";

/** Most faces kept decoded; the one asked for longest ago goes. */
const FACES = 200;
/** Side of a kept face, px: enough for the largest text at twice the pixels. */
const FACE = 128;

const faces = new Map<string, HTMLImageElement>();
const rounds = new WeakMap<HTMLImageElement, HTMLCanvasElement>();

/** Draws the picture of `inset` with its box at `x`, `y`, as it looks at `time`; false if it is not there yet. */
export function drawInset(
  context: CanvasRenderingContext2D,
  { picture, width, height }: Inset,
  x: number,
  y: number,
  scale: number,
  time: number,
): boolean {
  const [w, h] = [width * scale, height * scale];
  if (typeof picture === "string") {
    const face = faceOf(picture);
    if (face) context.drawImage(face, x, y, w, h);
    return face !== null;
  }
  const sheet = emoteSheet(picture);
  if (!isLoaded(sheet)) return false;
  const at = frameAt(picture, time);
  context.drawImage(sheet, at.x, at.y, at.width, at.height, x, y, w, h);
  return true;
}

/** Whether a picture can be drawn; the first question fetches it. */
export function isThere(picture: Emote | string): boolean {
  return typeof picture === "string" ? faceOf(picture) !== null : isLoaded(emoteSheet(picture));
}

/** Whether a picture moves. */
export function moves(picture: Emote | string): boolean {
  return typeof picture !== "string" && picture.frames !== undefined;
}

/** The round face at `src`; `null` until it is there. */
function faceOf(src: string): HTMLCanvasElement | null {
  const image = faces.get(src) ?? newFace(src);
  faces.delete(src);
  faces.set(src, image);
  if (faces.size > FACES) {
    const [oldest] = faces.keys();
    if (oldest !== undefined) faces.delete(oldest);
  }
  return isLoaded(image) ? roundOf(image) : null;
}

function newFace(src: string): HTMLImageElement {
  const image = new Image();
  image.decoding = "async";
  image.src = src;
  return image;
}

function roundOf(image: HTMLImageElement): HTMLCanvasElement {
  const known = rounds.get(image);
  if (known) return known;
  const round = document.createElement("canvas");
  round.width = FACE;
  round.height = FACE;
  const context = round.getContext("2d");
  if (context) {
    context.arc(FACE / 2, FACE / 2, FACE / 2, 0, 2 * Math.PI);
    context.clip();
    // The middle of it, as large as fits.
    const side = Math.min(image.naturalWidth, image.naturalHeight);
    const [left, top] = [(image.naturalWidth - side) / 2, (image.naturalHeight - side) / 2];
    context.drawImage(image, left, top, side, side, 0, 0, FACE, FACE);
  }
  rounds.set(image, round);
  return round;
}

function isLoaded(image: HTMLImageElement): boolean {
  return image.complete && image.naturalWidth > 0;
}
