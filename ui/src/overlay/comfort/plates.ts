/**
 * Whether text needs something behind it: the contrast of WCAG 1.4.3 between
 * its colour and the picture behind, as far as the server knows that picture.
 * Pure.
 */
import type { Backdrop, Plates } from "../../shared/wire";
import type { Area } from "./flash";

/** What text gets. */
export type Support = "none" | "outline" | "plate";

/** Cells of a backdrop. */
const COLUMNS = 16;
const ROWS = 9;
/** Contrast that needs nothing more, and below which an outline is not enough. */
const ENOUGH = 4.5;
const LEAST = 3;

/** What text of this relative luminance needs over the cells behind it; `null` for not known. */
export function contrast(text: number, cells: readonly number[] | null): Support {
  if (!cells || cells.length === 0) return "outline";
  // The worst cell decides: words run over all of them.
  const worst = Math.min(...cells.map((cell) => ratio(text, luminance(cell))));
  if (worst >= ENOUGH) return "none";
  return worst >= LEAST ? "outline" : "plate";
}

/** What a layer in `area` needs under this setting. */
export function support(plates: Plates, text: number, grid: Backdrop | null, area: Area): Support {
  if (plates === "always") return "plate";
  if (plates === "never") return "none";
  return contrast(text, grid && cellsOf(grid, area));
}

/** Contrast of two relative luminances, 1–21. */
export function ratio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** Relative luminance of a grey of this sRGB value, 0–255. */
export function luminance(value: number): number {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

/** The cells behind an area; at least one. */
function cellsOf(grid: Backdrop, { left, top, width, height }: Area): number[] {
  const span = (from: number, size: number, count: number) => {
    const first = Math.min(count - 1, Math.max(0, Math.floor(from * count)));
    return [first, Math.min(count, Math.max(first + 1, Math.ceil((from + size) * count)))] as const;
  };
  const [x0, x1] = span(left, width, COLUMNS);
  const [y0, y1] = span(top, height, ROWS);
  const cells: number[] = [];
  for (let y = y0; y < y1; y += 1) {
    for (let x = x0; x < x1; x += 1) cells.push(grid[y * COLUMNS + x] ?? 0);
  }
  return cells;
}
