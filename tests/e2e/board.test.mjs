// The board, drawn on with a pointer in one page and looked at in others.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { PNG } from "pngjs";
import { binary, hostClient, open, out, overlay, say, stand, until, viewer } from "./program.mjs";
import { keep, pack } from "../bench-board/lesson.mjs";

let program, chrome;
stand((started) => { ({ program, chrome } = started); });

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
  await until("ink on the overlay before the pen is lifted", async () => (await inked(picture, [0.4, 0.4])) > 0.3);
  await lift();
  await until("the stroke is finished", async () => (await inked(picture, [0.65, 0.35])) > 0.3);
  assert.equal(await inked(picture, [0.5, 0.2]), 0);

  const late = await host();
  await until("the late page has it", async () => (await inked(late, [0.4, 0.4])) > 0.3);
  await until("the same pixels", async () => (await pixels(late)) === (await pixels(teacher)));
  for (const page of [teacher, picture, late]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});

const tool = (page, name) => page.locator(`[data-test=board-tool-${name}]`).click();
const draw = async (page, points) => (await stroke(page, points))();

test("each takes back their own strokes, and a wipe comes back whole", async () => {
  const teacher = await host();
  await teacher.locator("[data-test=board-page-add]").click();
  await until("an empty page", async () => (await teacher.locator("[data-test=board-where]").textContent()) === "2 / 2");
  await tool(teacher, "line");
  await draw(teacher, [[0.1, 0.3], [0.9, 0.3]]);
  await draw(teacher, [[0.1, 0.6], [0.9, 0.6]]);
  await until("two lines", async () => (await inked(teacher, [0.5, 0.6])) > 0.3);
  await teacher.keyboard.press("Control+z");
  await until("one line", async () => (await inked(teacher, [0.5, 0.6])) === 0);
  assert.ok((await inked(teacher, [0.5, 0.3])) > 0.3);
  await teacher.keyboard.press("Control+Shift+z");
  await until("two again", async () => (await inked(teacher, [0.5, 0.6])) > 0.3);
  await tool(teacher, "eraser");
  await draw(teacher, [[0.5, 0.2], [0.5, 0.4]]);
  await until("a gap", async () => (await inked(teacher, [0.5, 0.3])) === 0);
  await teacher.locator("[data-test=board-wipe]").click();
  await until("nothing", async () => (await inked(teacher, [0.3, 0.6])) === 0);
  await teacher.locator("[data-test=board-undo]").click();
  await until("all of it", async () => (await inked(teacher, [0.3, 0.6])) > 0.3);
  assert.equal(await inked(teacher, [0.5, 0.3]), 0);
  await teacher.locator("[data-test=board-page-before]").click();
  await until("the first page", async () => (await inked(teacher, [0.3, 0.6])) === 0);
  assert.deepEqual(teacher.problems, []);
  await teacher.context().close();
});

test("a pupil raises a hand, gets the pen and draws; a guest reads", async () => {
  const teacher = await host();
  const pupil = await viewer(chrome, program, "Mei");
  const guest = await open(chrome, `${program.url}/board/main`);
  await guest.locator(".board-sheet").waitFor();
  await until("a guest has no tools", async () => !(await guest.locator(".board-toolbar").isVisible()));

  await pupil.locator("[data-test=sheet-open][data-sheet=board]").click();
  await pupil.locator("[data-test=board-switch]").check();
  await pupil.locator("[data-test=board-raise]").click();
  await teacher.locator("[data-test=board-people]").click();
  await teacher.locator("[data-test=board-hands] [data-test=board-give]").click();
  await pupil.locator(".board-over.may-draw").waitFor();
  await draw(pupil, [[0.1, 0.85], [0.5, 0.85], [0.9, 0.85]]);
  for (const [name, page] of [["teacher", teacher], ["guest", guest]]) {
    await until(`the ${name} sees it`, async () => (await inked(page, [0.4, 0.85])) > 0.3);
  }
  await draw(guest, [[0.1, 0.95], [0.9, 0.95]]);
  await teacher.locator("[data-test=board-pens] [data-test=board-take]").click();
  await until("the pen is gone", async () => (await pupil.locator(".board-over.may-draw").count()) === 0);
  await draw(pupil, [[0.1, 0.75], [0.9, 0.75]]);
  const pen = await hostClient(program);
  await pen.run({ do: "board", order: "air", on: true });
  assert.equal(await inked(teacher, [0.5, 0.95]), 0);
  assert.equal(await inked(teacher, [0.5, 0.75]), 0);
  for (const page of [teacher, pupil, guest]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
  pen.socket.close();
});

test("the laser is seen on the overlay and fades", async () => {
  const [teacher, picture] = [await host(), await overlay(chrome, program)];
  await teacher.locator(".board-desk.may-draw").waitFor();
  await tool(teacher, "laser");
  const lift = await stroke(teacher, [[0.3, 0.3], [0.6, 0.6]]);
  await picture.locator("[data-test=laser]").waitFor();
  await lift();
  await picture.locator("[data-test=laser]").waitFor({ state: "detached" });
  for (const page of [teacher, picture]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});

test("a lesson replayed twice is the same picture, and other programs open its files", async () => {
  const teacher = await host();
  await teacher.locator(".board-desk.may-draw").waitFor();
  await tool(teacher, "text");
  const box = await teacher.locator(".board-sheet").boundingBox();
  await teacher.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.1);
  await teacher.locator("[data-test=board-write]").fill("Area = π r² 面积");
  await teacher.keyboard.press("Enter");
  await until("the words", async () => (await inked(teacher, [0.62, 0.13])) > 0.05);
  await teacher.locator("[data-test=board-lesson]").click();
  for (const [format, program_, args] of [
    ["svg", "rsvg-convert", (from, to) => ["-w", "640", from, "-o", to]],
    ["pdf", "pdftoppm", (from, to) => ["-png", "-singlefile", "-r", "48", from, to.replace(".png", "")]],
  ]) {
    const [file] = await Promise.all([
      teacher.waitForEvent("download"),
      teacher.locator(`[data-test=board-save-${format}]`).click(),
    ]);
    const [from, to] = [join(out, `lesson.${format}`), join(out, `lesson-${format}.png`)];
    await file.saveAs(from);
    execFileSync(program_, args(from, to));
    const { width, height, data } = PNG.sync.read(readFileSync(to));
    const at = (x, y) => data.subarray(4 * (Math.round(y * height) * width + Math.round(x * width)));
    const isRed = ([r, g, b]) => r > 180 && g < 140 && b < 140;
    // The first stroke of all goes down to the middle.
    assert.ok([...Array(9).keys()].some((i) => isRed(at(0.4, 0.4 + (i - 4) / height))), `${format} has the ink`);
    assert.deepEqual([...at(0.5, 0.05).subarray(0, 3)], [255, 255, 255]);
  }

  const films = [];
  for (let i = 0; i < 2; i += 1) {
    const film = await open(chrome, `${program.url}/board/main?lesson=1`, {
      storage: { "surtitle.console": program.secrets.host },
    });
    await until("the lesson is there", () => film.evaluate(() => (window.__replay?.length ?? 0) > 0));
    await film.locator("[data-test=replay-play]").click();
    const hashes = [];
    for (const share of [0.2, 0.7, 0.4, 1]) {
      await film.evaluate((share) => window.__replay.seek(window.__replay.length * share), share);
      hashes.push(await pixels(film));
    }
    assert.deepEqual(film.problems, []);
    films.push(hashes);
    await film.context().close();
  }
  assert.deepEqual(films[0], films[1]);
  await teacher.context().close();
});

/** The board and what was said meanwhile, as the program prints a lesson while it does not run. */
function printed(...args) {
  const out = execFileSync(binary, ["replay", ...args, "--data", program.data], { encoding: "utf8" });
  return out.trim().split("\n");
}

test("what was said is beside the replay, and printed with it twice the same", async () => {
  const teacher = await host();
  await teacher.locator(".board-desk.may-draw").waitFor();
  const [pupil, pen] = [await viewer(chrome, program, "Mei"), await hostClient(program)];
  const entries = () => pen.frames.filter((f) => f.say === "kept" || f.say === "entry").length;
  pen.socket.send(JSON.stringify({ t: "board", ask: "open" }));
  await until("the board", () => pen.frames.find((f) => f.say === "opened"));
  const line = async (y) => {
    const before = entries();
    await tool(teacher, "line");
    await draw(teacher, [[0.1, y], [0.9, y]]);
    await until("it is drawn", () => entries() > before);
  };
  await line(0.9);
  for (const text of ["is that pi?", "rude words"]) await say(pupil, text);
  const logged = () => pen.frames.filter((f) => f.t === "log").flatMap((f) => f.entries.map((e) => e.event));
  const rude = await until("it was said", () => logged().find((event) => event.text === "rude words"));
  await pen.run({ do: "remove", id: rude.id });
  await line(0.95);

  const film = await open(chrome, `${program.url}/board/main?lesson=1`, {
    storage: { "surtitle.console": program.secrets.host },
  });
  const lines = () => film.locator("[data-test=replay-said] li").allTextContents();
  await until("what was said", () => film.evaluate(() => !document.querySelector(".board-said").hidden));
  await film.locator("[data-test=replay-play]").click();
  await film.evaluate(() => window.__replay.seek(window.__replay.length));
  assert.deepEqual(await lines(), ["Mei is that pi?"]);
  await film.screenshot({ path: join(out, "board-replay.png") });
  await film.evaluate(() => window.__replay.seek(0));
  assert.deepEqual(await lines(), []);
  assert.deepEqual(film.problems, []);
  pen.socket.close();
  for (const page of [teacher, pupil, film]) await page.context().close();

  await program.kill();
  assert.match(printed()[0], /^1\t\d+ entries\t\d+ min$/);
  const twice = [printed("1", "--speed", "0"), printed("1", "--speed", "0")];
  assert.deepEqual(twice[0], twice[1]);
  const all = twice[0].map((line) => JSON.parse(line));
  const chat = all.findIndex((line) => line.chat?.text === "is that pi?");
  assert.ok(chat > 0 && chat < all.length - 1 && all[chat + 1].board.kind === "stroke");
  assert.equal(twice[0].some((line) => line.includes("rude")), false);
  await program.run();
});

test("ink outlives the program", async () => {
  const teacher = await host();
  await until("the ink", async () => (await inked(teacher, [0.4, 0.4])) > 0.3);
  const before = await pixels(teacher);
  await program.restart("SIGKILL");
  await until("the page came back", () => teacher.locator(".board-state").textContent().then((t) => t === ""));
  const late = await host();
  await until("the same picture", async () => (await pixels(late)) === before);
  for (const page of [teacher, late]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});

/** The points of stroke `n`. */
function along(n) {
  const [x, y] = [(n * 7_919) % 14_000, (n * 104_729) % 8_000];
  return [...Array(20).keys()].map((i) => [
    x + i * 70, Math.round(y + 500 + 480 * Math.sin(n + i / 3)), n % 3 ? 0 : 40 + i * 9,
  ]);
}

/** Strokes of every tool, all over the page. */
function medley(count) {
  const tools = ["pen", "highlighter", "line", "arrow", "pen", "ellipse", "text", "rectangle", "eraser", "pen"];
  return [...Array(count).keys()].map((n) => {
    const tool = tools[n % tools.length];
    const points = along(n);
    const ends = tool === "text" ? points.slice(0, 1) : points;
    return {
      by: "host", page: 1, tool, colour: (n * 123_457) % 0xffffff, width: tool === "text" ? 260 : 40 + (n % 5) * 30,
      ink: pack(ends), ...(tool === "text" ? { text: `π ${n} 面` } : {}),
    };
  });
}

test("a page of many strokes is one picture, drawn by workers or by the page itself", async () => {
  await program.kill();
  keep(program.data, medley(900));
  await program.run();
  const alone = await open(chrome, `${program.url}/board/main`, { before: (context) => context.addInitScript("delete window.Worker") });
  const late = await open(chrome, `${program.url}/board/main`, {
    before: (context) => context.addInitScript(() => {
      const Before = window.Worker;
      window.painters = 0;
      window.Worker = class extends Before {
        constructor(...all) {
          super(...all);
          window.painters += 1;
        }
      };
    }),
  });
  const same = async (what) => {
    await until(what, async () => (await pixels(late)) === (await pixels(alone)));
    return pixels(alone);
  };
  const last = along(899)[10];
  await until("the last stroke", async () => (await inked(alone, [last[0] / 16_000, last[1] / 9_000])) > 0.3);
  const whole = await same("the same picture");
  assert.ok((await late.evaluate(() => window.painters)) > 0);

  const host = await hostClient(program);
  const draw = (frame) => host.socket.send(JSON.stringify({ t: "board", ...frame }));
  draw({ ask: "open" });
  draw({ ask: "undo", n: 1 });
  await until("one less", async () => (await pixels(alone)) !== whole);
  const less = await same("the same picture with one less");
  const brush = { page: 1, tool: "pen", colour: 0, width: 90 };
  draw({ ask: "begin", n: 2, brush, ink: pack([[100, 100, 0], [9_000, 8_900, 0], [15_900, 200, 0]]) });
  draw({ ask: "end", n: 2, ink: "" });
  await until("one more", async () => (await pixels(alone)) !== less);
  await same("the same picture with one more");
  host.socket.close();
  for (const page of [alone, late]) {
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});
