// surtitle://join/ROOM: opens the viewer window on that room, and nothing else ever.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, afterEach, before, test } from "node:test";
import { until } from "../e2e/program.mjs";
import { Desk, pause } from "./desk.mjs";
import { CONSOLE, Shell, VIEWER, binary } from "./shell.mjs";
import { Driver } from "./webdriver.mjs";

const REFUSED = "^Link not opened$";
const OTHER = "second#room";

let desk;
let driver;
let shell;

before(async () => { desk = await Desk.start(); });

afterEach(async (context) => {
  await (await desk.look()).save(`links-${context.name.replaceAll(/\W+/g, "-")}`);
});

after(async () => {
  await driver?.stop();
  await desk?.stop();
});

const inFront = (title) => until(`${title} in front`, async () =>
  (await desk.xdotool("getactivewindow").catch(() => "")) === (await desk.windows(title))[0]);

/** Follows a link as a browser or another program has it followed. */
const follow = (link) => desk.spawn("xdg-open", [link], { env: shell.env });

/** A second start by this link, without the system's help. */
const start = (link) => shell.launch({}, [link]);

test("a link starts the program where it does not run, with the viewer window in front", async (context) => {
  const first = Shell.prepare(desk);
  context.after(() => first.stop());
  await first.open({ windows: [CONSOLE, VIEWER], args: ["surtitle://join/main"] });
  await inFront(VIEWER);
  assert.match(first.said, /viewer window opens on room "main"/);
  await pause(1_500); // painted after it is mapped
});

test("a hostile link where nothing runs starts no server, and says so", async (context) => {
  const first = Shell.prepare(desk);
  context.after(() => first.stop());
  first.url = "http://127.0.0.1:1"; // a port nobody may listen on: it is not come to that
  first.process = first.launch({}, ["surtitle://join/..%2f..%2fconsole"]);
  const dialog = await desk.window(REFUSED);
  await pause(500); // painted a little after it is mapped
  await (await desk.look()).save("links-refused");
  assert.match(first.said, /link "surtitle:\/\/join\/\.\.%2f\.\.%2fconsole" opens nothing/);
  assert.doesNotMatch(first.said, /listening|127\.0\.0\.1/);
  await desk.xdotool("windowactivate", "--sync", dialog, "key", "Return");
  assert.equal(await first.process.done, 1);
  assert.ok(!existsSync(join(first.data, "secrets.json")), "nothing was written");
});

test("the system hands links over once the console was told so", async () => {
  driver = await Driver.start(desk);
  shell = driver.shell;
  const { host } = JSON.parse(readFileSync(join(shell.data, "secrets.json"), "utf8"));
  const api = (path, more) => fetch(`${shell.url}/api${path}`, { ...more, headers: { authorization: `Bearer ${host}`, "content-type": "application/json" } });
  const { apps } = await (await api("/apps")).json();
  const made = await api(`/apps/${apps[0].id}/rooms`, { method: "POST", body: JSON.stringify({ name: "Second", id: OTHER }) });
  assert.equal(made.status, 201, await made.text());

  await driver.window("/console");
  await driver.click("[data-test=nav-connect]");
  const shown = () => driver.run("const box = document.querySelector('[data-test=computer-links]'); return box && !box.disabled && box.checked;");
  assert.equal(await shown(), false, "not by itself");
  await driver.click("[data-test=computer-links]");
  await until("the switch", shown);
  const entry = join(desk.folder, ".local/share/applications", `${binary.split("/").at(-1)}-handler.desktop`);
  assert.match(readFileSync(entry, "utf8"), /^MimeType=x-scheme-handler\/surtitle;?$/m);
  await driver.run("document.querySelector('[data-test=computer]').scrollIntoView();");
  await pause(500); // painted after it is scrolled
});

test("with the program running a link opens its viewer window, and no second program", async () => {
  const followed = follow(`surtitle://join/${encodeURIComponent(OTHER)}`);
  assert.equal(await followed.done, 0, followed.said);
  await desk.window(VIEWER);
  await inFront(VIEWER);
  await driver.window("/viewer/second%23room");
  await driver.find("[data-test=link-state][data-state=joined]");
  assert.equal(await driver.run("return window.__SURTITLE__.token ?? null;"), null);
});

test("a link to the same room leaves the page alone, to another one shows that", async () => {
  await driver.window("/viewer/second%23room");
  await driver.run("window.before = true;");
  assert.equal(await start("surtitle://join/second%23room").done, 0);
  await shell.putAway(VIEWER);
  assert.equal(await start("surtitle://join/second%23room").done, 0);
  await inFront(VIEWER);
  assert.equal(await driver.run("return window.before === true;"), true, "the page is the same");

  assert.equal(await start("SURTITLE://join/main").done, 0);
  await driver.window("/viewer/main");
  await driver.find("[data-test=link-state][data-state=joined]");
  assert.deepEqual((await desk.windows(VIEWER)).length, 1);
});

test("a link to a room that is not here says so on the page", async () => {
  assert.equal(await start("surtitle://join/nobody-is-here").done, 0);
  await driver.window("/viewer/nobody-is-here");
  await until("the words", () => driver.run("return /no such room/i.test(document.body.innerText);"));
});

test("hostile links open nothing, whichever way they come", async (context) => {
  const asked = [];
  const elsewhere = createServer((request, response) => {
    asked.push(request.url);
    response.end();
  });
  await new Promise((ready) => elsewhere.listen(0, "127.0.0.1", ready));
  context.after(() => elsewhere.close());
  const away = `127.0.0.1:${elsewhere.address().port}`;
  await desk.close("Surtitle viewer");
  await desk.gone(VIEWER);

  const hostile = ["surtitle://join", "surtitle://open/main", `surtitle://join/http://${away}/`, `surtitle://join//${away}/`,
    `surtitle://${away}/join/main`, `surtitle://join@${away}/main`, "surtitle://join/../console", "surtitle://join/%2e%2e",
    "surtitle://join/main?token=x", "surtitle://join/<img src=x>", "surtitle://join/main%0aquit", `surtitle://join/${"x".repeat(5_000)}`,
    "surtitle:quit"];
  // As any program on the bus may do, past the check of a second start.
  for (const link of hostile) {
    await desk.run("dbus-send", ["--session", "--print-reply", "--dest=io.github.surtitle.SingleInstance",
      "/io/github/surtitle/SingleInstance", "org.SingleInstance.DBus.ExecuteCallback",
      `array:string:surtitle,${link}`, "string:/"]);
  }
  await until("every refusal", () => shell.said.match(/link ".*" opens nothing/g)?.length === hostile.length);

  const second = start(hostile[2]);
  const dialog = await desk.window(REFUSED);
  await desk.xdotool("windowactivate", "--sync", dialog, "key", "Return");
  assert.equal(await second.done, 1);

  assert.deepEqual(await desk.windows(VIEWER), []);
  assert.deepEqual(asked, []);
  await driver.window("/console");
  assert.equal(await start("surtitle://join/main").done, 0, "and it goes on as before");
  await desk.window(VIEWER);
});

test("what is neither a command nor a link is a mistake on the command line", async () => {
  const mistaken = start("http://join/main");
  assert.equal(await mistaken.done, 2);
  assert.match(mistaken.said, /neither a command nor a surtitle: link/);
  const both = shell.launch({}, ["surtitle://join/main", "serve"]);
  assert.notEqual(await both.done, 0);
});

test("the console takes links back from this program", async () => {
  await driver.window("/console");
  await driver.click("[data-test=computer-links]");
  await until("the switch", () => driver.run("const box = document.querySelector('[data-test=computer-links]'); return !box.disabled && !box.checked;"));
  const followed = follow("surtitle://join/main");
  assert.notEqual(await followed.done, 0);
});
