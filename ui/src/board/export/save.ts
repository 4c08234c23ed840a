/** Saves a lesson as a file: the page in front as SVG or PNG, all pages as PDF. */
import { h } from "../../shared/dom";
import type { PageId } from "../../shared/wire";
import type { Model, Page } from "../model";
import { type Photo, pdf } from "./pdf";
import { paint } from "./png";
import { svg } from "./svg";

/** What a lesson can be saved as. */
export const FORMATS = ["svg", "png", "pdf"] as const;

/** Gives the file to the browser; returns its name. */
export async function save(
  format: (typeof FORMATS)[number],
  model: Model,
  current: PageId,
  lesson: number,
): Promise<string> {
  const page = model.find(current) ?? model.page;
  const number = model.pages.indexOf(page) + 1;
  const name =
    format === "pdf" ? `lesson-${lesson}.pdf` : `lesson-${lesson}-page-${number}.${format}`;
  const file = await made(format, model, page);
  const href = URL.createObjectURL(file);
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  return name;
}

async function made(format: (typeof FORMATS)[number], model: Model, page: Page): Promise<Blob> {
  switch (format) {
    case "svg": {
      const picture = await load(page);
      const inside = picture && pixels(picture).toDataURL("image/png");
      return new Blob([svg(page, inside)], { type: "image/svg+xml" });
    }
    case "png": {
      const canvas = paint(page, await load(page));
      const blob = await new Promise<Blob | null>((then) => canvas.toBlob(then, "image/png"));
      if (!blob) throw new Error("the picture is too large for this browser");
      return blob;
    }
    case "pdf": {
      const sheets: { page: Page; photo?: Photo }[] = [];
      for (const each of model.pages) {
        const picture = await load(each);
        sheets.push(picture ? { page: each, photo: await photo(picture) } : { page: each });
      }
      return new Blob([pdf(sheets) as BlobPart], { type: "application/pdf" });
    }
  }
}

/** The background, if it is there. */
async function load({ ground }: Page): Promise<HTMLImageElement | undefined> {
  if (ground.picture === undefined) return undefined;
  const picture = h("img", { src: ground.picture, alt: "" });
  try {
    await picture.decode();
    return picture;
  } catch {
    return undefined;
  }
}

function pixels(picture: HTMLImageElement): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
  const context = canvas.getContext("2d");
  if (context) {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0);
  }
  return canvas;
}

async function photo(picture: HTMLImageElement): Promise<Photo> {
  const canvas = pixels(picture);
  const blob = await new Promise<Blob | null>((then) => canvas.toBlob(then, "image/jpeg", 0.9));
  const jpeg = new Uint8Array(blob ? await blob.arrayBuffer() : []);
  return { jpeg, width: canvas.width, height: canvas.height };
}
