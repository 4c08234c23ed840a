// The viewer page in real Chromium: its sheets, its languages, a phone's layout, and axe over all of it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PNG } from "pngjs";
import { violations } from "./axe.mjs";
import { browser, client, hostClient, hostConsole, open, out, Program, say, until, viewer } from "./program.mjs";
import { Source } from "./source.mjs";

const PHONE = { width: 390, height: 844 };

let program;
let chrome;
let source;
before(async () => {
  [program, source] = await Promise.all([Program.start(), Source.start()]);
  chrome = await browser(["--autoplay-policy=no-user-gesture-required"]);
  const host = await hostClient(program);
  await host.run({ do: "stream", stream: { address: `${source.url}/live.m3u8` } });
  host.socket.close();
});
after(async () => {
  await chrome?.close();
  await source?.stop();
  await program?.stop();
});

const sheet = (page, name) => page.locator(`[data-test=sheet-open][data-sheet=${name}]`).click();
const flying = (page) => page.evaluate(() => window.__viewer.live().map(({ text }) => text));
const plays = (page) => until("the picture plays", async () =>
  (await page.locator("[data-test=stage]").getAttribute("data-state")) === "playing", 30_000);

/** A picture as a camera gives it: large, and not square. */
function photo() {
  const png = new PNG({ width: 900, height: 600 });
  for (let i = 0; i < png.data.length; i += 4) png.data.set([200, 40 + (i % 90), 60, 255], i);
  return PNG.sync.write(png);
}

test("the host sets the stream in the console, and viewers see it", async () => {
  const page = await viewer(chrome, program, "First");
  const console = await hostConsole(chrome, program);
  await console.getByRole("tab", { name: "Connect" }).or(console.getByRole("button", { name: "Connect" })).first().click();
  await console.locator("[data-test=stream-end]").click();
  await until("the picture goes", async () =>
    (await page.locator("[data-test=stage]").getAttribute("data-state")) === "none");
  await console.locator("[data-test=stream-address]").fill(`${source.url}/live.m3u8`);
  await console.locator("[data-test=stream-set]").click();
  await plays(page);
  await until("the console knows", async () =>
    /HLS/.test(await console.locator("[data-test=stream-now]").textContent()));
  for (const p of [page, console]) {
    assert.deepEqual(p.problems, []);
    await p.context().close();
  }
});

test("a viewer's picture is drawn anew, seen by others, and outlives page and program", async () => {
  const page = await viewer(chrome, program, "Face");
  const guest = await open(chrome, `${program.url}/viewer/main`);
  await sheet(page, "profile");
  const file = page.locator("[data-test=avatar-file]");
  await file.setInputFiles({ name: "me.png", mimeType: "image/png", buffer: photo() });
  await page.locator("[data-test=sheet] .face img").waitFor();
  await until("in the room again", async () =>
    (await page.locator("[data-test=link-state]").getAttribute("data-state")) === "joined");
  await say(page, "look at me");
  const seen = guest.locator("[data-test=message]", { hasText: "look at me" }).locator(".avatar img");
  await seen.waitFor();
  const address = await seen.getAttribute("src");
  assert.match(address, /^\/image\//);
  const drawn = PNG.sync.read(Buffer.from(await (await fetch(`${program.url}${address}`)).arrayBuffer()));
  assert.ok(drawn.width <= 256 && drawn.height <= 256, `${drawn.width}×${drawn.height}`);

  const told = page.locator("[data-test=avatar-told]");
  await until("a pause between two pictures is over", async () => {
    await file.setInputFiles({ name: "x.png", mimeType: "image/png", buffer: Buffer.from("<svg onload=alert(1)>") });
    await until("answered", async () => !/Sending/.test(await told.textContent()));
    return /cannot be used/i.test(await told.textContent());
  });
  await program.restart();
  await page.reload();
  await sheet(page, "profile");
  await page.locator(`[data-test=sheet] .face img[src="${address}"]`).waitFor();
  await page.locator("[data-test=avatar-remove]").click();
  await until("taken off", async () => (await page.locator("[data-test=sheet] .face img").count()) === 0);
  const refused = await fetch(`${program.url}/me/avatar`, { method: "PUT", body: photo() });
  assert.equal(refused.status, 401, "a guest has no picture");
  for (const p of [guest, page]) {
    assert.deepEqual(p.problems, []);
    await p.context().close();
  }
});

test("blocked words and hidden people stay away, also after a reload; off is off", async () => {
  const page = await viewer(chrome, program, "Picky");
  await plays(page);
  const loud = await client(program, "Loud");
  let cid = 0;
  const shout = (text) => loud.send({ t: "send", cid: (cid += 1), body: { kind: "comment", text } });
  const chat = (text) => page.locator("[data-test=message]", { hasText: text }).filter({ visible: true }).count();

  await sheet(page, "danmaku");
  await page.locator("[data-test=danmaku-word]").fill("SPOILER");
  await page.locator("[data-test=danmaku-add]").click();
  shout("a ｓｐｏｉｌｅｒ is coming");
  shout("nothing wrong here");
  await until("the innocent line flies", async () => (await flying(page)).includes("nothing wrong here"));
  assert.deepEqual((await flying(page)).filter((text) => /coming/.test(text)), []);
  await until("it stands in the chat", () => chat("is coming"));

  await page.locator("[data-test=message]", { hasText: "nothing wrong" }).locator("button.name").click();
  await page.locator("[data-test=hide-person]").click();
  await until("gone from the chat", async () => (await chat("nothing wrong here")) === 0);
  assert.deepEqual(await flying(page), []);
  shout("hidden from now on");
  await page.reload();
  await plays(page);
  shout("still hidden");
  await say(page, "my own");
  await until("mine flies", async () => (await flying(page)).includes("my own"));
  assert.deepEqual((await flying(page)).filter((text) => /hidden/.test(text)), []);
  assert.equal(await chat("hidden from now on"), 0);

  await page.locator("[data-test=danmaku]").click();
  assert.deepEqual(await flying(page), []);
  await say(page, "in the chat only");
  await until("it is said", () => chat("in the chat only"));
  assert.deepEqual(await flying(page), []);
  loud.socket.close();
  assert.deepEqual(page.problems, []);
  await page.context().close();
});

test("a phone has the picture above, the chat below and the composer at the thumb", async () => {
  const page = await viewer(chrome, program, "Thumb", PHONE);
  await plays(page);
  const box = async (selector) => page.locator(selector).first().boundingBox();
  const [stage, list, composer] = [await box(".stage"), await box(".list"), await box(".composer")];
  assert.ok(stage.y === 0 && Math.abs(stage.height - (390 * 9) / 16) < 2, "16:9 at the top");
  assert.ok(list.y >= stage.y + stage.height && composer.y >= list.y + list.height - 1);
  for (const name of ["danmaku", "share", "profile"]) {
    await sheet(page, name);
    const bottom = await box(".composer");
    assert.equal(Math.round(bottom.y + bottom.height), 844, `the composer stays in sight under ${name}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(wide, 390, "nothing is wider than the phone");
  }
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("[data-test=sheet]:visible").count(), 0);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.sheet), "profile");
  await page.screenshot({ path: `${out}/viewer-phone.png` });
  await page.context().close();
});

test("a full screen has the comments on it, and the chat when asked for", async () => {
  const page = await viewer(chrome, program, "Wide");
  await plays(page);
  await page.locator("[data-test=stage]").hover();
  await page.locator("[data-test=full]").click();
  await until("it fills the page", async () => (await page.locator(".stage").boundingBox()).width === 1280);
  assert.equal(await page.locator(".chat").isVisible(), false);
  await page.locator("[data-test=full-chat]").click();
  await say(page, "from the full screen");
  await until("it flies", async () => (await flying(page)).includes("from the full screen"));
  await page.locator("[data-test=full]").click();
  await until("back", async () => (await page.locator(".stage").boundingBox()).width < 1280);
  assert.equal(await page.locator(".chat").isVisible(), true);
  await page.context().close();
});

test("the page speaks the browser's language and the one that is chosen", async () => {
  const page = await open(chrome, `${program.url}/viewer/main`, { locale: "ja-JP" });
  assert.equal(await page.locator("[data-test=nick-take]").textContent(), "この名前にする");
  await sheet(page, "profile");
  await Promise.all([page.waitForEvent("load"), page.locator("[data-test=language]").selectOption("zh-Hans")]);
  await page.locator("[data-test=nick-take]", { hasText: "使用昵称" }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-Hans");
  await page.context().close();
});

test("axe finds nothing to mend, in any language, width or sheet", async () => {
  const cases = [["en", "light", {}], ["zh-Hans", "dark", PHONE], ["ja", "light", PHONE]];
  for (const [language, colorScheme, size] of cases) {
    const storage = { "surtitle.language": language };
    const page = await open(chrome, `${program.url}/viewer/main`, { ...size, colorScheme, storage });
    await plays(page);
    assert.deepEqual(await violations(page), [], `${language} guest`);
    await page.locator("[data-test=nick-input]").fill("Axe");
    await page.locator("[data-test=nick-take]").click();
    await page.locator("[data-test=composer]").waitFor();
    await say(page, "something to read");
    for (const button of await page.locator("[data-test=sheet-open]:visible").all()) {
      await button.click();
      assert.deepEqual(await violations(page), [], `${language} ${await button.getAttribute("data-sheet")}`);
    }
    await page.locator("[data-test=gift-open]").click();
    assert.deepEqual(await violations(page), [], `${language} gifts`);
    assert.deepEqual(page.problems, []);
    await page.context().close();
  }
});
