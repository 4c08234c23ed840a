// The board, drawn on with a pointer in one page and looked at in others.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, open, overlay, Program, until } from "./program.mjs";

let program, chrome;
before(async () => {
  [program, chrome] = await Promise.all([Program.start(), browser()]);
});
after(async () => {
  await chrome?.close();
  await program?.stop();
});

const host = (size = {}) =>
  open(chrome, `${program.url}/board/main`, { ...size, storage: { "surtitle.console": program.secrets.host } });

/** Draws through points given in parts of the page, 0 to 1. */
async function stroke(page, points) {
  const box = await page.locator(".board-sheet").boundingBox();
  const at = ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(points[0]));
  await page.mouse.down();
  for (const point of points.slice(1)) await page.mouse.move(...at(point), { steps: 8 });
  return () => page.mouse.up();
}

/** How much of the page's canvases is inked around a place, 0 to 1. */
const inked = (page, [x, y]) => page.evaluate(([x, y]) => {
  const share = (canvas) => {
    const [w, h] = [canvas.width, canvas.height];
    const data = canvas.getContext("2d").getImageData(Math.round(x * w) - 3, Math.round(y * h) - 3, 7, 7).data;
    let sum = 0;
    for (let i = 3; i < data.length; i += 4) sum += data[i] / 255;
    return sum / 49;
  };
  return Math.max(0, ...[...document.querySelectorAll(".board-ink, .board-live")].map(share));
}, [x, y]);

const pixels = (page) => page.evaluate(async () => {
  const canvas = document.querySelector(".board-ink");
  const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
  const hash = await crypto.subtle.digest("SHA-256", data);
  return `${canvas.width} ${[...new Uint8Array(hash)].map((b) => b.toString(16).padStart(2, "0")).join("")}`;
});

test("what the host draws is on the overlay while it is drawn, and on a page that comes late", async () => {
  const [teacher, picture] = [await host(), await overlay(chrome, program)];
  await teacher.locator("[data-test=board-air]").click();
  await picture.locator(".board-layer").waitFor();
  const lift = await stroke(teacher, [[0.2, 0.2], [0.5, 0.5], [0.8, 0.2]]);
  await until("ink on the overlay before the pen is lifted", async () => (await inked(picture, [0.4, 0.4])) > 0.5);
  await lift();
  await until("the stroke is finished", async () => (await inked(picture, [0.65, 0.35])) > 0.5);
  assert.equal(await inked(picture, [0.5, 0.2]), 0);

  const late = await host();
  await until("the late page has it", async () => (await inked(late, [0.4, 0.4])) > 0.5);
  await until("the same pixels", async () => (await pixels(late)) === (await pixels(teacher)));
  for (const page of [teacher, picture, late]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});
