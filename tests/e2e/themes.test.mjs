// Themes in real Chromium: chosen in the console, worn by an overlay on air.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Program, browser, hostConsole, overlay, say, until, viewer } from "./program.mjs";

let program;
let chrome;
before(async () => {
  program = await Program.start();
  chrome = await browser();
});
after(async () => {
  await chrome?.close();
  await program?.stop();
});

const worn = (picture) => picture.locator(".overlay").getAttribute("data-theme");
const font = (picture) =>
  picture.locator("canvas.danmaku").evaluate((canvas) => getComputedStyle(canvas).fontFamily);
const loaded = (picture, family) =>
  picture.evaluate((name) => [...document.fonts].some((f) => f.family.includes(name) && f.status === "loaded"), family);

test("a theme chosen in the console is worn by the overlay at once, without a reload", async () => {
  const picture = await overlay(chrome, program);
  const page = await viewer(chrome, program, "Ada");
  await say(page, "before");
  await until("glass is worn", async () => (await worn(picture)) === "glass");
  await until("its font is there", () => loaded(picture, "Manrope"));
  await until("the line stands", () => picture.locator(".feed-line", { hasText: "before" }).count());
  await picture.evaluate(() => { window.same = true; });

  const host = await hostConsole(chrome, program);
  await host.locator("[data-test=nav-look]").click();
  for (const [theme, family] of [
    ["broadcast", "Sofia Sans Condensed"], ["pixel", "Pixelify Sans"],
    ["contrast", "Atkinson Hyperlegible Next"], ["glass", "Manrope"],
  ]) {
    await host.locator("[data-test=look-theme]").selectOption(theme);
    await until(`${theme} is worn`, async () => (await worn(picture)) === theme);
    assert.match(await font(picture), new RegExp(`^"${family}`));
    await until("its font is there", () => loaded(picture, family));
    assert.equal(await picture.locator('link[href^="/themes/"]').count(), 1);
  }
  assert.ok(await picture.evaluate(() => window.same), "the page was not reloaded");
  assert.equal(await picture.locator(".feed-line", { hasText: "before" }).count(), 1);
  for (const p of [picture, host, page]) {
    assert.deepEqual(p.problems, []);
    await p.context().close();
  }
});

test("a theme outlives the program", async () => {
  const host = await hostConsole(chrome, program);
  await host.locator("[data-test=nav-look]").click();
  await host.locator("[data-test=look-theme]").selectOption("pixel");
  const picture = await overlay(chrome, program);
  await until("pixel is worn", async () => (await worn(picture)) === "pixel");
  await program.restart("SIGTERM");
  const again = await overlay(chrome, program);
  await until("pixel is worn again", async () => (await worn(again)) === "pixel");
  for (const p of [picture, again, host]) await p.context().close();
});
