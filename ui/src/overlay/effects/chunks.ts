/**
 * Animated pictures taken apart: every frame becomes a still picture of its
 * own, so that a page can show them as a function of time and a page's clock
 * is the only one. APNG (PNG 3rd edition, 11.3.6) and animated WebP (RFC 9649).
 */

/** One frame as a file, and how it goes onto the picture. */
export interface Frame {
  readonly file: Blob;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** How long it stays, ms. */
  readonly ms: number;
  /** Drawn over what is there; otherwise in place of it. */
  readonly blend: boolean;
  /** What its place becomes after it: as it is, clear, or as before it. */
  readonly after: "keep" | "clear" | "back";
}

export interface Frames {
  readonly width: number;
  readonly height: number;
  readonly frames: readonly Frame[];
}

/** Most frames of a film, and its longest side, px. */
export const FRAMES = 600;
export const SIDE = 4_096;

/** Frames and pixels within bounds; throws otherwise. */
export function checked(film: Frames): Frames {
  const { width, height, frames } = film;
  const inside = (f: Frame) =>
    f.width > 0 && f.height > 0 && f.x + f.width <= width && f.y + f.height <= height;
  if (width < 1 || height < 1 || Math.max(width, height) > SIDE)
    throw new Error("its size is out of bounds");
  if (frames.length < 2 || frames.length > FRAMES)
    throw new Error(`${frames.length} frames are no film`);
  if (!frames.every(inside)) throw new Error("a frame is outside of its picture");
  return film;
}

/** Shortest and longest a frame stays, ms; browsers show faster ones slower, too. */
export function stay(ms: number): number {
  return Math.min(10_000, Math.max(20, ms));
}

/** What a `Blob` may hold; the types of older and newer browsers differ. */
export function blob(parts: readonly Uint8Array[], type: string): Blob {
  return new Blob(parts as unknown as BlobPart[], { type });
}
