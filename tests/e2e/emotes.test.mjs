// Emotes and faces: put up in the console, seen on every surface, fetched by nobody but the server.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { elsewhere, gif, png } from "./pictures.mjs";
import { Program, browser, client, hostConsole, out, overlay, say, until, viewer } from "./program.mjs";

const folder = mkdtempSync(join(tmpdir(), "surtitle-emotes-"));
let program;
let chrome;
let pictures;
before(async () => {
  const config = join(folder, "surtitle.toml");
  writeFileSync(config, "[images]\nallow_private = true\n");
  program = await Program.start(["--config", config]);
  chrome = await browser();
  pictures = await elsewhere({ "/wave.gif": gif(40, 30, [[250, 80, 80], [80, 250, 80], [80, 80, 250]]) });
});
after(async () => {
  await chrome?.close();
  await program?.stop();
  await pictures?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a page asks of anything but its own server. */
function outside(page) {
  const asked = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== program.url && !["data:", "blob:"].includes(url.protocol)) asked.push(url.href);
  });
  return asked;
}

const drawn = (page, where) =>
  page.locator(`${where} .emote img`).evaluateAll((all) => all.filter((i) => i.complete && i.naturalWidth > 0).length);

test("the host puts emotes up by file and by address, and every surface shows them", async () => {
  const [picture, host] = [await overlay(chrome, program), await hostConsole(chrome, program)];
  const page = await viewer(chrome, program, "Ann");
  const asked = [picture, host, page].map(outside);
  const find = (name) => host.locator(`[data-test=${name}]`);
  await find("nav-emotes").click();
  await find("emote-files").setInputFiles([
    { name: "Red box.png", mimeType: "image/png", buffer: png(300, 200) },
    { name: "not a picture.png", mimeType: "image/png", buffer: Buffer.from("<svg onload=alert(1)>") },
  ]);
  await until("one of two", async () => /1 of 2 added/.test(await find("emote-state").textContent()));
  await find("emote-url").fill(`${pictures.base}/wave.gif`);
  await find("emote-add").click();
  await until("two tiles", async () => (await find("emote").count()) === 2);
  assert.deepEqual((await find("emote-code").evaluateAll((all) => all.map((i) => i.value))).sort(), ["Red_box", "wave"]);
  await until("tiles are drawn", async () => (await drawn(host, "[data-test=emotes]")) === 2);
  await host.screenshot({ path: `${out}/emotes.png` });

  await say(page, "look :wave: and :Red_box: but not :nothing:");
  await find("nav-live").click();
  await until("in the chat", async () => (await drawn(page, "[data-test=message]")) === 2);
  await until("in the console", async () => (await drawn(host, "[data-test=entry]")) === 2);
  await until("in the feed", async () => (await drawn(picture, ".feed-line")) === 2);
  assert.match(await picture.locator(".feed-line .feed-text").first().textContent(), /but not :nothing:/);
  const entry = host.locator("[data-test=entry]", { hasText: "look" }).first();
  await entry.hover();
  await entry.locator("[data-test=pin]").click();
  await until("pinned", async () => (await drawn(picture, ".pinned")) === 2);
  await until("pinned in the console", async () => (await drawn(host, "[data-test=pinned-item]")) === 2);
  const moves = (where) => where.evaluate(() => document.getAnimations().filter((a) => a.effect.target?.classList.contains("emote-picture")).length);
  assert.ok((await moves(page)) >= 1 && (await moves(picture)) >= 1, "the moving one moves");
  await picture.screenshot({ path: `${out}/emotes-overlay.png`, omitBackground: true });
  await page.screenshot({ path: `${out}/emotes-viewer.png` });
  assert.deepEqual(pictures.asked.map(({ path }) => path), ["/wave.gif"], "fetched once, by the server");
  assert.equal(pictures.asked[0].headers.referer, undefined);
  assert.deepEqual(asked, [[], [], []]);
  for (const p of [picture, host, page]) {
    assert.deepEqual(p.problems, []);
    await p.context().close();
  }
});

test("emotes are renamed, survive a restart without a fetch, and are deleted everywhere", async () => {
  const host = await hostConsole(chrome, program);
  await host.locator("[data-test=nav-emotes]").click();
  const code = (name) => host.locator(`[data-test=emote][data-code=${name}] [data-test=emote-code]`);
  await code("wave").fill("hello");
  await code("wave").press("Enter");
  await code("hello").waitFor();
  await program.restart();
  const guest = await client(program);
  const told = await until("told on the way in", () => guest.frames.find((f) => f.t === "emotes"));
  assert.deepEqual(told.emotes.map((e) => e.code), ["Red_box", "hello"]);
  assert.equal(told.emotes[1].frames.count, 3);
  for (const { src } of told.emotes) {
    const answer = await fetch(`${program.url}${src}`);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get("content-type"), "image/png");
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff");
    assert.match(answer.headers.get("cache-control"), /immutable/);
    assert.match(answer.headers.get("content-security-policy"), /sandbox/);
  }
  assert.equal(pictures.asked.length, 1);
  await until("the console is back", () => host.locator("[data-test=emote]").count());
  const tile = host.locator("[data-test=emote][data-code=hello]");
  await tile.locator("[data-test=emote-delete]").click();
  await tile.locator("[data-test=emote-delete-yes]").click();
  await until("one left", async () => (await host.locator("[data-test=emote]").count()) === 1);
  await until("told", () => guest.frames.filter((f) => f.t === "emotes").at(-1).emotes.length === 1);
  assert.equal((await fetch(`${program.url}${told.emotes[1].src}`)).status, 404);
  guest.socket.close();
  await host.context().close();
});

test("only the host changes emotes, and bad ones are refused with a reason", async () => {
  const ask = async (method, code, { body, token = program.secrets.host, type = "image/png", ...more } = {}) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": type, ...more };
    const answer = await fetch(`${program.url}/api/emotes/${code}`, { method, headers, body });
    return [answer.status, await answer.json()];
  };
  const body = png(20, 20);
  assert.equal((await ask("PUT", "x", { body, token: program.secrets.helper }))[0], 403);
  assert.equal((await ask("PUT", "x", { body, token: "nobody" }))[0], 401);
  assert.equal((await ask("PUT", "x", { body, origin: "http://elsewhere.example" }))[0], 403);
  assert.match((await ask("PUT", "a%20b", { body }))[1].message, /a code is/);
  assert.match((await ask("PUT", "x", { body: "GIF89a" }))[1].message, /damaged|pixels/);
  assert.match((await ask("PUT", "x", { body: "<html>" }))[1].message, /no PNG, JPEG, GIF or WebP/);
  assert.equal((await ask("PUT", "x", { body: Buffer.alloc(5 * 1024 * 1024 + 1) }))[0], 413);
  const json = (value) => ask("PUT", "x", { body: JSON.stringify(value), type: "application/json" });
  assert.match((await json({ url: "file:///etc/passwd" }))[1].message, /no http or https/);
  assert.match((await json({ url: `${pictures.base}/gone.png` }))[1].message, /404/);
  assert.equal((await ask("PATCH", "nothing", { body: '{"code":"y"}' }))[0], 404);
  assert.equal((await ask("PUT", "x", { body }))[0], 200);
  assert.match((await ask("PATCH", "x", { body: '{"code":"Red_box"}' }))[1].message, /already/);
  assert.equal((await ask("DELETE", "x"))[0], 200);
  assert.equal((await ask("DELETE", "x"))[0], 200, "deleting twice is deleting");
});
