// Hostile text and addresses in every field, on every page, in real Chromium: nothing runs, nothing grows, nothing is fetched.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Program, browser, client, out, until } from "../e2e/program.mjs";
import { FIELDS, Writer, placeAll } from "./fields.mjs";
import { OUTSIDE, PAYLOADS, chosen } from "./payloads.mjs";
import { clean, misdeeds, watched } from "./witness.mjs";

/** A native connection reads 20 frames a second, a room delivers 40. */
const PAUSE_MS = 60;
/** Requests of a back end at once. */
const ABREAST = 8;
const NAMED = `"><img src=x onerror=alert(1)>`;
const folder = mkdtempSync(join(tmpdir(), "surtitle-xss-"));
let program;
let chrome;
let writer;
let beat;
/** A server on this machine that no page and no program may ask; the paths it was asked for. */
const asked = [];
const trap = createServer((request, response) => { asked.push(request.url); response.end(); });
before(async () => {
  await new Promise((ready) => trap.listen(0, "127.0.0.1", ready));
  const config = join(folder, "surtitle.toml");
  writeFileSync(config, `room_name = '${NAMED}'\nhost_name = '<svg onload=alert(1)>'\nbudget = 1000\n`);
  program = await Program.start(["--config", config]);
  chrome = await browser();
  writer = new Writer(program, await client(program, "Mallory"));
  writer.cid = 0;
  writer.desk = await desk();
  // A socket that says nothing for a minute is closed.
  beat = setInterval(() => [writer.viewer, writer.desk].forEach(({ send }) => send({ t: "ping", n: 1 })), 15_000);
});
after(async () => {
  clearInterval(beat);
  writer?.viewer.socket.close();
  writer?.desk.socket.close();
  await chrome?.close();
  await program?.stop();
  trap.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A console's bare connection. */
async function desk() {
  const { default: WebSocket } = await import("ws");
  const socket = new WebSocket(`${program.url.replace("http", "ws")}/ws`);
  await new Promise((ready, fail) => { socket.onopen = ready; socket.onerror = fail; });
  const frames = [];
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  const send = (frame) => socket.send(JSON.stringify(frame));
  send({ t: "hello", v: 1, token: program.secrets.host });
  send({ t: "monitor" });
  const first = await until("the desk", () => frames.find((frame) => frame.t === "desk"));
  writer.look = first.stats.displays.find(({ name }) => name === "main").look;
  return { socket, frames, send };
}

/** Comments the console was told of so far. */
function heard() {
  const entries = writer.desk.frames.flatMap((frame) => (frame.t === "log" ? frame.entries : []));
  return entries.filter(({ event }) => event.kind === "comment").length;
}

/** Addresses of the trap, and of where it would be in a private network. */
function local() {
  const { port } = trap.address();
  const hosts = ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1", "0.0.0.0", "[::1]", "[::ffff:7f00:1]", "10.0.0.1", "192.168.0.1", "172.16.0.1"];
  const urls = hosts.flatMap((host) => [`http://${host}:${port}/a.png`, `http://${host}/a.png`]);
  return [...urls, ...urls.map((url) => `.layers{background:url(${url})}`)];
}

/** Every page there is, with the tokens it needs. */
async function surfaces(bare) {
  const { context, problems } = await watched(chrome, program.url, { bare });
  // The viewer's page is Mallory's too: what is told to one alone is on a screen.
  const { token } = writer.viewer.frames.find(({ t }) => t === "named");
  await context.addInitScript(([origin, display, host, viewer]) => {
    if (location.origin !== origin) return;
    localStorage.setItem("surtitle.display.main", display);
    localStorage.setItem("surtitle.console", host);
    localStorage.setItem("surtitle.viewer", viewer);
  }, [program.url, program.secrets.display, program.secrets.host, token]);
  const open = async (path) => {
    const page = await context.newPage();
    await page.goto(program.url + path);
    return page;
  };
  return { context, problems, pages: { overlay: await open("/overlay/main"), console: await open("/console"), viewer: await open("/viewer/main"), board: await open("/board/main") } };
}

/** Opens what is behind a button, if it is not open already. */
async function press(page, selector) {
  const button = page.locator(selector);
  await button.waitFor();
  if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
}

/** Goes through every view of the console and every part of Developers. */
async function look(page) {
  const rail = page.locator(".rail-button:not(.scheme)");
  for (let n = 0; n < (await rail.count()); n += 1) {
    await rail.nth(n).click();
    const tabs = page.locator("[role=tab]:visible");
    for (let t = 0; t < (await tabs.count()); t += 1) await tabs.nth(t).click();
  }
  await page.locator("[data-test=nav-developers]").click();
  await page.locator("[data-test=tab-rooms]").click();
  await page.locator('[data-test="room-main"]').click();
  await page.locator("[data-test=room-messages] li").first().waitFor();
}

test("the witnesses see what must not happen", async () => {
  const { context, problems } = await watched(chrome, program.url, { bare: true });
  const page = await context.newPage();
  await page.goto(`${program.url}/viewer/main`);
  const wrong = `<img src=x onerror=alert(1)><img src=${OUTSIDE}/a.png><iframe srcdoc=x></iframe>`;
  await page.evaluate((markup) => document.body.insertAdjacentHTML("beforeend", markup), wrong);
  await until("a script that ran", async () => (await misdeeds(page)).some((deed) => deed.startsWith("alert")));
  await fetch(`http://127.0.0.1:${trap.address().port}/seen`);
  assert.deepEqual(asked.splice(0), ["/seen"]);
  await until("a request", () => problems.some((problem) => problem.includes(OUTSIDE)));
  assert.ok((await misdeeds(page)).some((deed) => deed.includes("iframe")));
  await context.close();
});

test("no payload in any field runs, grows or fetches anything on any page", async (t) => {
  // With the content policy, as it is served; and without, so that the code alone must hold.
  const served = await surfaces(false);
  const bare = await surfaces(true);
  const all = [served, bare];
  for (const { name, must, native, of: list = PAYLOADS, local: near, before: first, at: doors, seen, sample, write } of FIELDS) {
    await first?.(writer);
    for (const { pages } of all) for (const [page, door] of Object.entries(doors ?? {})) await press(pages[page], door);
    const of = [...chosen(list, name, sample), ...(near ? local() : [])];
    const before = heard();
    for (let n = 0; n < of.length; n += native ? 1 : ABREAST) {
      await Promise.all(of.slice(n, n + (native ? 1 : ABREAST)).map((payload) => write(writer, payload)));
      if (native) await new Promise((next) => setTimeout(next, PAUSE_MS));
    }
    for (const { pages, problems } of all) for (const [page, at] of Object.entries(pages)) await clean(`${name}, ${page}`, at, problems);
    assert.deepEqual([name, asked], [name, []]);
    for (const [page, selector] of Object.entries(seen ?? {})) {
      await until(`${name} on the ${page}`, () => served.pages[page].locator(selector).count());
    }
    if (!must) continue;
    // What was cleaned away altogether, or said twice once cleaned, is few.
    const lines = heard() - before;
    assert.ok(lines > of.length * 0.8, `${name}: ${lines} lines of ${of.length}`);
  }
  await placeAll(writer, NAMED);
  t.diagnostic(`${PAYLOADS.length} payloads, ${FIELDS.length} fields`);
  for (const { pages, problems } of all) {
    assert.ok((await pages.overlay.locator(".feed-line").count()) > 0);
    assert.ok((await pages.viewer.locator("[data-test=message]").count()) > 100);
    // The room's own name is one of them.
    assert.match(await pages.viewer.locator("body").textContent(), /onerror=alert\(1\)/);
    await look(pages.console);
    await pages.overlay.reload();
    await pages.viewer.reload();
    await until("the overlay is back", () => pages.overlay.locator(".feed-line").count());
    for (const sheet of ["shop", "wallet", "ask"]) {
      await pages.viewer.locator(`[data-test=sheet-open][data-sheet=${sheet}]`).click();
      await until(`something in ${sheet}`, () => pages.viewer.locator(`[data-sheet=${sheet}] :is([data-test=shelf-product], [data-test=wallet-claim], [data-test=asked])`).count());
      await clean(`the viewer's ${sheet}`, pages.viewer, problems);
    }
    await until("placards are back", async () => (await pages.viewer.locator("[data-test=placard]").count()) >= 7);
    for (const [page, at] of Object.entries(pages)) await clean(`in the end, ${page}`, at, problems);
  }
  await served.pages.console.screenshot({ path: `${out}/xss-console.png` });
  assert.deepEqual(asked, []);
  await served.pages.overlay.screenshot({ path: `${out}/xss-overlay.png` });
  for (const { context } of all) await context.close();
});
