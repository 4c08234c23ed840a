// Several monitors: outputs of one Xorg server that are plugged in and out.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { until } from "../e2e/program.mjs";
import { Desk } from "./desk.mjs";
import { LEFT, plug, RIGHT, unplug } from "./heads.mjs";
import { host } from "./host.mjs";
import { KEYS, Shell, VIEWER } from "./shell.mjs";

const MAIN = "^Surtitle overlay$";
const SIDE = "^Surtitle overlay side$";
const SECOND = "DUMMY1";

let desk;

before(async () => { desk = await Desk.start({ heads: true }); });
afterEach(async (context) => (await desk.look()).save(`monitors-${context.name.replaceAll(/\W+/g, "-")}`));
after(() => desk?.stop());

/** A shell with these overlay windows, stopped after the test. */
async function start(context, windows, titles) {
  await plug(desk);
  const shell = Shell.prepare(desk, { settings: { overlay: { windows } } });
  context.after(() => shell.stop());
  await shell.open({ windows: titles });
  await shell.putAway();
  return shell;
}

/** Waits until the window of that title fills `place`. */
async function fills(title, place) {
  let seen;
  await until("the place", async () => {
    const [id] = await desk.windows(title);
    seen = id && await desk.geometry(id);
    return seen && Object.keys(place).every((key) => seen[key] === place[key]);
  }, 15_000).catch(() => {});
  assert.deepEqual(seen, place);
}

const PAIR = [{ name: "main", monitor: null }, { name: "side", monitor: SECOND }];
const bright = (r, g, b) => r > 230 && g > 230 && b > 230;
const upper = (place) => ({ ...place, height: 430 });

test("each monitor has its own window with its own overlay", async (context) => {
  const shell = await start(context, PAIR, ["^Surtitle$", MAIN, SIDE]);
  await fills(MAIN, LEFT);
  await fills(SIDE, RIGHT);

  const room = await host(shell);
  context.after(() => room.close());
  for (const { name } of PAIR) await room.shown(name);
  const words = async (place) => (await desk.look()).drawn(desk.backdrop, upper(place), bright);
  // Said until both are seen in one picture: a window that is slow to draw may miss a line's whole flight.
  await until("words on both", async () => {
    room.run({ do: "say", text: "to the left and to the right" });
    const picture = await desk.look();
    return [LEFT, RIGHT].every((place) => picture.drawn(desk.backdrop, upper(place), bright) > 800);
  }, 60_000);
  room.run({ do: "clear" });
  await until("none on either", async () => (await words(LEFT)) < 50 && (await words(RIGHT)) < 50, 15_000);

  room.run({ do: "visible", overlay: "side", on: false });
  await until("words on the left", async () => {
    room.run({ do: "say", text: "to the left alone" });
    return (await words(LEFT)) > 800;
  }, 60_000);
  assert.ok((await words(RIGHT)) < 50, "the overlay \"side\" is switched off");
});

test("a window goes with its monitor and comes back with it, and clicks pass in both", async (context) => {
  const shell = await start(context, PAIR, ["^Surtitle$", MAIN, SIDE]);
  const counter = desk.spawn("stdbuf", ["-oL", "xev", "-event", "button", "-geometry", "300x300+1300+500"]);
  context.after(() => counter.kill());
  const below = await desk.window("^Event Tester$");
  await desk.xdotool("windowactivate", "--sync", below);
  await fills(SIDE, RIGHT);

  for (const time of [1, 2]) {
    await unplug(desk);
    await desk.gone(SIDE);
    await fills(MAIN, LEFT);
    await plug(desk);
    await desk.window(SIDE);
    await fills(SIDE, RIGHT);
    // The window manager has moved it to the monitor that was left.
    await desk.xdotool("windowmove", below, 1300, 500);
    await until("the window below", async () => (await desk.geometry(below)).x >= RIGHT.x);
    await desk.click(1450, 650);
    await until("the click below", () => (counter.said.match(/ButtonPress/g) ?? []).length === time);
  }
  assert.equal(await desk.xdotool("getwindowfocus"), below, "nothing took the keyboard");
  assert.deepEqual(shell.settings.overlay.windows, PAIR);
});

test("an only window moves to the primary monitor with its own gone, and returns", async (context) => {
  const shell = await start(context, [{ name: "main", monitor: SECOND }], ["^Surtitle$", MAIN]);
  await fills(MAIN, RIGHT);
  await unplug(desk);
  await fills(MAIN, LEFT);
  await shell.press(KEYS.hide);
  await desk.gone(MAIN);
  await plug(desk);
  await shell.press(KEYS.show);
  await desk.window(MAIN);
  await fills(MAIN, RIGHT);
});

test("a window that stood on a monitor that is gone opens on the other, and on its own again when that is back", async (context) => {
  await plug(desk);
  const shell = Shell.prepare(desk, { settings: { hotKeys: { viewer: "Ctrl+Alt+Shift+V" } } });
  context.after(() => shell.stop());
  const opened = async (wanted) => {
    await shell.open({ windows: ["^Surtitle$"] });
    await shell.press(KEYS.viewer);
    let now;
    await until("the window", async () => wanted(now = await desk.geometry(await desk.window(VIEWER)))).catch(() => {});
    assert.ok(wanted(now), JSON.stringify(now));
  };
  await opened((now) => now.width > 0);
  const id = await desk.window(VIEWER);
  await desk.xdotool("windowsize", "--sync", id, 500, 640);
  await desk.xdotool("windowmove", "--sync", id, 1300, 150);
  const before = await desk.geometry(id);
  await until("a place", () => shell.settings["window.viewer"]?.x >= RIGHT.x);
  await shell.quit();

  await unplug(desk);
  await opened((now) => now.x >= 0 && now.x + now.width <= LEFT.width && now.width === 500);
  await shell.quit();

  await plug(desk);
  await opened((now) => now.x === before.x && now.y === before.y && now.width === before.width && now.height === before.height);
});
