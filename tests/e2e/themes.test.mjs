// Themes in real Chromium: chosen in the console, worn by an overlay on air.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { hostConsole, out, overlay, say, stand, until, viewer } from "./program.mjs";

let program;
let chrome;
stand((started) => { ({ program, chrome } = started); });

const worn = (picture) => picture.locator(".overlay").getAttribute("data-theme");
const font = (picture) =>
  picture.locator(".danmaku").evaluate((air) => getComputedStyle(air).fontFamily);
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
    ["broadcast", "Sofia Sans Condensed"], ["pixel", "Jersey 15"],
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

test("what is said before the theme is there flies when it is", async () => {
  const page = await viewer(chrome, program, "Early");
  const held = [];
  const before = (context) => context.route("**/themes/*.css*", (route) => { held.push(route); });
  const picture = await overlay(chrome, program, { width: 1920, height: 1080, before });
  await until("the theme is asked for", () => held.length > 0);
  await say(page, "early bird");
  await until("it waits", () => picture.evaluate(() => window.__overlay.danmaku.waiting() > 0));
  for (const route of held) await route.continue();
  await until("it flies", () =>
    picture.evaluate(() => window.__overlay.danmaku.live().some(({ text }) => text.includes("early bird"))));
  for (const p of [picture, page]) await p.context().close();
});

test("the host makes a theme of a shipped one; what is on air changes when it is saved", async () => {
  const [picture, host] = [await overlay(chrome, program), await hostConsole(chrome, program)];
  const find = (name) => host.locator(`[data-test="${name}"]`);
  const accent = (page) =>
    page.locator(".overlay").evaluate((root) => getComputedStyle(root).getPropertyValue("--accent").trim());
  await find("nav-themes").click();
  await find("theme-glass").click();
  await find("theme-duplicate").click();
  await find("theme-glass-of-mine").waitFor();
  await find("theme-name").fill("Night");
  await find("theme-wear").click();
  await until("it is worn", async () => (await worn(picture)) === "glass-of-mine");
  const shipped = await accent(picture);

  await find("theme-var-accent").fill("#00ff88");
  const sample = host.frameLocator(".theme-sample iframe");
  await until("the sample shows it", async () =>
    (await sample.locator(".overlay").evaluate((root) => getComputedStyle(root).getPropertyValue("--accent").trim())) === "#00ff88");
  assert.equal(await accent(picture), shipped, "what is on air has not changed");

  await find("theme-css").fill(".feed-nick { letter-spacing: 7px }\n@import 'x.css';");
  await until("the CSS is refused", async () => /line 2: @import is not allowed/i.test(await find("theme-problem").textContent()));
  assert.ok(await find("theme-save").isDisabled());
  await find("theme-css").fill(".feed-nick { letter-spacing: 7px }");
  await until("it can be saved", () => find("theme-save").isEnabled());
  await find("theme-save").click();
  await until("the overlay has it", async () => (await accent(picture)) === "#00ff88");
  assert.equal(await picture.locator('link[href^="/themes/"]').count(), 1);
  await host.screenshot({ path: `${out}/themes.png` });

  const [download] = await Promise.all([host.waitForEvent("download"), find("theme-export").click()]);
  assert.match(download.suggestedFilename(), /\.surtitle-theme\.json$/);
  const file = readFileSync(await download.path(), "utf8");
  assert.equal(JSON.parse(file).css, ".feed-nick { letter-spacing: 7px }");

  await find("theme-delete").click();
  await until("the overlay is back in glass", async () => (await worn(picture)) === "glass");
  const [chooser] = await Promise.all([host.waitForEvent("filechooser"), find("theme-import").click()]);
  await chooser.setFiles({ name: "night.surtitle-theme.json", mimeType: "application/json", buffer: Buffer.from(file) });
  await find("theme-night").waitFor();
  for (const p of [picture, host]) {
    assert.deepEqual(p.problems, []);
    await p.context().close();
  }
});

test("only the host writes themes, and a hostile file leaves nothing behind", async () => {
  const api = (path, { token, ...more } = {}) =>
    fetch(`${program.url}/api/themes${path}`, { ...more, headers: token ? { authorization: `Bearer ${token}` } : {} });
  const { host, helper } = program.secrets;
  const before = await (await api("", { token: host })).json();
  const good = { surtitle_theme: 1, name: "Evil", base: "glass", motion: "glide" };
  assert.equal((await api("/file", { method: "POST", body: JSON.stringify(good) })).status, 401);
  assert.equal((await api("/file", { method: "POST", token: helper, body: JSON.stringify(good) })).status, 403);
  for (const bad of [
    { ...good, css: ".a { background: url(http://127.0.0.1:1/x.png) }" },
    { ...good, css: "@import url(//evil.example/x.css);" },
    { ...good, css: ".a { width: expression(alert(1)) }" },
    { ...good, css: "a".repeat(70_000) },
    { ...good, values: { plate: "#000000;}</style><script>" } },
    { ...good, template: { gift: ["<img src=x onerror=alert(1)>"] } },
    { ...good, fonts: [{ family: "x", woff2: Buffer.from("wOF2<svg onload=alert(1)>").toString("base64") }] },
    { ...good, base: "../../etc/passwd" },
    { ...good, more: 1 },
    { ...good, surtitle_theme: 2 },
  ]) {
    const answer = await api("/file", { method: "POST", token: host, body: JSON.stringify(bad) });
    assert.equal(answer.status, 400, JSON.stringify(bad).slice(0, 120));
  }
  const long = await api("/file", { method: "POST", token: host, body: "x".repeat(13 * 1024 * 1024) }).catch(() => undefined);
  assert.ok(!long || long.status === 413, "a file of 13 MB");
  assert.deepEqual(await (await api("", { token: host })).json(), before);
});
