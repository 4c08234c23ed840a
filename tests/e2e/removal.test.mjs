// What is taken off is gone: from every page and picture, from speech, placards, history and the vendor's SDK, and after a restart.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { PNG } from "pngjs";
import { Program, binary, browser, client, hostClient, hostConsole, open, overlay, until } from "./program.mjs";
import { account, heard, join, lists, site, visit } from "./vendor.mjs";

/** Longest from the command to the last page without the text, ms. One unhurried round must keep it. */
const LIMIT = 200;
/** A busy machine may need more than one. */
const ROUNDS = 5;

let program, chrome, host, sig, ann, bob, pages, app, reader, newcomer;
before(async () => {
  program = await Program.start();
  chrome = await browser(["--autoplay-policy=no-user-gesture-required"]);
  host = await hostClient(program);
  sig = execFileSync(binary, ["usersig", "administrator", "--data", program.data], { encoding: "utf8" }).trim();
  await host.look({ speech: { on: true, comments: true }, feed: { seconds: 0 }, danmaku: { seconds: 30 } });
  ann = await client(program, "Ann");
  bob = await client(program, "Bob");
  // Something stays, and does not fly: the overlay comes later.
  say(bob, "good evening");
  await entry("good evening");
  const picture = await overlay(chrome, program);
  await picture.addInitScript(mute);
  await picture.reload();
  const desk = await hostConsole(chrome, program);
  const guest = await open(chrome, `${program.url}/viewer/main`);
  pages = { picture, desk, guest };
  app = await site();
  reader = await account(chrome, program, app.url, "reader");
  newcomer = await account(chrome, program, app.url, "newcomer");
  await join(reader);
  await until("the overlay is heard", () => picture.evaluate(() => window.__overlay?.voice().chosen));
});
after(async () => {
  for (const { socket } of [host, ann, bob]) socket.close();
  await chrome?.close();
  app?.close();
  await program?.stop();
});

/** A voice that never ends its first line, so that the others wait. */
function mute() {
  let speaking = [];
  Object.defineProperty(window, "speechSynthesis", { value: {
    get texts() { return speaking.map(({ text }) => text); },
    getVoices: () => [],
    speak: (words) => speaking.push(words),
    cancel() {
      const gone = speaking;
      speaking = [];
      for (const words of gone) words.dispatchEvent(new Event("error"));
    },
  } });
}

let cid = 0;
const say = (who, text) => who.send({ t: "send", cid: (cid += 1), body: { kind: "comment", text } });
const entry = (text) => until(`entry ${text}`, () =>
  host.frames.filter((f) => f.t === "log").flatMap((f) => f.entries).find(({ event }) => event.text === text)?.event);
const holds = (page, text) => page.evaluate((text) => document.documentElement.outerHTML.includes(text), text);
const flight = (page, text) => page.evaluate((text) =>
  window.__overlay.danmaku.live().find((line) => line.text === text), text);
/** The last messages as SDKs and back ends read them. */
async function history() {
  const { sdkappid } = program.secrets;
  const query = new URLSearchParams({ sdkappid, identifier: "administrator", usersig: sig, random: `${Math.random() * 2 ** 31 | 0}`, contenttype: "json" });
  const body = JSON.stringify({ GroupId: "main", ReqMsgNumber: 20 });
  const answer = await fetch(`${program.url}/v4/group_open_http_svc/group_msg_get_simple?${query}`, { method: "POST", body });
  const text = await answer.text();
  assert.equal(JSON.parse(text).ErrorCode, 0, text);
  return text;
}

/** Notes when the page no longer holds the text, in its elements or in the air. */
const watch = (page, text) => page.evaluate((text) => {
  window.gone = new Promise((done) => {
    const end = Date.now() + 5_000;
    const look = () => {
      const flies = window.__overlay?.danmaku.live().some((line) => line.text === text);
      if ((flies || document.documentElement.outerHTML.includes(text)) && Date.now() < end) return;
      clearInterval(timer);
      done(Date.now());
    };
    const timer = setInterval(look, 4);
  });
}, text);

/** How much is drawn in a band of the picture. */
async function ink(page, { y, h }) {
  const band = { x: 0, y: Math.floor(y), width: 1920, height: Math.ceil(h) };
  const { data } = PNG.sync.read(await page.screenshot({ omitBackground: true, clip: band }));
  let drawn = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i] > 0) drawn += 1;
  return drawn;
}

/** Says a line of Ann's, brings it on every surface, and returns it. */
async function everywhere(text) {
  const { picture, desk, guest } = pages;
  say(ann, text);
  const event = await entry(text);
  await host.run({ do: "pin", id: event.id });
  await host.run({ do: "place", placard: { id: "asked", kind: "question", event: event.id } });
  for (const page of [picture, desk, guest]) await until("it is there", () => holds(page, text));
  await until("it is pinned", () => picture.locator(".pinned", { hasText: text }).count());
  await until("it is asked", () => guest.locator("[data-test=placard]", { hasText: text }).count());
  const { y, h } = await until("it flies", () => flight(picture, text));
  await until("it is drawn", () => ink(picture, { y, h }));
  await until("it is spoken or waits", () => picture.evaluate(() => {
    const { speaking, waiting } = window.__overlay.voice();
    return (speaking !== null) + waiting > 0;
  }));
  assert.ok((await history()).includes(text), "SDK history has it");
  const sdk = await until("an SDK is given it", () => heard(reader, text));
  return { event, lane: { y, h }, sdk };
}

/** Nothing has it, whoever asks and however. */
async function nowhere(text, lane) {
  const { picture, desk, guest } = pages;
  for (const page of Object.values(pages)) assert.ok(!await holds(page, text), `${await page.title()} holds it`);
  assert.equal(await flight(picture, text), undefined);
  assert.equal(await ink(picture, lane), 0, "something is drawn where it flew");
  const voice = await picture.evaluate(() => ({ ...window.__overlay.voice(), said: speechSynthesis.texts }));
  assert.ok(!JSON.stringify(voice).includes(text), JSON.stringify(voice));
  assert.ok(!(await history()).includes(text), "SDK history has it");
  assert.ok(!(await lists(reader)).includes(text), "an SDK's lists have it");
  assert.ok(!(await visit(newcomer, "good evening")).includes(text), "an SDK that joins later is given it");
  for (const page of [desk, guest, picture]) {
    await page.reload();
    await until("the page is back", () => page.evaluate(() => document.readyState === "complete"));
  }
  await until("the console lists again", () => desk.locator("[data-test=entry]").count());
  await until("the viewer lists again", () => guest.locator("[data-test=message]").count());
  await until("the overlay is back", () => picture.evaluate(() => window.__overlay?.position !== undefined));
  for (const page of Object.values(pages)) assert.ok(!await holds(page, text), "it comes back with a reload");
  const late = await client(program);
  const joined = await until("history", () => late.frames.find((f) => f.t === "joined"));
  assert.ok(!JSON.stringify(joined).includes(text), "history on join has it");
  late.socket.close();
}

/** Says, takes off by `command`, and measures; returns the slowest page's ms. */
async function round(text, command) {
  const { event, lane, sdk } = await everywhere(text);
  for (const page of Object.values(pages)) await watch(page, text);
  const sent = Date.now();
  await host.run(command(event));
  const times = { join: Date.now() - sent };
  assert.ok(!(await visit(newcomer, "good evening")).includes(text), "an SDK that joins at once is given it");
  times.reader = await until("an SDK takes it back", () => reader.evaluate((id) => taken.get(id), sdk)) - sent;
  for (const [name, page] of Object.entries(pages)) times[name] = (await page.evaluate(() => window.gone)) - sent;
  while ((await history()).includes(text)) assert.ok(Date.now() - sent < 5_000, "history keeps it");
  times.history = Date.now() - sent;
  await nowhere(text, lane);
  return times;
}

test("a line that is taken off is nowhere, on any surface, within a fifth of a second", async (t) => {
  let best;
  for (let n = 0; n < ROUNDS && !(best?.slowest <= LIMIT); n += 1) {
    const times = await round(`Zanzibar-${n}-Kumquat`, ({ id }) => ({ do: "remove", id }));
    // The history is asked only after the pages were.
    const slowest = Math.max(times.picture, times.desk, times.guest, times.reader, times.join);
    if (!best || slowest < best.slowest) best = { ...times, slowest };
  }
  t.diagnostic(`gone after ${JSON.stringify(best)} ms`);
  assert.ok(best.slowest <= LIMIT, JSON.stringify(best));
});

test("everything by somebody who is muted goes with them", async () => {
  const text = "Oxymoron-Quince";
  const { event, lane, sdk } = await everywhere(text);
  say(ann, "Oxymoron-second");
  await until("the second is there", () => holds(pages.guest, "Oxymoron-second"));
  await host.run({ do: "mute", user: event.from.id, seconds: 60 });
  for (const page of Object.values(pages)) await until("gone", async () => !await holds(page, "Oxymoron"));
  await until("an SDK takes it back", () => reader.evaluate((id) => taken.has(id), sdk));
  await nowhere(text, lane);
  await host.run({ do: "mute", user: event.from.id, seconds: 0 });
});

test("what was taken off does not come back with a restart", async () => {
  const text = "Archipelago-Damson";
  const { event } = await everywhere(text);
  await host.run({ do: "remove", id: event.id });
  await until("written down", () => host.frames.findLast((f) => f.stats)?.stats.accounts.removed > 0);
  await until("gone", async () => !await holds(pages.picture, text));
  say(ann, "last of all");
  await entry("last of all");
  await program.restart("SIGTERM");
  const again = await hostClient(program);
  const desk = again.frames.find((f) => f.t === "desk");
  assert.ok(desk.entries.some(({ event }) => event.text === "last of all"));
  assert.ok(!JSON.stringify(desk).includes(text), "the console has it again");
  const guest = await client(program);
  await until("joined", () => guest.frames.find((f) => f.t === "joined"));
  assert.ok(!JSON.stringify(guest.frames).includes(text));
  for (const { socket } of [again, guest]) socket.close();
  for (const page of [...Object.values(pages), reader, newcomer]) assert.deepEqual(page.problems, []);
});
