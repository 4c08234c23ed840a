// Pages that are reloaded, started first, cut off or paired end in the right state by themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, hostConsole, open, overlay, say, stand, until, viewer } from "./program.mjs";

let program;
let chrome;
stand((started) => { ({ program, chrome } = started); });

const feed = (page) => page.locator(".feed-line").allTextContents();

test("a browser source is paired once by a code and stays paired", async () => {
  const context = await chrome.newContext({ viewport: { width: 1920, height: 1080 } });
  const source = await context.newPage();
  await source.goto(`${program.url}/overlay/main`);
  const code = await until("a code on the page", async () =>
    /\b(\d{3})\s?(\d{3})\b/.exec(await source.locator("body").innerText())?.slice(1).join(""));
  assert.ok(!source.url().includes("token") && !source.url().includes("?"), "the address holds no secret");
  const host = await hostConsole(chrome, program);
  await host.locator("[data-test=nav-connect]").click();
  await host.locator("[data-test=pair-code]").fill(code);
  await host.locator("[data-test=pair-confirm]").last().click();
  await until("the code is gone", async () => !(await source.locator("body").innerText()).includes(code.slice(0, 3)));
  const page = await viewer(chrome, program, "Pair");
  await say(page, "paired now");
  await until("shown", async () => (await feed(source)).some((t) => t.includes("paired now")));
  await source.reload();
  await until("still paired, feed back", async () => (await feed(source)).some((t) => t.includes("paired now")));
  await context.close();
  for (const p of [host, page]) await p.context().close();
});

test("after a restart of the program every page goes on by itself and nothing stands twice", async () => {
  const [picture, host] = [await overlay(chrome, program), await hostConsole(chrome, program)];
  const page = await viewer(chrome, program, "Stay");
  await say(page, "before the restart");
  await until("shown", async () => (await feed(picture)).some((t) => t.includes("before")));
  const before = await picture.locator("body").innerText();
  await program.kill("SIGKILL");
  await new Promise((wait) => setTimeout(wait, 1_000));
  const during = await picture.locator("body").innerText();
  assert.ok(!/connect|offline|error|retry/i.test(during), "no state on the picture");
  assert.ok(before.length > 0);
  await program.run();
  await until("viewer is back", async () => /connected/i.test(await page.locator("[data-test=link-state]").textContent()), 15_000);
  await say(page, "after the restart");
  await until("overlay is back", async () =>
    (await feed(picture)).filter((t) => t.includes("after the restart")).length === 1, 15_000);
  await until("console is back", () => host.locator("[data-test=entry]", { hasText: "after the restart" }).count(), 15_000);
  await until("own line once", async () =>
    (await page.locator("[data-test=message]", { hasText: "after the restart" }).count()) === 1);
  for (const p of [picture, host, page]) {
    assert.deepEqual(p.problems, []);
    await p.context().close();
  }
});

test("a page that was loaded while the program is away works once it comes", async () => {
  const picture = await overlay(chrome, program);
  await program.kill();
  // The page tries for a while before the program is there again.
  await picture.evaluate(() => new Promise((wait) => setTimeout(wait, 1_500)));
  await program.run();
  const page = await viewer(chrome, program, "Late");
  await say(page, "order does not matter");
  await until("shown", async () => (await feed(picture)).some((t) => t.includes("order does not matter")), 15_000);
  for (const p of [picture, page]) await p.context().close();
});

test("settings apply live, without a reload", async () => {
  const [picture, host] = [await overlay(chrome, program), await hostConsole(chrome, program)];
  const page = await viewer(chrome, program, "Look");
  await say(page, "sized");
  await until("shown", async () => (await feed(picture)).some((t) => t.includes("sized")));
  const size = () => picture.locator(".feed-line").last().evaluate((e) => parseFloat(getComputedStyle(e).fontSize));
  const small = await size();
  await picture.evaluate(() => { window.__same = true; });
  await host.locator("[data-test=nav-look]").click();
  const slider = host.locator("[data-test=look-feed-size]").first();
  await slider.evaluate((e) => {
    const input = e.matches("input") ? e : e.querySelector("input");
    input.value = "56";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await until("bigger", async () => (await size()) > small * 1.5);
  assert.equal(await picture.evaluate(() => window.__same), true, "no reload");
  await host.screenshot({ path: new URL("../out/console-look.png", import.meta.url).pathname });
  for (const p of [picture, host, page]) await p.context().close();
});

test("the console asks for a token and refuses a wrong one", async () => {
  const page = await open(chrome, `${program.url}/console`);
  await page.locator("[data-test=signin-token]").fill("not-a-token");
  await page.locator("[data-test=signin]").click();
  await until("told", async () => /not|token/i.test(await page.locator("body").innerText()));
  await page.locator("[data-test=signin-token]").fill(program.secrets.host);
  await page.locator("[data-test=signin]").click();
  await page.locator("[data-test=unaccounted]").waitFor();
  await page.context().close();
});

test("a name that is taken before the program is there is kept and taken when it comes", async () => {
  const page = await open(chrome, `${program.url}/viewer/main`);
  await program.kill();
  await until("told", async () => !/^connected/i.test(await page.locator("[data-test=link-state]").textContent()));
  await page.locator("[data-test=nick-input]").fill("Early");
  await page.locator("[data-test=nick-take]").click();
  await program.run();
  await page.locator("[data-test=composer]").waitFor({ timeout: 15_000 });
  assert.match(await page.locator(".who").textContent(), /Early/);
  await page.context().close();
});
