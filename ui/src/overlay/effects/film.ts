import { GRID } from "../comfort/flash";

/** A film: an effect's file, ready to be drawn as a function of time. */
export interface Film {
  /** How long it is, ms. */
  readonly length: number;
  /** What it shows now. */
  readonly sheet: HTMLCanvasElement;
  /** The same, {@link SMALL} px, for the flash governor. */
  readonly small: CanvasRenderingContext2D;
  /** Shows the moment `ms`, never an earlier one than before; false if nothing changed. */
  draw(ms: number): boolean;
  /** Whether the moment last asked for could not be shown yet. */
  readonly behind: boolean;
  /** Frees what it holds. */
  release(): void;
}

/** The small picture of a film, px: fine enough for areas that count. */
export const SMALL = GRID;

/** Largest picture drawn, px; larger pages stretch it. */
const LARGEST = { width: 1920, height: 1080 } as const;

/** A canvas of the film's own, and its small one. */
export function sheets(width: number, height: number): Pick<Film, "sheet" | "small"> {
  const fit = Math.min(1, LARGEST.width / width, LARGEST.height / height);
  const sheet = document.createElement("canvas");
  sheet.width = Math.max(1, Math.round(width * fit));
  sheet.height = Math.max(1, Math.round(height * fit));
  const little = Object.assign(document.createElement("canvas"), SMALL);
  const small = little.getContext("2d", { willReadFrequently: true });
  if (!small) throw new Error("this browser has no canvas");
  // A cell stands for all of its place, so it must be a mean and not a sample.
  small.imageSmoothingQuality = "high";
  return { sheet, small };
}
