// The console and the viewer window through WebDriver, and what their pages may not do.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, afterEach, before, test } from "node:test";
import { until } from "../e2e/program.mjs";
import { Desk, pause } from "./desk.mjs";
import { CONSOLE, KEYS, OVERLAY, VIEWER } from "./shell.mjs";
import { Driver } from "./webdriver.mjs";

let desk;
let driver;
let shell;

before(async () => {
  desk = await Desk.start();
  driver = await Driver.start(desk, { settings: { hotKeys: { viewer: "Ctrl+Alt+Shift+V" } } });
  shell = driver.shell;
  await desk.window(OVERLAY);
});

afterEach(async (context) => {
  await (await desk.look()).save(`console-${context.name.replaceAll(/\W+/g, "-")}`);
});

after(async () => {
  await driver?.stop();
  await desk?.stop();
});

/** Where gift cards stack: the left column, above the feed. */
const cards = () => ({ x: 0, y: Math.round(desk.height * 0.3), width: Math.round(desk.width * 0.4), height: Math.round(desk.height * 0.65) });

/** Waits until a gift card of some size is on the screen, over the bare picture. */
async function card(title) {
  await shell.putAway(title);
  const before = desk.backdrop;
  const seen = await until("a gift card on the screen", async () => {
    const look = await desk.look();
    return look.drawn(before, cards()) > 12_000 && look;
  }, 15_000);
  return seen;
}

test("the console window signs in by itself as host", async () => {
  await driver.window("/console");
  await until("the console", () => driver.run("return document.querySelector('[data-test=nav-rehearse]')?.checkVisibility() ?? false;"));
  const signin = await driver.run("return document.querySelector('[data-test=signin]')?.checkVisibility?.() ?? false;");
  assert.equal(signin, false);
  const shown = await desk.geometry(await desk.window(CONSOLE));
  assert.deepEqual([shown.width, shown.height], [1280, 800]);
  await pause(1_000); // painted after the page has said it is ready
});

test("a gift rehearsed in the console window is drawn on the overlay window", async () => {
  await driver.window("/console");
  await driver.click("[data-test=nav-rehearse]");
  await driver.click("[data-test=rehearse-gift]");
  await driver.window("/overlay/main");
  await driver.find(".gift-card[data-gift]", 10_000);
  await (await card(CONSOLE)).save("rehearsed-gift-over-picture");
});

test("a gift given in the viewer window is drawn on the overlay window", async () => {
  await shell.press(KEYS.clear);
  await until("no card", async () => (await desk.look()).drawn(desk.backdrop, cards()) < 3_000);
  await shell.press(KEYS.viewer);
  await desk.window(VIEWER);
  await driver.window("/viewer/main");
  await driver.find("[data-test=link-state][data-state=joined]");
  await driver.type("[data-test=nick-input]", "Sora");
  await driver.click("[data-test=nick-take]");
  await until("a name", () => driver.run("return document.querySelector('[data-test=composer]')?.checkVisibility() ?? false;"));
  await driver.click("[data-test=gift-open]");
  await driver.click("[data-test=gift-item][data-gift=rocket]");
  await pause(1_000); // painted after the page has said it is ready
  await (await desk.look()).save("viewer-window");
  await driver.click("[data-test=gift-send]");
  await driver.window("/overlay/main");
  await driver.find(".gift-card[data-gift=rocket]", 10_000);
  await (await card(VIEWER)).save("given-gift-over-picture");
});

test("no page reaches a command of Tauri's", async () => {
  const calls = [
    ["plugin:store|load", "{ path: 'x.json' }"],
    ["plugin:clipboard-manager|read_text", "{}"],
    ["plugin:global-shortcut|is_registered", "{ shortcut: 'Ctrl+A' }"],
    ["plugin:dialog|message", "{ message: 'x' }"],
    ["plugin:window|close", "{}"],
    ["plugin:deep-link|register", "{ protocol: 'surtitle' }"],
    ["plugin:deep-link|get_current", "{}"],
    ["plugin:webview|create_webview_window", "{ options: { label: 'x' } }"],
  ];
  for (const page of ["/console", "/overlay/main", "/viewer/main"]) {
    await driver.window(page);
    for (const [name, input] of calls) {
      const answer = await driver.run(`
        if (!window.__TAURI_INTERNALS__) return "thrown: not there";
        return "granted: " + JSON.stringify(await window.__TAURI_INTERNALS__.invoke("${name}", ${input}));`);
      assert.match(answer, /^thrown: /, `${page}: ${name}: ${answer}`);
    }
  }
});

test("a page reaches the commands of its own window only, and they do no more than they are for", async () => {
  const call = (name, input) => driver.run(`
    try { return JSON.stringify(await window.__TAURI_INTERNALS__.invoke("${name}", ${JSON.stringify(input)})); }
    catch (error) { return "refused: " + JSON.stringify(error); }`);
  for (const page of ["/console", "/viewer/main"]) {
    await driver.window(page);
    for (const [name, input] of [["hits", { rects: [[0, 0, 9_999, 9_999]] }], ["press", { what: "hide" }]]) {
      assert.match(await call(name, input), /^refused: .*not allowed/, `${page}: ${name}`);
    }
  }
  for (const page of ["/overlay/main", "/viewer/main"]) {
    await driver.window(page);
    for (const [name, input] of [["desktop", {}], ["opacity", { percent: 20 }], ["links", {}],
      ["bell", {}], ["set_bell", { settings: {} }], ["try_bell", {}]]) {
      assert.match(await call(name, input), /^refused: .*not allowed/, `${page}: ${name}`);
    }
  }
  await driver.window("/overlay/main");
  for (const what of ["quit", "viewer", "clear", "monitor:0:X", "hold", ""]) {
    assert.match(await call("press", { what }), /^refused: .*not_a_control/, what);
  }
  assert.match(await call("hits", { rects: "all" }), /^refused: /);
  assert.match(await call("hits", { rects: [[0, 0]] }), /^refused: /);
  assert.deepEqual(JSON.parse(await call("hits", { rects: [] })), { taken: false, opacity: 100 });
});

test("the console's window shows the overlay windows and sets their opacity", async () => {
  await driver.window("/console");
  await driver.click("[data-test=nav-connect]");
  await until("the window in words", () =>
    driver.run("return document.querySelector('[data-test=desktop-windows]')?.textContent === 'Overlay windows: main on the primary monitor.';"));
  const set = (percent) => driver.run(`
    const slider = document.querySelector("[data-test=desktop-opacity]");
    slider.value = "${percent}";
    slider.dispatchEvent(new Event("input"));`);
  await set(40);
  await until("40 %", () => shell.settings.overlay.opacity === 40);
  await shell.press(KEYS.stronger);
  await until("the slider follows the hot key", () => driver.run("return document.querySelector('[data-test=desktop-opacity]').value === '50';"));
  await set(100);
  await until("100 %", () => shell.settings.overlay.opacity === 100);
  assert.equal(await driver.run("return document.querySelectorAll('.desktop-limit').length;"), 0);
  await shell.press(KEYS.console);
  await pause(1_000); // painted after the page has said it is ready
});

test("no window leaves the server's origin, and its token stays at home", async () => {
  const asked = [];
  const other = createServer((request, response) => {
    asked.push(request.url);
    response.setHeader("content-type", "text/html").end("<title>elsewhere</title>");
  });
  await new Promise((ready) => other.listen(0, "127.0.0.1", ready));
  const elsewhere = `http://127.0.0.1:${other.address().port}/away`;
  try {
    await driver.window("/console");
    const kept = await driver.run(`
      const token = window.__SURTITLE__.token;
      location.href = ${JSON.stringify(elsewhere)};
      await new Promise((next) => setTimeout(next, 1500));
      return [location.pathname, typeof token, Object.isFrozen(window.__SURTITLE__)];`);
    assert.deepEqual(kept, ["/console", "string", true]);
    assert.deepEqual(asked, []);
  } finally {
    await new Promise((done) => other.close(done));
  }
});

test("the viewer window has no token and the overlay's is not the host's", async () => {
  const tokens = {};
  for (const page of ["/console", "/overlay/main", "/viewer/main"]) {
    await driver.window(page);
    tokens[page] = await driver.run("return window.__SURTITLE__.token ?? null;");
  }
  assert.equal(tokens["/viewer/main"], null);
  assert.ok(tokens["/overlay/main"]);
  assert.notEqual(tokens["/console"], tokens["/overlay/main"]);
});
