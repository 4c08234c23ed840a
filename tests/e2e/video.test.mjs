// The viewer page plays real streams in real Chromium: HLS and FLV, danmaku over them, an outage.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, hostClient, open, out, Program, say, until, viewer } from "./program.mjs";
import { Source } from "./source.mjs";

let program;
let chrome;
let source;
let host;
before(async () => {
  [program, source] = await Promise.all([Program.start(), Source.start()]);
  chrome = await browser(["--autoplay-policy=no-user-gesture-required"]);
  host = await hostClient(program);
});
after(async () => {
  host?.socket.close();
  await chrome?.close();
  await source?.stop();
  await program?.stop();
});

const put = (address) => host.run({ do: "stream", stream: { address } });
const time = (page) => page.evaluate(() => document.querySelector("video").currentTime);
const state = (page) => page.locator("[data-test=stage]").getAttribute("data-state");
const flying = (page) => page.evaluate(() => window.__viewer.live());
/** Rises when frames are drawn, not when a clock runs. */
const frames = (page) =>
  page.evaluate(() => document.querySelector("video").getVideoPlaybackQuality().totalVideoFrames);

/** Waits until the picture moves for at least a second of its own time. */
async function plays(page, ms = 30_000) {
  await until("the picture plays", async () => (await state(page)) === "playing", ms);
  const [from, drawn] = [await time(page), await frames(page)];
  await until("its time goes on", async () => (await time(page)) > from + 1, ms);
  assert.ok((await frames(page)) > drawn, "new pictures are drawn");
}

for (const [kind, path] of [
  ["HLS", "/live.m3u8"],
  ["FLV", "/live.flv"],
]) {
  test(`${kind} plays, a comment flies over it, and it survives 5 s without its server`, async () => {
    await put(`${source.url}${path}`);
    const page = await viewer(chrome, program, `Fan of ${kind}`);
    await plays(page);
    await until("the delay is told", async () =>
      /\d/.test(await page.locator("[data-test=latency]").textContent()),
    );

    await say(page, `over ${kind}`);
    const comment = await until("it flies", async () =>
      (await flying(page)).find(({ text }) => text === `over ${kind}`),
    );
    const box = await page.locator("video").boundingBox();
    assert.ok(comment.y >= 0 && comment.y + comment.h <= box.height, "inside the picture");
    await until("it moves", async () => {
      const now = (await flying(page)).find(({ id }) => id === comment.id);
      return now === undefined || now.x < comment.x - 20;
    });
    await page.screenshot({ path: `${out}/video-${kind.toLowerCase()}.png` });

    await source.down();
    const gone = Date.now();
    await until(
      "it is missed",
      async () => (await state(page)) !== "playing" || Date.now() - gone > 5_000,
      20_000,
    );
    await new Promise((later) => setTimeout(later, Math.max(0, gone + 5_000 - Date.now())));
    await source.up();
    const back = Date.now();
    await plays(page, 60_000);
    console.log(
      `${kind}: plays ${((Date.now() - back) / 1000).toFixed(1)} s after its server is back`,
    );
    assert.deepEqual(page.problems, []);
    await page.context().close();
  });
}

test("a stream that is set later comes without a word half written being lost", async () => {
  await put("");
  const page = await viewer(chrome, program, "Early");
  assert.equal(await state(page), "none");
  await page.locator("[data-test=composer]").fill("half a wo");
  await put(`${source.url}/live.m3u8`);
  await plays(page);
  assert.equal(await page.locator("[data-test=composer]").inputValue(), "half a wo");
  await put("");
  await until("the picture goes", async () => (await state(page)) === "none");
  await page.context().close();
});

test("the policy of the page names the stream's origin and no other", async () => {
  const policy = async (path) =>
    (await fetch(`${program.url}${path}`)).headers.get("content-security-policy");
  const directive = async (path, name) =>
    (await policy(path))
      .split(";")
      .map((d) => d.trim())
      .find((d) => d.startsWith(name));
  await put("https://cdn.example:8443/a.m3u8?key=1");
  assert.equal(
    await directive("/viewer/main", "media-src"),
    "media-src 'self' blob: https://cdn.example:8443",
  );
  assert.ok((await directive("/viewer/main", "connect-src")).endsWith(" https://cdn.example:8443"));
  assert.equal(await directive("/console", "media-src"), "media-src 'self' blob:");
  await put("");
  assert.equal(await directive("/viewer/main", "media-src"), "media-src 'self' blob:");
  for (const address of [
    "javascript:alert(1)",
    "https://a;script-src/x.m3u8",
    "//else.example/a.flv",
  ]) {
    await assert.rejects(put(address), `${address} is refused`);
  }
});

test("the stream outlives a restart of the program", async () => {
  await put(`${source.url}/live.flv`);
  await program.restart();
  host = await hostClient(program);
  const page = await open(chrome, `${program.url}/viewer/main`);
  await plays(page);
  await page.context().close();
});
