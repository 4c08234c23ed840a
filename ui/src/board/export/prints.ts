/** What is printed on a page, as lines in units of the page. */
import type { Print } from "../../shared/wire";
import { HEIGHT, WIDTH } from "../ink";

/** Between two lines. */
export const STEP = 500;

/** From x, y to x, y. A dot is a line without length. */
export function prints(print: Print): [number, number, number, number][] {
  const lines: [number, number, number, number][] = [];
  const each = (most: number, then: (at: number) => void) => {
    for (let at = STEP; at < most; at += STEP) then(at);
  };
  if (print === "lines" || print === "grid") each(HEIGHT, (y) => lines.push([0, y, WIDTH, y]));
  if (print === "grid") each(WIDTH, (x) => lines.push([x, 0, x, HEIGHT]));
  if (print === "dots") each(HEIGHT, (y) => each(WIDTH, (x) => lines.push([x, y, x + 1, y])));
  return lines;
}
