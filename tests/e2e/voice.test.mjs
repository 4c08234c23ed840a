// What is heard: sounds and lines read aloud, on real overlay pages in real Chromium.
// Only the system's voices are played by the test: a machine without a sound card
// has none that speak to the end.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Program, browser, client, hostClient, hostConsole, open, overlay, until } from "./program.mjs";

let program;
let chrome;
let host;
before(async () => {
  program = await Program.start();
  // As in OBS: pages may sound without a click.
  chrome = await browser(["--autoplay-policy=no-user-gesture-required"]);
  host = await hostClient(program);
});
after(async () => {
  host?.socket.close();
  await chrome?.close();
  await program?.stop();
});

let cid = 0;
const send = (who, body) => who.send({ t: "send", cid: (cid += 1), body });
const say = (who, text) => send(who, { kind: "comment", text });
const voice = (page) => page.evaluate(() => window.__overlay.voice());
/** Voices that say everything at ten characters a second, one after another, as Chromium's do. */
function voices() {
  const heard = [];
  let queue = [];
  const over = (kind) => queue.shift()?.words.dispatchEvent(new Event(kind));
  setInterval(() => {
    const [first] = queue;
    if (first && performance.now() - first.since > first.words.text.length * 100) {
      over("end");
      if (queue[0]) queue[0].since = performance.now();
    }
  }, 20);
  const fake = {
    heard,
    get speaking() { return queue.length > 0; },
    get pending() { return queue.length > 1; },
    getVoices: () => [],
    speak(words) {
      heard.push(words.text);
      queue.push({ words, since: performance.now() });
    },
    cancel() {
      const gone = queue;
      queue = [];
      for (const { words } of gone) words.dispatchEvent(new Event("error"));
    },
  };
  Object.defineProperty(window, "speechSynthesis", { value: fake });
}
const speaker = async () => {
  const page = await overlay(chrome, program);
  await page.addInitScript(voices);
  await page.reload();
  return page;
};
const engine = (page) => page.evaluate(() => speechSynthesis.speaking || speechSynthesis.pending);
/** The id of the event with this text, as the console has it. */
const entry = (text) => until(`entry ${text}`, () =>
  host.frames.filter((f) => f.t === "log").flatMap((f) => f.entries).find(({ event }) => event.text === text)?.event);

test("of two pages of one overlay one is heard, and the other when that one goes", async () => {
  const first = await overlay(chrome, program);
  await until("the first is heard", async () => (await voice(first)).chosen);
  const second = await overlay(chrome, program);
  const ann = await client(program, "Ann");
  send(ann, { kind: "gift", gift: "rose", count: 1 });
  await until("it sounds", async () => (await voice(first)).sounds > 0);
  assert.deepEqual(await voice(second), { chosen: false, sounds: 0, speaking: null, waiting: 0 });
  await first.context().close();
  await until("the second follows", async () => (await voice(second)).chosen);
  ann.socket.close();
  await second.context().close();
});

test("a flood of gifts sounds four at a time at most", async () => {
  const page = await overlay(chrome, program);
  await until("it is heard", async () => (await voice(page)).chosen);
  const people = await Promise.all(["A", "B", "C", "D", "E", "F"].map((name) => client(program, name)));
  let most = 0;
  for (let round = 0; round < 10; round += 1) {
    for (const who of people) send(who, { kind: "gift", gift: "coffee", count: 1 });
    most = Math.max(most, (await voice(page)).sounds);
    await until("next", async () => (most = Math.max(most, (await voice(page)).sounds)) >= 0);
  }
  await until("something sounded", async () => (most = Math.max(most, (await voice(page)).sounds)) > 0);
  assert.ok(most <= 4, `${most} at once`);
  for (const who of people) who.socket.close();
  await page.context().close();
});

test("a hidden overlay is silent and says nothing later of what it missed", async () => {
  await host.look({ speech: { on: true, comments: true, delay: 0 } });
  const page = await overlay(chrome, program);
  await until("it is heard", async () => (await voice(page)).chosen);
  await host.run({ do: "visible", overlay: "main", on: false });
  await until("it is not", async () => !(await voice(page)).chosen);
  const ann = await client(program, "Ann");
  say(ann, "said while nobody could see it");
  await entry("said while nobody could see it");
  await host.run({ do: "visible", overlay: "main", on: true });
  await until("it is again", async () => (await voice(page)).chosen);
  assert.deepEqual([(await voice(page)).speaking, (await voice(page)).waiting], [null, 0]);
  ann.socket.close();
  await page.context().close();
});

test("removing a line, its sender or everything stops it in the middle and takes what waits", async () => {
  await host.look({ speech: { on: true, comments: true, names: true, delay: 0 } });
  const page = await speaker();
  await until("it is heard", async () => (await voice(page)).chosen);
  const [ann, ben] = [await client(program, "Ann"), await client(program, "Ben")];
  const long = (word) => Array.from({ length: 9 }, (_, n) => `${word} number ${n}`).join(", ");

  say(ann, long("one"));
  await until("it is read", async () => (await voice(page)).speaking?.startsWith("Ann: one") && engine(page));
  say(ben, long("two"));
  await until("the next waits", async () => (await voice(page)).waiting === 1);
  await host.run({ do: "remove", id: (await entry(long("one"))).id });
  await until("the next is read", async () => (await voice(page)).speaking?.startsWith("Ben: two"));

  say(ann, long("three"));
  say(ben, long("four"));
  await until("both wait", async () => (await voice(page)).waiting === 2);
  const { from } = await entry(long("four"));
  await host.run({ do: "mute", user: from.id, seconds: 60 });
  await until("only the other's line is left", async () =>
    (await voice(page)).speaking?.startsWith("Ann: three") && (await voice(page)).waiting === 0);

  say(ann, long("five"));
  await until("one waits", async () => (await voice(page)).waiting === 1);
  await host.run({ do: "clear" });
  await until("silence", async () => (await voice(page)).speaking === null && !(await engine(page)));
  assert.equal((await voice(page)).waiting, 0);
  assert.deepEqual(page.problems, []);
  for (const who of [ann, ben]) who.socket.close();
  await page.context().close();
});

test("a line waits before it is read, and one removed meanwhile is never heard", async () => {
  await host.look({ speech: { on: true, comments: true, delay: 3 } });
  const page = await speaker();
  await until("it is heard", async () => (await voice(page)).chosen);
  const ann = await client(program, "Ann");
  say(ann, "this should not be heard");
  await until("it waits", async () => (await voice(page)).waiting === 1);
  say(ann, "this should");
  await host.run({ do: "remove", id: (await entry("this should not be heard")).id });
  await until("the other is read", async () => (await page.evaluate(() => speechSynthesis.heard)).length > 0);
  assert.deepEqual(await page.evaluate(() => speechSynthesis.heard), ["Ann: this should"]);
  ann.socket.close();
  await page.context().close();
});

test("a browser that wants a click first is told of in the console, and sounds after it", async (t) => {
  const strict = await browser(["--autoplay-policy=document-user-activation-required"]);
  t.after(() => strict.close());
  // Not asked anything before the click: what is evaluated in a page counts as a gesture of its user.
  const storage = { "surtitle.display.main": program.secrets.display };
  const page = await open(strict, `${program.url}/overlay/main`, { storage });
  await until("the console knows", () => host.display().voice === "blocked");
  await page.mouse.click(400, 300);
  await until("the console knows that, too", () => host.display().voice === "ready");
  await until("it is heard", async () => (await voice(page)).chosen);
});

test("a rehearsal is heard on the overlay as the show would be", async () => {
  await host.look({ sound: { on: true, volume: 60, gift: 80, paid: 90, follow: 60 }, speech: { on: true, paid: true, comments: false, delay: 0 } });
  const page = await speaker();
  await until("it is heard", async () => (await voice(page)).chosen);
  const sounded = () => until("it sounds", async () => (await voice(page)).sounds > 0);
  const silence = () => until("it is over", async () => (await voice(page)).sounds === 0);
  for (const what of ["gift", "follow", "paid"]) {
    await host.run({ do: "rehearse", what });
    await sounded();
    await silence();
  }
  await until("what was paid for is read", () => page.evaluate(() => speechSynthesis.heard.length > 0));
  await page.context().close();
});

/** The look editor in a browser that wants a click before a sound; what sounds and is said there is in `window.heard`. */
async function editor(t, { named = [], ...size } = {}) {
  const strict = await browser(["--autoplay-policy=document-user-activation-required"]);
  t.after(() => strict.close());
  const page = await hostConsole(strict, program, {
    width: 1440, height: 900, ...size,
    before: (context) => context.addInitScript((named) => {
      window.heard = { sounds: [], lines: [], ended: 0 };
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function played() {
        window.heard.sounds.push(this.buffer.duration);
        this.addEventListener("ended", () => { window.heard.ended += 1; });
        start.call(this);
      };
      Object.defineProperty(window, "speechSynthesis", { value: {
        getVoices: () => named.map((name) => ({ name, lang: "en-GB" })),
        speak: ({ text, volume, rate }) => window.heard.lines.push({ text, volume, rate }),
        cancel() {},
      } });
      // A voice of the list above is none of the browser's own.
      window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
    }, named),
  });
  await page.locator("[data-test=nav-look]").click();
  await page.locator("[data-test=listen-gift]").waitFor();
  return page;
}
const heard = (page) => page.evaluate(() => window.heard);
const told = (page, of, text) => page.locator(`[data-test=listen-${of}-said]`, { hasText: text }).waitFor();

test("each sound is heard in the look editor when its button is pressed, and not before", async (t) => {
  await host.look({ sound: { on: false, volume: 60, gift: 80, paid: 90, follow: 60, voucher: 80, join: 0 } });
  const page = await editor(t);
  const press = page.getByRole("button", { name: "Listen: Gift", exact: true });
  await press.focus();
  assert.deepEqual((await heard(page)).sounds, []);
  await page.keyboard.press("Enter");
  await until("the gift sounds", async () => (await heard(page)).sounds.length === 1);
  for (const [at, name] of ["fanfare", "paid", "follow", "voucher"].entries()) {
    await page.locator(`[data-test=listen-${name}]`).click();
    await until(`${name} sounds`, async () => (await heard(page)).sounds.length === at + 2);
  }
  const { sounds: [gift, fanfare] } = await heard(page);
  assert.ok(fanfare > gift, "a big gift has the longer one");
  await page.locator("[data-test=listen-join]").click();
  await told(page, "sound", "The volume is 0");
  await page.locator("[data-test=listen-fanfare]").click();
  await page.locator("[data-test=listen-fanfare]").click();
  await until("a second press is not too soon", async () => (await heard(page)).sounds.length === 8);
  await page.locator("[data-test=nav-live]").click();
  await until("leaving the page ends it", async () => (await heard(page)).ended === 8);
  assert.deepEqual(page.problems, []);
});

test("the sample line is read as loud and as fast as is set now", async (t) => {
  await host.look({ speech: { on: false, volume: 80, rate: 100, voice: "" } });
  const page = await editor(t, { named: ["Amy"] });
  await page.locator("[data-test=look-speech-rate-number]").fill("150");
  await page.locator("[data-test=look-speech-volume-number]").fill("35");
  await page.locator("[data-test=listen-speech]").click();
  await until("it is read", async () => (await heard(page)).lines.length === 1);
  const text = "Hello! This is how a comment is read aloud.";
  assert.deepEqual((await heard(page)).lines, [{ text, volume: 0.35, rate: 1.5 }]);
  await page.locator("[data-test=look-speech-voice]").fill("Brian");
  await page.locator("[data-test=listen-speech]").click();
  await told(page, "speech", "This browser has no voice “Brian”; it reads with another.");
  assert.deepEqual(page.problems, []);
});

test("a browser without a voice says so instead of reading", async (t) => {
  const page = await editor(t, { width: 380 });
  await page.locator("[data-test=listen-speech]").click();
  await told(page, "speech", "This browser has no voice, so nothing is read here.");
  assert.deepEqual((await heard(page)).lines, []);
  assert.deepEqual(page.problems, []);
});
