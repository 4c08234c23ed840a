/** A page as a picture. */
import { draw, drawing } from "../draw";
import { HEIGHT, unpack, WIDTH } from "../ink";
import type { Page } from "../model";
import { prints } from "./prints";

/** Pixels from left to right. */
const ACROSS = 1_920;

/** Draws a page on white; the ink on a canvas of its own, because erasers take ink only. */
export function paint(page: Page, picture?: HTMLImageElement, across = ACROSS): HTMLCanvasElement {
  const [sheet, onto] = canvas(across);
  const [ink, pen] = canvas(across);
  onto.fillStyle = "#fff";
  onto.fillRect(0, 0, WIDTH, HEIGHT);
  onto.strokeStyle = "#c8d2e0";
  onto.lineWidth = 10;
  onto.lineCap = "round";
  for (const [x1, y1, x2, y2] of prints(page.ground.print)) {
    onto.beginPath();
    onto.moveTo(x1, y1);
    onto.lineTo(x2, y2);
    onto.stroke();
  }
  if (picture) {
    const fit = Math.min(WIDTH / picture.naturalWidth, HEIGHT / picture.naturalHeight);
    const [width, height] = [picture.naturalWidth * fit, picture.naturalHeight * fit];
    onto.drawImage(picture, (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height);
  }
  for (const stroke of page.strokes) draw(pen, drawing(stroke, unpack(stroke.ink)));
  onto.drawImage(ink, 0, 0, WIDTH, HEIGHT);
  return sheet;
}

function canvas(across: number): [HTMLCanvasElement, CanvasRenderingContext2D] {
  const made = document.createElement("canvas");
  made.width = across;
  made.height = Math.round((across * HEIGHT) / WIDTH);
  const context = made.getContext("2d");
  if (!context) throw new Error("this browser has no canvas");
  context.setTransform(across / WIDTH, 0, 0, across / WIDTH, 0, 0);
  return [made, context];
}
