/** A page as an SVG file, by the shapes the canvas draws. */
import type { Brush } from "../../shared/wire";
import { FONT } from "../draw";
import { HEIGHT, unpack, WIDTH } from "../ink";
import type { Page } from "../model";
import { css, type Shape, shape, written } from "../shape";
import { prints } from "./prints";

/** `picture` is the background as a `data:` address, if there is one. */
export function svg(page: Page, picture?: string): string {
  let masks = "";
  let layer = "";
  let count = 0;
  for (const stroke of page.strokes) {
    const points = unpack(stroke.ink);
    const first = points[0];
    const made = shape(stroke, points, true);
    if (stroke.tool === "text" && first) layer += text(stroke, first[0], first[1]);
    else if (made?.erases) {
      // Everything so far, without what the eraser took.
      count += 1;
      masks += `<mask id="e${count}" maskUnits="userSpaceOnUse" x="0" y="0" width="${WIDTH}" height="${HEIGHT}"><rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>${line(made, "#000")}</mask>\n`;
      layer = `<g mask="url(#e${count})">\n${layer}</g>\n`;
    } else if (made) layer += line(made, made.colour);
  }
  const image = picture
    ? `<image href="${escaped(picture)}" width="${WIDTH}" height="${HEIGHT}" preserveAspectRatio="xMidYMid meet"/>\n`
    : "";
  const lines = prints(page.ground.print)
    .map(([x1, y1, x2, y2]) => `<path d="M${x1} ${y1}L${x2} ${y2}"/>`)
    .join("");
  const print =
    lines && `<g stroke="#c8d2e0" stroke-width="10" stroke-linecap="round">${lines}</g>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="1920" height="1080">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
${print}${image}<defs>
${masks}</defs>
${layer}</svg>
`;
}

function line(made: Shape, colour: string): string {
  const d = written(made.path);
  const alpha = made.alpha < 1 ? ` opacity="${made.alpha}"` : "";
  if (made.line === null) return `<path d="${d}" fill="${colour}"${alpha}/>\n`;
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${made.line}" stroke-linecap="round" stroke-linejoin="round"${alpha}/>\n`;
}

function text({ text: words = "", width, colour }: Brush, x: number, y: number): string {
  // A canvas puts the top of the letters at y, SVG their foot: 0.8 of their height lower.
  const foot = y + width * 0.8;
  return `<text x="${x}" y="${foot}" font-family="${escaped(FONT)}" font-weight="600" font-size="${width}" fill="${css(colour)}">${escaped(words)}</text>\n`;
}

function escaped(value: string): string {
  const names: Record<string, string> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot" };
  return value.replace(/[&<>"]/g, (letter) => `&${names[letter]};`);
}
