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
/** Part of a card's own pixels that may differ: another patch of the browser smooths letters a little otherwise. */
export const TOLERANCE = 0.0015;

/** One picture of `pictures` (PNG each) in rows, and where each of them is in it. */
export function sheet(pictures) {
  const images = pictures.map((picture) => PNG.sync.read(picture));
  const cell = (side) => Math.ceil(Math.max(...images.map((image) => image[side])) / GRID) * GRID;
  const [width, height] = [cell("width"), cell("height")];
  const columns = Math.max(1, Math.min(3, Math.floor(WIDEST / width)));
  const whole = blank(columns * width, Math.ceil(images.length / columns) * height);
  const cells = images.map((_, index) => ({ x: (index % columns) * width, y: Math.floor(index / columns) * height, width, height }));
  images.forEach((image, index) => {
    PNG.bitblt(image, whole, 0, 0, image.width, image.height, cells[index].x, cells[index].y);
  });
  return { picture: encode(whole), cells };
}

/** Of the card that differs most the part of its own pixels that does, 0 to 1, and a picture of where. */
export function difference(kept, { picture, cells }) {
  const [before, now] = [PNG.sync.read(kept), PNG.sync.read(picture)];
  if (before.width !== now.width || before.height !== now.height) return { part: 1, picture };
  const where = blank(now.width, now.height);
  const parts = cells.map(({ x, y, width, height }) => {
    const marks = blank(width, height);
    const [one, two] = [before, now].map((image) => {
      const part = blank(width, height);
      PNG.bitblt(image, part, x, y, width, height, 0, 0);
      return part;
    });
    const count = pixelmatch(one.data, two.data, marks.data, width, height, { threshold: 0.06, includeAA: false });
    PNG.bitblt(marks, where, 0, 0, width, height, x, y);
    return count / Math.max(1, own(one, two));
  });
  return { part: Math.max(...parts), picture: encode(where) };
}

/** Pixels that are of a card and not of the grey between cards, in either picture. */
function own(...images) {
  let count = 0;
  for (let at = 0; at < images[0].data.length; at += 4) {
    const grey = images.every(({ data }) => data[at] === GREY && data[at + 1] === GREY && data[at + 2] === GREY);
    if (!grey) count += 1;
  }
  return count;
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
