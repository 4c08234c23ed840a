// The tray's menu, and the overlay on its monitor.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { until } from "../e2e/program.mjs";
import { Desk } from "./desk.mjs";
import { CONSOLE, OVERLAY, Shell, VIEWER } from "./shell.mjs";
import { Tray } from "./tray.mjs";

let desk;
let shell;
let tray;

before(async () => {
  desk = await Desk.start();
  shell = await Shell.start(desk, { settings: { overlay: { windows: [{ name: "main", monitor: "one that is gone" }] } } });
  tray = new Tray(desk);
});

afterEach(async (context) => {
  await (await desk.look()).save(`tray-${context.name.replaceAll(/\W+/g, "-")}`);
});

after(async () => {
  await shell?.stop();
  await desk?.stop();
});

const marked = (label) => until(`a mark at "${label}"`, async () => (await tray.entry(label)).on);

/** Waits until the overlay window fills this part of the screen. */
async function overlayAt(x, width) {
  let seen;
  await until("the overlay", async () => {
    const [id] = await desk.windows(OVERLAY);
    seen = id && await desk.geometry(id);
    return seen && seen.x === x && seen.width === width && seen.height === desk.height;
  }).catch(() => {});
  assert.deepEqual(seen, { x, y: 0, width, height: desk.height });
}

test("the tray offers every command and marks what is in force", async () => {
  const entries = await tray.entries();
  const labels = entries.map((entry) => entry.label);
  for (const label of ["Show overlay", "Hide overlay", "Clicks pass through", "Overlay takes clicks", "Overlay on monitor",
    "Clear the picture", "Open console", "Open viewer", "Copy overlay link", "Quit Surtitle"]) {
    assert.ok(labels.includes(label), `${label} in ${labels}`);
  }
  const on = entries.filter((entry) => entry.on).map((entry) => entry.label);
  assert.deepEqual(on, ["Show overlay", "Clicks pass through"], "the wanted monitor is not there to be marked");
});

test("hide and show from the tray do so, and the mark follows", async () => {
  await tray.click("Hide overlay");
  await desk.gone(OVERLAY);
  await marked("Hide overlay");
  await tray.click("Show overlay");
  await desk.window(OVERLAY);
  await marked("Show overlay");
});

test("with its monitor gone the overlay fills the primary one, and the chosen name is kept", async () => {
  await overlayAt(0, desk.width);
  assert.equal(shell.settings.overlay.windows[0].monitor, "one that is gone");
  await tray.click("Primary");
  await marked("Primary");
  await until("the setting", () => shell.settings.overlay.windows[0].monitor === null);
});

test("the overlay link on the clipboard holds no secret", async () => {
  await tray.click("Copy overlay link");
  await until("the link", async () => {
    const text = await desk.run("xclip", ["-selection", "clipboard", "-o"]).catch(() => "");
    return text === `${shell.url}/overlay/main`;
  });
});

test("console and viewer open from the tray", async () => {
  await tray.click("Open viewer");
  await desk.window(VIEWER);
  await shell.putAway(CONSOLE);
  await tray.click("Open console");
  await desk.window(CONSOLE);
});

test("quit from the tray ends the program with code 0", async () => {
  await tray.click("Quit Surtitle");
  assert.equal(await shell.process.done, 0, shell.said);
});

test("the overlay fills a monitor that does not begin at the corner of the desktop, and only that", async () => {
  await desk.monitor(700, 1220);
  await shell.run();
  await overlayAt(700, 1220);
});
