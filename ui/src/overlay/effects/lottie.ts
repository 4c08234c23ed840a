/**
 * Films of Lottie files, drawn by lottie-web's light build, which knows no
 * expressions and so evaluates no text. It is loaded with the first film.
 */
import type { AnimationItem } from "lottie-web";
import { type Film, sheets } from "./film";

/** Longest file, frames a second and size of the drawing that are taken. */
const LONGEST_S = 60;
const MOST_RATE = 120;
const LARGEST = 4_096;

interface Drawing {
  fr: number;
  ip: number;
  op: number;
  w: number;
  h: number;
  layers: unknown[];
  assets?: { p?: unknown; u?: unknown }[];
}

/** The film of a Lottie file; `width` is the page's, px. Throws if it is none. */
export async function lottieFilm(data: unknown, width: number): Promise<Film> {
  const drawing = checked(data);
  const height = (width * drawing.h) / drawing.w;
  const { sheet, small } = sheets(width, height);
  const { default: lottie } = await import(
    "lottie-web/build/player/esm/lottie_light_canvas.min.js"
  );
  const load = (context: CanvasRenderingContext2D): AnimationItem =>
    lottie.loadAnimation({
      // It draws on the context alone; its types do not know that.
      container: undefined as unknown as Element,
      renderer: "canvas",
      loop: false,
      autoplay: false,
      // The player writes into what it is given.
      animationData: structuredClone(drawing),
      rendererSettings: { context, clearCanvas: true, dpr: 1 },
    });
  const large = sheet.getContext("2d");
  if (!large) throw new Error("this browser has no canvas");
  const items = [load(large), load(small)];
  const frames = drawing.op - drawing.ip;
  let shown = -1;
  return {
    length: (frames / drawing.fr) * 1000,
    sheet,
    small,
    behind: false,
    draw(ms) {
      const frame = Math.min(frames - 1, Math.floor((ms / 1000) * drawing.fr));
      if (frame <= shown) return false;
      shown = frame;
      for (const item of items) item.goToAndStop(frame, true);
      return true;
    },
    release() {
      for (const item of items) item.destroy();
      sheet.width = 0;
    },
  };
}

function checked(data: unknown): Drawing {
  const drawing = data as Drawing;
  const within = (value: unknown, least: number, most: number) =>
    typeof value === "number" && value >= least && value <= most;
  const sound =
    typeof data === "object" &&
    data !== null &&
    Array.isArray(drawing.layers) &&
    within(drawing.fr, 1, MOST_RATE) &&
    within(drawing.w, 1, LARGEST) &&
    within(drawing.h, 1, LARGEST) &&
    within(drawing.op - drawing.ip, 1, LONGEST_S * drawing.fr);
  if (!sound) throw new Error("not a Lottie file");
  // A picture inside would be an address to fetch; drawings have none.
  if (drawing.assets?.some(({ p, u }) => p || u)) throw new Error("a Lottie file with pictures");
  return drawing;
}
