// The overlay window over a picture, seen as pixels and felt as clicks.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { browser, open, say, until } from "../e2e/program.mjs";
import { Desk, pause } from "./desk.mjs";
import { host } from "./host.mjs";
import { KEYS, OVERLAY, Shell } from "./shell.mjs";

let desk;
let shell;
let chrome;
let room;

before(async () => {
  desk = await Desk.start();
  shell = await Shell.start(desk);
  await shell.putAway();
  // The count of who is in the room stays for as long as a viewer does: it is no trail.
  room = await host(shell);
  await room.look({ online: { on: false } });
  chrome = await browser();
});

afterEach(async (context) => {
  await (await desk.look()).save(`overlay-${context.name.replaceAll(/\W+/g, "-")}`);
});

after(async () => {
  room?.close();
  await chrome?.close();
  await shell?.stop();
  await desk?.stop();
});

/** A viewer page that is in the room under a name. */
async function viewer(nick) {
  const page = await open(chrome, `${shell.url}/viewer/main`);
  await page.locator("[data-test=link-state][data-state=joined]").waitFor();
  await page.locator("[data-test=nick-input]").fill(nick);
  await page.locator("[data-test=nick-take]").click();
  await page.locator("[data-test=composer]").waitFor();
  return page;
}

/** Where comments fly, and the middle where nothing may be drawn. */
const upper = () => ({ x: 0, y: 0, width: desk.width, height: Math.round(desk.height * 0.4) });
const middle = () => ({ x: desk.width * 0.4, y: desk.height * 0.45, width: desk.width * 0.2, height: desk.height * 0.4 });
const bright = (r, g, b) => r > 230 && g > 230 && b > 230;

async function clean() {
  await shell.press(KEYS.clear);
  await until("an empty upper part", async () => (await desk.look()).drawn(desk.backdrop, upper()) < 2_000);
}

test("the overlay window covers the whole monitor, above the others, off the task bar", async () => {
  const id = await desk.window(OVERLAY);
  await until("its size", async () => {
    const { x, y, width, height } = await desk.geometry(id);
    return x === 0 && y === 0 && width === desk.width && height === desk.height;
  });
  const said = await desk.xprop("-id", id, "_NET_WM_STATE");
  for (const state of ["ABOVE", "SKIP_TASKBAR"]) assert.match(said, new RegExp(`_NET_WM_STATE_${state}`));
});

test("the picture shows through wherever nothing is drawn", async () => {
  const seen = await until("the picture", async () => {
    const look = await desk.look();
    return look.same(desk.backdrop) > 0.98 && look;
  });
  assert.equal(seen.same(desk.backdrop, middle()), 1);
});

test("a comment sent by a viewer page flies over the picture", async () => {
  const page = await viewer("Mika");
  await say(page, "こんにちは, what a stage! 🎉");
  const halfway = { ...upper(), x: Math.round(desk.width * 0.35), width: Math.round(desk.width * 0.2) };
  const seen = await until("bright text half way across the upper part", async () => {
    const look = await desk.look();
    return look.drawn(desk.backdrop, halfway, bright) > 1_000 && look;
  }, 20_000);
  await seen.save("comment-over-picture");
  assert.equal(seen.same(desk.backdrop, middle()), 1, "the middle stays clear");
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("moving comments leave no trail", async () => {
  const page = await viewer("Noa");
  for (let i = 0; i < 6; i += 1) await say(page, `line ${i} goes by`);
  await until("comments", async () => (await desk.look()).drawn(desk.backdrop, upper(), bright) > 1_500, 20_000);
  // All have crossed when a crossing's time has passed; whatever is left then is a trail.
  await until("a clear upper part again", async () => (await desk.look()).drawn(desk.backdrop, upper()) < 2_000, 40_000);
  await page.context().close();
});

test("a click lands on the window below, in the corner too", async () => {
  const counter = desk.spawn("stdbuf", ["-oL", "xev", "-event", "button"]);
  const presses = () => counter.said.match(/ButtonPress/g)?.length ?? 0;
  const id = await desk.window("^Event Tester$");
  await desk.xdotool("windowactivate", "--sync", id);
  await desk.run("wmctrl", ["-r", "Event Tester", "-b", "add,fullscreen"]);
  await until("a full-screen counter", async () => (await desk.geometry(id)).width === desk.width);

  const points = [[desk.width / 2, desk.height / 2], [0, 0], [desk.width - 1, desk.height - 1], [100, 200]];
  for (const [i, [x, y]] of points.entries()) {
    await desk.click(x, y);
    await until(`click ${i + 1} at ${x},${y}`, () => presses() === i + 1);
  }

  await shell.press(KEYS.catchClicks);
  await until("the setting", () => shell.settings.overlay.clickThrough === false);
  await pause(300);
  await desk.click(100, 200);
  await pause(700);
  assert.equal(presses(), points.length, "told to take clicks, the overlay takes them");

  await shell.press(KEYS.passClicks);
  await until("the setting", () => shell.settings.overlay.clickThrough === true);
  await pause(300);
  await desk.click(100, 200);
  await until("clicks pass again", () => presses() === points.length + 1);
  counter.kill();
  await counter.done;
});

test("hot keys set: hide twice stays hidden, show twice stays shown, and clear empties", async () => {
  for (const _ of [1, 2]) {
    await shell.press(KEYS.hide);
    await desk.gone(OVERLAY);
    await pause(300);
  }
  assert.deepEqual(await desk.windows(OVERLAY), []);
  for (const _ of [1, 2]) {
    await shell.press(KEYS.show);
    await desk.window(OVERLAY);
    await pause(300);
  }
  const page = await viewer("Ravi");
  await say(page, "still here after hiding");
  await until("a comment", async () => (await desk.look()).drawn(desk.backdrop, upper(), bright) > 800, 20_000);
  await clean();
  await page.context().close();
});

test("clicks still pass after the overlay was hidden and shown", async () => {
  const counter = desk.spawn("stdbuf", ["-oL", "xev", "-event", "button", "-geometry", "600x400+600+300"]);
  await desk.window("^Event Tester$");
  await desk.click(900, 500);
  await until("the click", () => counter.said.includes("ButtonPress"));
  counter.kill();
  await counter.done;
});
