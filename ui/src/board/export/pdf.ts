/**
 * Pages as a PDF file: ink as curves, texts and pictures as pixels, because a
 * file that names no font must carry every letter itself.
 *
 * An eraser clips what was drawn before it: the page without a capsule for
 * each of its steps. Later erasers are outer clips of earlier ones, so each is
 * written once however many there are.
 */
import type { Stroke } from "../../shared/wire";
import { FONT } from "../draw";
import { HEIGHT, type Point, unpack, WIDTH } from "../ink";
import type { Page } from "../model";
import { css, type Path, type Shape, shape } from "../shape";
import { prints } from "./prints";

/** Points of PDF from left to right: 1/72 inch; a sheet 33.9 by 19 cm. */
const ACROSS = 960;
/** Pixels of a text for one unit of the page. */
const SHARP = 0.3;

/** A background, as a JPEG. */
export interface Photo {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

interface Image {
  readonly name: string;
  readonly head: string;
  readonly data: Uint8Array;
  readonly mask?: Image;
}

/** One page of the file for each page of the board. */
export function pdf(pages: readonly { page: Page; photo?: Photo }[]): Uint8Array {
  const file = new Objects();
  const root = file.reserve();
  const tree = file.reserve();
  const kids = pages.map(({ page, photo }) => {
    const images: Image[] = [];
    const content = ascii(sheet(page, photo, images));
    const named = images.map((image) => `/${image.name} ${place(file, image)} 0 R`).join(" ");
    const stream = file.add(`<</Length ${content.length}>>`, content);
    const down = (ACROSS * HEIGHT) / WIDTH;
    return file.add(
      `<</Type/Page/Parent ${tree} 0 R/MediaBox[0 0 ${ACROSS} ${down}]/Contents ${stream} 0 R` +
        `/Resources<</ExtGState<</H<</ca 0.38>>>>/XObject<<${named}>>>>>>`,
    );
  });
  file.set(root, `<</Type/Catalog/Pages ${tree} 0 R>>`);
  file.set(
    tree,
    `<</Type/Pages/Count ${kids.length}/Kids[${kids.map((n) => `${n} 0 R`).join(" ")}]>>`,
  );
  return file.write(root);
}

function sheet(page: Page, photo: Photo | undefined, images: Image[]): string {
  const scale = ACROSS / WIDTH;
  // Units of the page, from the top.
  let out = `${scale} 0 0 ${-scale} 0 ${HEIGHT * scale} cm\n`;
  out += "0.784 0.824 0.878 RG 10 w 1 J 1 j\n";
  for (const [x1, y1, x2, y2] of prints(page.ground.print))
    out += `${x1} ${y1} m ${x2} ${y2} l S\n`;
  if (photo) {
    const fit = Math.min(WIDTH / photo.width, HEIGHT / photo.height);
    const [width, height] = [photo.width * fit, photo.height * fit];
    const head = `/Width ${photo.width}/Height ${photo.height}/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode`;
    images.push({ name: "P", head, data: photo.jpeg });
    out += picture("P", (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height);
  }
  // Each piece is what was drawn between two erasers.
  const pieces: string[] = [""];
  const clips: string[] = [];
  for (const stroke of page.strokes) {
    const points = unpack(stroke.ink);
    const made = shape(stroke, points, true);
    if (made?.erases) {
      clips.push(without(points, stroke.width / 2));
      pieces.push("");
    } else {
      const ink = stroke.tool === "text" ? text(stroke, points[0], images) : made ? line(made) : "";
      pieces[pieces.length - 1] += ink;
    }
  }
  for (let i = clips.length - 1; i >= 0; i -= 1) out += `q\n${clips[i]}`;
  pieces.forEach((piece, i) => {
    out += piece + (i < clips.length ? "Q\n" : "");
  });
  return out;
}

function line(made: Shape): string {
  const path = operators(made.path);
  const colour = rgb(made.colour);
  if (made.line === null) {
    const body = `${colour} rg\n${path}\nf\n`;
    return made.alpha < 1 ? `q /H gs\n${body}Q\n` : body;
  }
  return `${colour} RG ${made.line} w 1 J 1 j\n${path}\nS\n`;
}

/** PDF has cubic curves only. */
function operators(path: Path): string {
  let [x, y] = [0, 0];
  const lines: string[] = [];
  const put = (letter: string, ...numbers: number[]) => {
    [x, y] = [numbers[numbers.length - 2] ?? x, numbers[numbers.length - 1] ?? y];
    const words = numbers.map((value) => Math.round(value * 10) / 10);
    lines.push([...words, letter].join(" "));
  };
  const third = (end: number, middle: number) => end + ((middle - end) * 2) / 3;
  path({
    moveTo: (...to) => put("m", ...to),
    lineTo: (...to) => put("l", ...to),
    quadraticCurveTo: (cx, cy, tx, ty) =>
      put("c", third(x, cx), third(y, cy), third(tx, cx), third(ty, cy), tx, ty),
    bezierCurveTo: (...to) => put("c", ...to),
    closePath: () => put("h"),
  });
  return lines.join("\n");
}

function rgb(colour: string): string {
  const value = Number.parseInt(colour.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255]
    .map((part) => (part / 255).toFixed(3))
    .join(" ");
}

/** Clips to the page without the way of an eraser. */
function without(points: readonly Point[], radius: number): string {
  const whole = `0 0 ${WIDTH} ${HEIGHT} re`;
  let out = "";
  for (let i = 0; i < Math.max(1, points.length - 1); i += 1) {
    const from = points[i];
    const to = points[i + 1] ?? from;
    if (from && to) out += `${whole}\n${capsule(from, to, radius)}W* n\n`;
  }
  return out;
}

/** The ground a round brush covers from one point to the next. */
function capsule([x1, y1]: Point, [x2, y2]: Point, radius: number): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const corners: string[] = [];
  const STEPS = 8;
  for (const [x, y, turn] of [
    [x2, y2, angle - Math.PI / 2],
    [x1, y1, angle + Math.PI / 2],
  ] as const) {
    for (let i = 0; i <= STEPS; i += 1) {
      const at = turn + (Math.PI * i) / STEPS;
      corners.push(
        `${(x + radius * Math.cos(at)).toFixed(1)} ${(y + radius * Math.sin(at)).toFixed(1)}`,
      );
    }
  }
  return `${corners.map((corner, i) => `${corner} ${i === 0 ? "m" : "l"}`).join("\n")} h\n`;
}

/** Words as a picture with its own transparency. */
function text(stroke: Stroke, at: Point | undefined, images: Image[]): string {
  if (!at || !stroke.text) return "";
  const canvas = document.createElement("canvas");
  const measure = canvas.getContext("2d");
  if (!measure) return "";
  const size = Math.max(8, Math.round(stroke.width * SHARP));
  const font = `600 ${size}px ${FONT}`;
  measure.font = font;
  canvas.width = Math.min(4_800, Math.ceil(measure.measureText(stroke.text).width) + 4);
  canvas.height = Math.ceil(size * 1.4);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) return "";
  pen.font = font;
  pen.textBaseline = "top";
  pen.fillStyle = css(stroke.colour);
  pen.fillText(stroke.text, 0, 0);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  const pixels = canvas.width * canvas.height;
  const alpha = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i += 1) alpha[i] = data[i * 4 + 3] ?? 0;
  const extent = `/Width ${canvas.width}/Height ${canvas.height}/BitsPerComponent 8`;
  // One pixel of colour under the mask is all it needs.
  const colour = new Uint8Array([
    stroke.colour >> 16,
    (stroke.colour >> 8) & 255,
    stroke.colour & 255,
  ]);
  const name = `T${images.length}`;
  images.push({
    name,
    head: "/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB",
    data: colour,
    mask: { name: "", head: `${extent}/ColorSpace/DeviceGray`, data: alpha },
  });
  const unit = stroke.width / size;
  return picture(name, at[0], at[1], canvas.width * unit, canvas.height * unit);
}

function picture(name: string, x: number, y: number, width: number, height: number): string {
  return `q ${width} 0 0 ${-height} ${x} ${y + height} cm /${name} Do Q\n`;
}

function place(file: Objects, { head, data, mask }: Image): number {
  const under = mask ? `/SMask ${place(file, mask)} 0 R` : "";
  return file.add(`<</Type/XObject/Subtype/Image${head}${under}/Length ${data.length}>>`, data);
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Objects with their numbers, and where each begins. */
class Objects {
  readonly #objects: (Uint8Array[] | undefined)[] = [];

  reserve(): number {
    return this.#objects.push(undefined);
  }

  set(number: number, head: string, stream?: Uint8Array): void {
    const parts = [ascii(`${number} 0 obj\n${head}\n`)];
    if (stream) parts.push(ascii("stream\n"), stream, ascii("\nendstream\n"));
    parts.push(ascii("endobj\n"));
    this.#objects[number - 1] = parts;
  }

  add(head: string, stream?: Uint8Array): number {
    const number = this.reserve();
    this.set(number, head, stream);
    return number;
  }

  write(root: number): Uint8Array {
    const parts: Uint8Array[] = [ascii("%PDF-1.4\n%\u00e2\u00e3\n")];
    let size = parts.reduce((sum, part) => sum + part.length, 0);
    const places = this.#objects.map((object) => {
      const at = size;
      for (const part of object ?? []) {
        parts.push(part);
        size += part.length;
      }
      return at;
    });
    const rows = places.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
    const count = places.length + 1;
    parts.push(
      ascii(
        `xref\n0 ${count}\n0000000000 65535 f \n${rows}trailer\n<</Size ${count}/Root ${root} 0 R>>\n` +
          `startxref\n${size}\n%%EOF\n`,
      ),
    );
    const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      out.set(part, at);
      at += part.length;
    }
    return out;
  }
}
