// Full-screen effects of big gifts on the real overlay page, given by real viewers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Program, browser, client, overlay, until } from "./program.mjs";

let program;
let chrome;
before(async () => {
  program = await Program.start();
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await program?.stop();
});

let cid = 0;
const give = (who, gift, count = 1) =>
  who.send({ t: "send", cid: (cid += 1), body: { kind: "gift", gift, count } });
const playing = (page) => page.evaluate(() => window.__overlay.effects.playing()?.gift ?? null);
const elapsed = (page) => page.evaluate(() => window.__overlay.effects.playing()?.elapsed ?? null);

/** How many of the canvas's pixels are not clear. */
const inked = (page) => page.evaluate(() => {
  const canvas = document.querySelector("canvas.effect");
  if (canvas.hidden || canvas.width === 0) return 0;
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at] > 0) count += 1;
  return count;
});

test("a castle given by a viewer plays behind the text and ends by itself", async () => {
  const [picture, ann] = [await overlay(chrome, program), await client(program, "Ann")];
  give(ann, "castle");
  await until("it plays", async () => (await elapsed(picture)) > 800);
  assert.equal(await playing(picture), "castle");
  assert.ok((await inked(picture)) > 100_000, "the castle is on the picture");
  const first = await picture.evaluate(() => document.querySelector(".layers").firstElementChild.className);
  assert.equal(first, "effect", "nothing is under it");
  await until("it ends", async () => (await playing(picture)) === null, 15_000);
  assert.equal(await inked(picture), 0);
  assert.deepEqual(picture.problems, []);
  ann.socket.close();
  await picture.context().close();
});
