// Full-screen effects of big gifts on the real overlay page, given by real viewers.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Program, browser, client, hostClient, overlay, until } from "./program.mjs";

let program;
let chrome;
let host;
before(async () => {
  program = await Program.start();
  chrome = await browser();
  host = await hostClient(program);
});
after(async () => {
  host?.socket.close();
  await chrome?.close();
  await program?.stop();
});

/** An overlay page that is dressed and watches. */
async function onAir(size) {
  const page = await overlay(chrome, program, size);
  await until("it watches", () => page.evaluate(() =>
    window.__overlay.position !== undefined && !document.querySelector(".layers").hidden));
  return page;
}

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
  const [picture, ann] = [await onAir(), await client(program, "Ann")];
  give(ann, "castle");
  await until("it plays", async () => (await elapsed(picture)) > 800);
  assert.equal(await playing(picture), "castle");
  assert.ok((await inked(picture)) > 100_000, "the castle is on the picture");
  const lowest = await picture.evaluate(() =>
    [...document.querySelector(".layers").children].slice(0, 2).map(({ className }) => className));
  assert.deepEqual(lowest, ["board-layer", "effect"], "nothing but the board is under it");
  await until("it ends", async () => (await playing(picture)) === null, 15_000);
  assert.equal(await inked(picture), 0);
  assert.deepEqual(picture.problems, []);
  ann.socket.close();
  await picture.context().close();
});

test("removing the gift, hiding the overlay or clearing takes an effect off in the middle", async () => {
  const [picture, ann] = [await onAir(), await client(program, "Ann")];
  const begins = async (gift) => {
    give(ann, gift);
    await until(`${gift} plays`, async () => (await elapsed(picture)) > 200 && (await inked(picture)) > 0);
    assert.equal(await playing(picture), gift);
  };
  const gone = async (why) => {
    await until(why, async () => (await playing(picture)) === null);
    assert.equal(await inked(picture), 0);
    assert.equal(await picture.evaluate(() => window.__overlay.effects.waiting()), 0);
  };
  await begins("rocket");
  const events = () => host.frames.filter((f) => f.t === "log").flatMap((f) => f.entries.map((e) => e.event));
  const gift = await until("the console has it", () => events().findLast((e) => e.gift?.id === "rocket"));
  await host.run({ do: "remove", id: gift.id });
  await gone("removed");
  await begins("crown");
  await host.run({ do: "visible", overlay: "main", on: false });
  await gone("hidden");
  await host.run({ do: "visible", overlay: "main", on: true });
  await begins("cake");
  await host.run({ do: "clear" });
  await gone("cleared");
  ann.socket.close();
  await picture.context().close();
});

test("a broken or endless file holds nothing up", async () => {
  const [picture, ann] = [await onAir(), await client(program, "Ann")];
  const warned = [];
  picture.on("console", (message) => warned.push(message.text()));
  await picture.route("**/effects/castle.json", (route) => route.fulfill({ body: "{\"layers\": 7" }));
  await picture.route("**/effects/rocket.json", (route) => route.fulfill({ body: "{".padEnd(9 * 1024 * 1024, " ") }));
  await picture.route("**/effects/crown.json", (route) => route.fulfill({
    body: JSON.stringify({ fr: 30, ip: 0, op: 9e9, w: 99, h: 99, layers: [] }),
  }));
  for (const gift of ["castle", "rocket", "crown", "star"]) give(ann, gift, gift === "star" ? 10 : 1);
  await until("the sound one plays", async () => (await playing(picture)) === "star" && (await inked(picture)) > 0, 30_000);
  for (const gift of ["castle", "rocket", "crown"]) assert.ok(warned.some((text) => text.includes(gift)), gift);
  assert.deepEqual(picture.problems, []);
  ann.socket.close();
  await picture.context().close();
});

/** Real frames of the page while an effect plays: brightness of 16 by 9 cells over black and white. */
const frames = (picture, gift) => picture.evaluate((gift) => new Promise((done) => {
      const canvas = document.querySelector("canvas.effect");
      const small = Object.assign(document.createElement("canvas"), { width: 16, height: 9 });
      const context = small.getContext("2d", { willReadFrequently: true });
      // Cells are means, not samples.
      context.imageSmoothingQuality = "high";
      const frames = [];
      const linear = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
      const frame = () => {
        if (window.__overlay.effects.playing()?.gift !== gift) return done(frames);
        const cells = ["#000", "#fff"].map((backdrop) => {
          context.fillStyle = backdrop;
          context.fillRect(0, 0, 16, 9);
          if (canvas.width) context.drawImage(canvas, 0, 0, 16, 9);
          const { data } = context.getImageData(0, 0, 16, 9);
          return Array.from({ length: 144 }, (_, n) =>
            0.2126 * linear(data[n * 4]) + 0.7152 * linear(data[n * 4 + 1]) + 0.0722 * linear(data[n * 4 + 2]));
        });
        frames.push({ at: performance.now(), cells });
        requestAnimationFrame(frame);
      };
      frame();
    }), gift);

/** Most of the 144 cells that flash more than three times within one second. */
function flashing(shown) {
  return Math.max(...[0, 1].map((backdrop) => {
    const flashes = [];
      for (let cell = 0; cell < 144; cell += 1) {
        let [extreme, way, changes] = [shown[0].cells[backdrop][cell], 0, []];
        for (const { at, cells } of shown) {
          const value = cells[backdrop][cell];
          const next = Math.sign(value - extreme);
          if (Math.abs(value - extreme) >= 0.1 && Math.min(value, extreme) < 0.8 && next !== way) {
            changes = [...changes.filter((then) => at - then < 1_000), at];
            [way, extreme] = [next, value];
            if (changes.length > 6) flashes.push({ cell, at });
          } else if (next === way) extreme = value;
        }
      }
      // A large area flashes when its cells do so within the same second.
      const together = flashes.map(({ at }) =>
        new Set(flashes.filter((f) => f.at >= at && f.at < at + 1_000).map(({ cell }) => cell)).size);
      return Math.max(0, ...together);
  }));
}

test("no effect shows more than three flashes a second, over black or over white", async () => {
  const picture = await onAir({ width: 960, height: 540 });
  for (const [gift, count] of [["castle", 1], ["rocket", 1], ["crown", 1], ["cake", 1], ["balloon", 3], ["star", 10]]) {
    const ann = await client(program, "Ann");
    give(ann, gift, count);
    await until(`${gift} plays`, async () => (await playing(picture)) === gift, 30_000);
    const shown = await frames(picture, gift);
    assert.ok(shown.length > 10, `${gift}: ${shown.length} frames`);
    assert.ok(flashing(shown) < 0.0277 * 144, `${gift} flashes in ${flashing(shown)} of 144 cells`);
    ann.socket.close();
  }
  await picture.context().close();
});

test("a file that flashes ten times a second is tamed, and is not with the limiter off", async () => {
  const still = (k) => ({ a: 0, k });
  const opacity = { a: 1, k: Array.from({ length: 60 }, (_, n) => ({ t: n * 3, s: [n % 2 ? 100 : 0], h: 1 })) };
  const strobe = { v: "5.7.0", fr: 60, ip: 0, op: 180, w: 1920, h: 1080, ddd: 0, assets: [], layers: [{
    ddd: 0, ind: 1, ty: 4, sr: 1, st: 0, ip: 0, op: 180, bm: 0,
    ks: { o: opacity, r: still(0), p: still([960, 540]), a: still([0, 0]), s: still([100, 100]) },
    shapes: [{ ty: "gr", it: [
      { ty: "rc", d: 1, s: still([1920, 1080]), p: still([0, 0]), r: still(0) },
      { ty: "fl", c: still([1, 1, 1, 1]), o: still(100), r: 1 },
      { ty: "tr", p: still([0, 0]), a: still([0, 0]), s: still([100, 100]), r: still(0), o: still(100) },
    ] }],
  }] };
  const picture = await onAir({ width: 960, height: 540 });
  await picture.route("**/effects/rocket.json", (route) => route.fulfill({ body: JSON.stringify(strobe) }));
  const cells = async (flash) => {
    await host.look({ comfort: { flash } });
    const ann = await client(program, "Ann");
    give(ann, "rocket");
    await until("it plays", async () => (await playing(picture)) === "rocket", 30_000);
    const count = flashing(await frames(picture, "rocket"));
    ann.socket.close();
    return count;
  };
  assert.equal(await cells(true), 0);
  assert.ok((await cells(false)) > 72, "what is tamed would flash");
  await host.look({ comfort: { flash: true } });
  await picture.context().close();
});
