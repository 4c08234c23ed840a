// Starting, failing to start, starting twice, and ending.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { after, afterEach, before, describe, test } from "node:test";
import { until } from "../e2e/program.mjs";
import { Desk, pause } from "./desk.mjs";
import { panel } from "./panel.mjs";
import { CONSOLE, KEYS, OVERLAY, Shell, VIEWER } from "./shell.mjs";

const name = (context) => `start-${context.name.replaceAll(/\W+/g, "-")}`;

describe("without a compositor", () => {
  let desk;
  let shell;
  before(async () => {
    desk = await Desk.start({ compositor: false });
    shell = await Shell.start(desk, { windows: [CONSOLE] });
  });
  afterEach(async (context) => (await desk.look()).save(name(context)));
  after(async () => {
    await shell?.stop();
    await desk?.stop();
  });

  test("no window covers the screen in black, and it is said why", async () => {
    await until("the message", () => /no compositor is running/.test(shell.said));
    await desk.window("no compositor");
    await pause(1_500);
    assert.deepEqual(await desk.windows(OVERLAY), []);
    const look = await desk.look();
    assert.ok(look.same(desk.backdrop, { x: 0, y: 0, width: 200, height: desk.height }) > 0.99, "the picture is still there");
  });

  test("the overlay appears by itself when one starts, and goes when it ends", async () => {
    await desk.xdotool("windowactivate", "--sync", await desk.window("no compositor"), "key", "Return");
    await desk.gone("no compositor");
    await desk.compose();
    await desk.window(OVERLAY);
    await shell.putAway();
    await until("the picture through the overlay", async () => (await desk.look()).same(desk.backdrop) > 0.98);
    await desk.uncompose();
    await desk.gone(OVERLAY);
    await until("the picture without it", async () => (await desk.look()).same(desk.backdrop, { x: 0, y: 0, width: 200, height: desk.height }) > 0.99);
  });
});

describe("on a whole desktop", () => {
  let desk;
  before(async () => { desk = await Desk.start(); });
  afterEach(async (context) => (await desk.look()).save(name(context)));
  after(() => desk?.stop());

  /** A shell that is stopped after this test, also if it fails. */
  async function start(context, more) {
    const shell = Shell.prepare(desk, more);
    context.after(() => shell.stop());
    await shell.open(more);
    return shell;
  }

  test("a second start ends at once and brings the first one's console to the front", async (context) => {
    const shell = await start(context);
    await shell.putAway();
    const second = shell.launch();
    assert.equal(await second.done, 0, second.said);
    const id = await desk.window(CONSOLE);
    await until("the console in front", async () => (await desk.xdotool("getactivewindow")) === id);
  });

  test("a stop signal ends the program in order with code 0", async (context) => {
    const shell = await start(context);
    assert.equal(await shell.quit(), 0, shell.said);
    assert.deepEqual(await desk.windows("Surtitle"), []);
  });

  test("settings and the console's place are the same after a restart", async (context) => {
    const shell = await start(context);
    const id = await desk.window(CONSOLE);
    await desk.xdotool("windowsize", "--sync", id, 1100, 720);
    await desk.xdotool("windowmove", "--sync", id, 300, 200);
    await shell.press(KEYS.hide);
    await desk.gone(OVERLAY);
    const before = await desk.geometry(id);
    await until("a place", () => shell.settings["window.console"]?.width === 1100);
    await shell.quit();

    await shell.open({ windows: [CONSOLE] });
    let now;
    await until("the same place", async () => {
      now = await desk.geometry(await desk.window(CONSOLE));
      return now.x === before.x && now.y === before.y;
    }).catch(() => {});
    assert.deepEqual(now, before);
    assert.deepEqual(await desk.windows(OVERLAY), []);
  });

  test("the viewer window is where it was when it is opened again, and after a restart", async (context) => {
    const shell = await start(context, { settings: { hotKeys: { viewer: "Ctrl+Alt+Shift+V" } } });
    await shell.press(KEYS.viewer);
    const id = await desk.window(VIEWER);
    await desk.xdotool("windowsize", "--sync", id, 500, 640);
    await desk.xdotool("windowmove", "--sync", id, 1200, 150);
    const before = await desk.geometry(id);
    const same = async () => {
      await shell.press(KEYS.viewer);
      let now;
      await until("the same place", async () => {
        now = await desk.geometry(await desk.window(VIEWER));
        return now.x === before.x && now.y === before.y && now.width === before.width;
      }).catch(() => {});
      assert.deepEqual(now, before);
    };
    await until("a place", () => shell.settings["window.viewer"]?.width === 500);
    await desk.close("Surtitle viewer");
    await desk.gone(VIEWER);
    await same();
    await shell.quit();
    await shell.open();
    await same();
  });

  test("a window that was left off every screen is put back on one, as large as it was", async (context) => {
    const lost = { x: 9_000, y: -4_000, width: 1100, height: 720 };
    await start(context, { settings: { "window.console": lost } });
    let now;
    await until("the place", async () => {
      now = await desk.geometry(await desk.window(CONSOLE));
      return now.x > 0 && now.y > 0 && now.x + now.width < desk.width && now.y + now.height < desk.height;
    }).catch(() => {});
    assert.deepEqual([now.width, now.height], [1100, 720]);
    assert.ok(Math.abs(now.x - 410) < 40 && Math.abs(now.y - 180) < 60, JSON.stringify(now));
  });

  test("told to be managed, the overlay is full screen and in the window list", async (context) => {
    const shell = await start(context, { settings: { overlay: { overFullScreen: false } } });
    const id = await desk.window(OVERLAY);
    await until("its size", async () => (await desk.geometry(id)).height === desk.height);
    const listed = await desk.xprop("-root", "_NET_CLIENT_LIST");
    assert.ok(listed.includes(Number(id).toString(16)), listed);
    assert.match(await desk.xprop("-id", id, "_NET_WM_STATE"), /_NET_WM_STATE_ABOVE/);
  });

  test("a hot key that is taken is said, and the others work", async (context) => {
    const first = await start(context, {
      settings: { hotKeys: { hide: "", clickThroughOn: "", clickThroughOff: "", clear: "", console: "" } },
    });
    // On a bus of its own it does not know of the first one.
    const second = await start(context, { env: { DBUS_SESSION_BUS_ADDRESS: "unix:path=/nowhere" } });
    await until("the last key", () => /"Ctrl\+Alt\+Shift\+O": console/.test(second.said));
    assert.match(second.said, /hot key "Ctrl\+Alt\+Shift\+S" for show does not work/);
    await second.press(KEYS.hide);
    await until("its overlay hidden", () => second.settings.overlay.visible === false);
    assert.equal(first.settings.overlay.visible, true);
  });

  test("damaged settings are put aside and the defaults used", async (context) => {
    const shell = Shell.prepare(desk);
    context.after(() => shell.stop());
    writeFileSync(join(shell.data, "settings.json"), "{\"overlay\":");
    await shell.run();
    await desk.window(OVERLAY);
    assert.match(shell.said, /settings\.json\.broken/);
    await until("new settings", () => shell.settings.overlay.visible === true);
  });

  for (const variable of ["WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_DISABLE_DMABUF_RENDERER"]) {
    test(`under ${variable}, which breaks transparency, no overlay is shown and it is said what to do`, async (context) => {
      const shell = await start(context, { env: { [variable]: "1" }, windows: [CONSOLE] });
      await until("the message", () => shell.said.includes(`${variable} is set`));
      await desk.window("no transparency");
      await pause(1_500); // time enough for a window that must not come
      assert.deepEqual(await desk.windows(OVERLAY), []);
      assert.match(shell.said, new RegExp(`env -u ${variable} surtitle`));
    });
  }

  test("in a Wayland session it is said what works through XWayland and what does not", async (context) => {
    const shell = await start(context, { env: { XDG_SESSION_TYPE: "wayland" } });
    await until("the words", () => /Wayland session\. The overlay runs through XWayland.*hot keys are heard only/.test(shell.said));
  });

  test("without the tray's library the program runs and says what to install", async (context) => {
    const libraries = join(desk.folder, "no-indicator");
    mkdirSync(libraries, { recursive: true });
    for (const library of ["libayatana-appindicator3", "libappindicator3"]) {
      for (const suffix of [".so", ".so.1"]) writeFileSync(join(libraries, library + suffix), "not a library");
    }
    const shell = await start(context, { env: { LD_LIBRARY_PATH: libraries } });
    assert.match(shell.said, /no tray icon: install libayatana-appindicator3-1/);
  });

  test("closing the console without a tray asks; Return hides it, the hot key brings it back", async (context) => {
    const shell = await start(context);
    await desk.close("Surtitle");
    const question = await desk.window("Close the console");
    await pause(1_000); // painted a little after it is mapped
    await (await desk.look()).save("close-question");
    await desk.xdotool("windowactivate", "--sync", question, "key", "Return");
    await desk.gone(CONSOLE);
    await shell.press(KEYS.console);
    await desk.window(CONSOLE);
  });

  test("closing the console without a tray asks; Quit ends with code 0", async (context) => {
    const shell = await start(context);
    await desk.close("Surtitle");
    await desk.xdotool("windowactivate", "--sync", await desk.window("Close the console"), "key", "Tab", "Return");
    assert.equal(await shell.process.done, 0, shell.said);
  });

  test("with a tray, closing the console hides it and a second start brings it back", async (context) => {
    context.after(await panel(desk));
    const shell = await start(context);
    await pause(500);
    await desk.close("Surtitle");
    await desk.gone(CONSOLE);
    assert.deepEqual(await desk.windows("Close the console"), []);
    assert.equal(await shell.launch().done, 0);
    await desk.window(CONSOLE);
  });

  for (const [what, spoil, expected] of [
    ["a port in use", async (shell) => {
      const other = createServer().listen(0, "127.0.0.1");
      await new Promise((ready) => other.once("listening", ready));
      shell.url = `http://127.0.0.1:${other.address().port}`;
      return () => other.close();
    }, (shell) => new RegExp(new URL(shell.url).port)],
    ["a database that is not one", async (shell) => {
      writeFileSync(join(shell.data, "surtitle.db"), "not a database, but long enough to look at".repeat(40));
    }, () => /surtitle\.db|database/],
    ["a data directory that is a file", async (shell) => {
      rmSync(shell.data, { recursive: true });
      writeFileSync(shell.data, "");
    }, (shell) => new RegExp(shell.data)],
  ]) {
    test(`${what} is said in a dialog and ends with code 1`, async (context) => {
      const shell = Shell.prepare(desk);
      context.after(() => shell.stop());
      shell.url = "http://127.0.0.1:1";
      const undo = await spoil(shell);
      shell.process = shell.launch();
      const dialog = await desk.window("Surtitle does not start");
      await pause(500); // painted a little after it is mapped
      await (await desk.look()).save(`${name({ name: what })}-dialog`);
      assert.match(shell.said, expected(shell));
      await desk.xdotool("windowactivate", "--sync", dialog, "key", "Return");
      assert.equal(await shell.process.done, 1);
      undo?.();
    });
  }
});
