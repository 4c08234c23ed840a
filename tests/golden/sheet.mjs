// Contact sheets: pictures side by side, and how a new sheet compares with the kept one.
import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** Sheets are no wider than this unless one picture is, px. */
const WIDEST = 1_000;
/** Cells are a multiple of this each way, so that a text one px longer does not move all others, px. */
const GRID = 16;
const GREY = 0x88;
/** Colours are kept in steps of this, 16 a channel: a smooth pane weighs a sixth of what it would. */
const STEP = 17;
/** Part of the pixels that may differ: another patch of the browser smooths letters a little otherwise. */
export const TOLERANCE = 0.005;

/** One picture of `pictures` (PNG each) in rows. */
export function sheet(pictures) {
  const images = pictures.map((picture) => PNG.sync.read(picture));
  const cell = (side) => Math.ceil(Math.max(...images.map((image) => image[side])) / GRID) * GRID;
  const [width, height] = [cell("width"), cell("height")];
  const columns = Math.max(1, Math.min(3, Math.floor(WIDEST / width)));
  const whole = blank(columns * width, Math.ceil(images.length / columns) * height);
  images.forEach((image, index) => {
    const [x, y] = [(index % columns) * width, Math.floor(index / columns) * height];
    PNG.bitblt(image, whole, 0, 0, image.width, image.height, x, y);
  });
  return encode(whole);
}

/** The part of the pixels that differs, 0 to 1, and a picture of where. */
export function difference(kept, drawn) {
  const images = [PNG.sync.read(kept), PNG.sync.read(drawn)];
  const [width, height] = ["width", "height"].map((side) => Math.max(...images.map((image) => image[side])));
  const [before, now] = images.map((image) => {
    const padded = blank(width, height);
    PNG.bitblt(image, padded, 0, 0, image.width, image.height, 0, 0);
    return padded;
  });
  const where = blank(width, height);
  const count = pixelmatch(before.data, now.data, where.data, width, height, { threshold: 0.1, includeAA: false });
  return { part: count / (width * height), picture: encode(where) };
}

function blank(width, height) {
  const image = new PNG({ width, height });
  image.data.fill(GREY);
  for (let i = 3; i < image.data.length; i += 4) image.data[i] = 0xff;
  return image;
}

function encode(image) {
  image.data.forEach((value, i) => { image.data[i] = Math.round(value / STEP) * STEP; });
  return PNG.sync.write(image, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });
}
