// Clicks on the overlay window: through the picture, into its controls, and
// all of them while the key is held. Below it lies a full-screen window that
// counts what reaches it and must never lose the keyboard.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { until } from "../e2e/program.mjs";
import { Desk, pause } from "./desk.mjs";
import { host } from "./host.mjs";
import { KEYS, Shell } from "./shell.mjs";

let desk;
let shell;
let room;
let below;
let game;

before(async () => {
  desk = await Desk.start();
  shell = await Shell.start(desk);
  room = await host(shell);
  below = desk.spawn("stdbuf", ["-oL", "xev", "-event", "button"]);
  game = await desk.window("^Event Tester$");
  await desk.xdotool("windowactivate", "--sync", game);
  await desk.run("wmctrl", ["-r", "Event Tester", "-b", "add,fullscreen"]);
  await until("a full-screen window below", async () => (await desk.geometry(game)).width === desk.width);
});

afterEach(async (context) => {
  assert.equal(await desk.xdotool("getwindowfocus"), game, "the window below keeps the keyboard");
  assert.match(await desk.xprop("-id", game, "_NET_WM_STATE"), /FULLSCREEN/, "and stays full screen");
  await (await desk.look()).save(`pointer-${context.name.replaceAll(/\W+/g, "-")}`);
});

after(async () => {
  room?.close();
  await shell?.stop();
  await desk?.stop();
});

beforeEach(async () => {
  room.run({ do: "unpin" });
  await until("no control", () => shell.takes() === "nowhere", 30_000);
});

const presses = () => below.said.match(/ButtonPress/g)?.length ?? 0;

/** Clicks where the window below must get it. */
async function lands(x, y) {
  const before = presses();
  await desk.click(x, y);
  await until(`a click at ${x},${y} below`, () => presses() === before + 1);
}

/** Clicks where the overlay must take it. */
async function taken(x, y) {
  const before = presses();
  await desk.click(x, y);
  await pause(400); // nothing is what is waited for
  assert.equal(presses(), before, `the click at ${x},${y} is the overlay's`);
}

/** The only control there is, once it stands still. */
async function control() {
  await until("a control", () => /^at \S+$/.test(shell.takes()));
  await pause(500);
  return shell.controls()[0];
}

const middle = ({ x, y, width, height }) => [x + Math.round(width / 2), y + Math.round(height / 2)];

test("a pinned line's button takes clicks, and everything around it lets them through", async () => {
  await room.pin("tickets at the door");
  const { x, y, width, height } = await control();
  const [cx, cy] = middle({ x, y, width, height });
  for (const [px, py] of [[x - 3, cy], [x + width + 2, cy], [cx, y - 3], [cx, y + height + 2], [x - 400, cy], [0, 0], [960, 540]]) {
    await lands(px, py);
  }
  await (await desk.look()).save("pointer-pinned-line");
  await taken(cx, cy);
  await until("the pinned line gone with its button", () => shell.takes() === "nowhere");
  await lands(cx, cy);
});

test("a control that moves takes its place along, and leaves none behind", async () => {
  await room.pin("one line");
  const old = await control();
  await room.pin("a line that is long enough to be drawn on two lines of the banner, because it goes on and on ".repeat(2).trim());
  const now = await until("a higher banner", async () => {
    const place = await control();
    return place.y < old.y - 10 && place;
  });
  await lands(old.x + 2, old.y + old.height - 2);
  await taken(now.x + 5, now.y + 5);
  await until("no control", () => shell.takes() === "nowhere");
});

test("while the key is held the overlay takes every click, and not one after", async () => {
  await lands(300, 700);
  await shell.down(KEYS.hold);
  await until("the whole window", () => shell.takes() === "everywhere");
  await pause(500);
  await (await desk.look()).save("pointer-held");
  await taken(300, 700);
  await taken(0, 0);
  await shell.up(KEYS.hold);
  await until("no click", () => shell.takes() === "nowhere");
  await lands(300, 700);
});

test("the key held is let go also when its modifiers go first", async () => {
  await shell.down(KEYS.hold);
  await until("the whole window", () => shell.takes() === "everywhere");
  for (const key of ["shift", "alt", "ctrl", "x"]) await desk.xdotool("keyup", key);
  await until("no click", () => shell.takes() === "nowhere");
  await lands(300, 700);
});

test("the bar of an overlay that takes clicks does what it says", async () => {
  await shell.press(KEYS.catchClicks);
  const [fainter, stronger, , , pass] = await until("the bar", () => shell.controls().length === 5 && shell.controls());
  await taken(...middle(fainter));
  await taken(...middle(fainter));
  await until("80 %", () => shell.settings.overlay.opacity === 80);
  await taken(...middle(stronger));
  await taken(...middle(stronger));
  await until("100 %", () => shell.settings.overlay.opacity === 100);
  await taken(...middle(pass));
  await until("no click", () => shell.takes() === "nowhere");
  assert.equal(shell.settings.overlay.clickThrough, true);
  await lands(...middle(pass));
});

test("opacity goes by steps, over the picture and never below 10 %", async () => {
  await room.pin("a plate to look through");
  const { x, y, height } = await control();
  const plate = async () => (await desk.look()).at(x - 60, y + Math.round(height / 2))[0];
  // It fades in, at a few frames a second beside other work: one value for a whole second is its own.
  const dark = await until("a dark plate that stands still", async () => {
    const values = [await plate()];
    for (let i = 0; i < 4; i += 1) {
      await pause(250);
      values.push(await plate());
    }
    return values[0] < 100 && values.every((value) => value === values[0]) && values[0];
  }, 30_000);
  for (let step = 0; step < 5; step += 1) await shell.press(KEYS.fainter);
  await until("50 %", () => shell.settings.overlay.opacity === 50);
  await until("a plate half way to the white below", async () => Math.abs((await plate()) - (dark + 255) / 2) < 12);
  await (await desk.look()).save("pointer-half-opacity");
  for (let step = 0; step < 6; step += 1) await shell.press(KEYS.fainter);
  await until("10 %", () => shell.settings.overlay.opacity === 10);
  for (let step = 0; step < 11; step += 1) await shell.press(KEYS.stronger);
  await until("100 %", () => shell.settings.overlay.opacity === 100);
  await until("the plate as dark as before", async () => Math.abs((await plate()) - dark) < 6);
});
