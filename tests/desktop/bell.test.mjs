// Notifications of the desktop for gifts and questions, as a daemon on the session bus is told them.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { client, until } from "../e2e/program.mjs";
import { Desk, pause } from "./desk.mjs";
import { host } from "./host.mjs";
import { Notifications } from "./notifications.mjs";
import { Driver } from "./webdriver.mjs";

let daemon;
let desk;
let driver;
let shell;
let seen = 0;
let cid = 0;

before(async () => {
  desk = await Desk.start();
  daemon = await Notifications.start(desk);
  driver = await Driver.start(desk);
  shell = driver.shell;
  await driver.window("/console");
  await driver.click("[data-test=nav-connect]");
  await driver.find("[data-test=computer-gifts]");
});

afterEach(async (context) => {
  await (await desk.look()).save(`bell-${context.name.replaceAll(/\W+/g, "-")}`);
});

after(async () => {
  await driver?.stop();
  daemon?.stop();
  await desk?.stop();
});

/** The notification after those that were looked at. */
async function next(ms = 20_000) {
  const notice = await until("a notification", () => daemon.told[seen], ms);
  seen += 1;
  return notice;
}

/** Somebody in the room; what they do is done when it is answered. */
async function somebody(context, nick) {
  const who = await client(shell, nick);
  context.after(() => who.socket.close());
  const answered = (mine) => until("an answer", () => who.frames.find((f) => (f.cid ?? f.re) === mine && f.t !== "error"));
  return {
    async give(gift, count = 1) {
      who.send({ t: "send", cid: (cid += 1), body: { kind: "gift", gift, count } });
      await answered(cid);
    },
    async ask(text) {
      who.send({ t: "inquire", cid: (cid += 1), ask: { ask: "new", text } });
      await answered(cid);
    },
  };
}

const settings = () => shell.settings.notifications;

async function turn(what, on) {
  await driver.click(`[data-test=computer-${what}]`);
  await until(`${what} ${on}`, () => settings()[what] === on);
}

test("off, as at first, nothing is told; from when it is on, gifts are", async (context) => {
  assert.deepEqual(settings(), { gifts: false, questions: false, language: "en" });
  const [mika, sora] = [await somebody(context, "Mika"), await somebody(context, "Sora")];
  await mika.give("rose");
  await mika.ask("How big is it?");
  await turn("gifts", true);
  await sora.ask("And how heavy?");
  await sora.give("cake", 3);
  const notice = await next();
  assert.deepEqual([notice.app, notice.title, notice.text], ["Surtitle", "Gift from Sora", "Cake ×3"]);
  assert.match(notice.hints, /transient/);
  assert.match(notice.hints, /suppress-sound/);
});

test("gifts of one moment are one notification, and two are seconds apart", async (context) => {
  const all = await Promise.all(["Mika", "Sora", "Noor", "Ada"].map((nick) => somebody(context, nick)));
  await Promise.all(all.map((one) => one.give("rose", 2)));
  const before = daemon.told[seen - 1].at;
  const notice = await next();
  assert.equal(notice.title, "8 gifts");
  assert.match(notice.text, /^(Mika|Sora|Noor|Ada), \w+, \w+ and others$/);
  assert.ok(notice.at - before > 5_000, `${notice.at - before} ms apart`);
});

test("a question says who asks, not what, and markup in a name stays text", async (context) => {
  await turn("questions", true);
  const mika = await somebody(context, "<b>M</b>&Co");
  await mika.ask("<a href='https://evil.example'>press here</a>");
  const notice = await next();
  assert.deepEqual([notice.title, notice.text], ["1 new question", "&lt;b&gt;M&lt;/b&gt;&amp;Co"]);

  daemon.can = ["body"];
  context.after(() => { daemon.can = ["body", "body-markup"]; });
  await mika.ask("And this?");
  assert.equal((await next()).text, "<b>M</b>&Co", "a desktop without markup is told the name as it is");
});

test("a rehearsal is not told", async (context) => {
  const room = await host(shell);
  context.after(() => room.close());
  room.run({ do: "rehearse", act: "gift" });
  room.run({ do: "rehearse", act: "everything" });
  const sora = await somebody(context, "Sora");
  await pause(1_500); // time enough for what must not come to be folded in
  await sora.give("rose");
  assert.deepEqual((({ title, text }) => [title, text])(await next()), ["Gift from Sora", "Rose ×1"]);
});

test("they speak as the console does", async (context) => {
  await driver.run("localStorage.setItem('surtitle.language', 'ja'); setTimeout(() => location.reload(), 0);");
  await until("Japanese", () => settings().language === "ja");
  const sora = await somebody(context, "Sora");
  await sora.give("rose");
  assert.equal((await next()).title, "Sora さんからギフト");
  await driver.click("[data-test=nav-connect]");
  await driver.click("[data-test=computer-sample]");
  assert.equal((await next()).title, "通知を表示できます");
});

test("turned off again, nothing is told, and nothing stands still where nobody shows any", async (context) => {
  await turn("gifts", false);
  await turn("questions", false);
  const sora = await somebody(context, "Sora");
  await sora.give("rose");
  await sora.ask("Does anybody hear this?");
  await driver.click("[data-test=computer-sample]");
  assert.equal((await next()).title, "通知を表示できます");
  await pause(1_500); // time enough for what must not come
  assert.equal(daemon.told.length, seen);

  daemon.stop();
  await driver.click("[data-test=computer-sample]");
  await until("why not", () => driver.run("return /org\\.freedesktop\\.Notifications/.test(document.querySelector('[data-test=computer-said]').textContent);"));
  await turn("gifts", true);
  await sora.give("rose");
  await until("the warning", () => /no notification is shown/.test(shell.said));
});
