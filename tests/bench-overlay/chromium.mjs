// One row of the bench in real Chromium.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { cpu, frames, memory, tree } from "./cost.mjs";

const SIZE = { width: 1920, height: 1080 };
const executable = process.env.CHROMIUM ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => existsSync(p));

/** A browser of its own, whose processes can be told from all others. */
export async function launch(extra = []) {
  const profile = mkdtempSync(join(tmpdir(), "bench-overlay-"));
  const child = spawn(executable, [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--force-color-profile=srgb", "--hide-scrollbars",
    "--window-size=1920,1080", "--remote-debugging-port=0", `--user-data-dir=${profile}`, ...extra, "about:blank",
  ], { stdio: ["ignore", "ignore", "pipe"] });
  const lines = createInterface({ input: child.stderr });
  const address = await new Promise((found, fail) => {
    lines.on("line", (line) => {
      const ws = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
      if (ws) found(ws);
    });
    child.once("exit", (code) => fail(new Error(`chromium ended with ${code}`)));
  });
  const browser = await chromium.connectOverCDP(address);
  return {
    browser,
    pids: () => tree(child.pid),
    async close() {
      await browser.close();
      const ended = child.exitCode === null ? new Promise((done) => child.once("exit", done)) : null;
      child.kill("SIGTERM");
      await ended;
      await discard(profile);
    },
  };
}

/** Deletes a profile; helpers of its browser may still write into it for a moment. */
async function discard(profile) {
  for (let tries = 0; tries < 50; tries += 1) {
    try {
      return rmSync(profile, { recursive: true, force: true });
    } catch {
      await new Promise((next) => setTimeout(next, 100));
    }
  }
}

/** Frames the compositor put on the screen, by Chromium's own trace. */
async function traced(cdp, work) {
  const events = [];
  cdp.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await cdp.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["viz"] },
  });
  await work();
  const done = new Promise((end) => cdp.once("Tracing.tracingComplete", end));
  await cdp.send("Tracing.end");
  await done;
  return events;
}

/** Measures `engine` with about `count` comments on the picture for `seconds`. */
export async function row({ url, engine, count, seconds, uncapped = false }) {
  const chrome = await launch(uncapped ? ["--disable-frame-rate-limit", "--disable-gpu-vsync"] : []);
  try {
    const context = chrome.browser.contexts()[0];
    const page = await context.newPage();
    await page.setViewportSize(SIZE);
    await page.goto(url);
    const root = await chrome.browser.newBrowserCDPSession();
    await page.evaluate(([engine, count]) => window.bench.start(engine, count), [engine, count]);
    const full = (count) => window.bench.live() >= count * 0.95;
    await page.waitForFunction(full, count, { timeout: 120_000, polling: 250 });
    const pids = chrome.pids();
    let spent = 0;
    const events = await traced(root, async () => {
      const before = cpu(pids);
      await page.evaluate(() => window.bench.measure());
      await new Promise((end) => setTimeout(end, seconds * 1000));
      spent = cpu(pids) - before;
    });
    const figures = await page.evaluate(() => window.bench.figures());
    const swaps = events.filter(({ name, ph }) => name === "Display::DrawAndSwap" && ph !== "E").map(({ ts }) => ts / 1e6);
    const devtools = await context.newCDPSession(page);
    await devtools.send("HeapProfiler.collectGarbage");
    const { usedSize } = await devtools.send("Runtime.getHeapUsage");
    return {
      engine, count, uncapped, live: figures.least, ...frames(figures),
      presented: (swaps.length - 1) / (Math.max(...swaps) - Math.min(...swaps)),
      cpu: spent / figures.frames.length, memory: memory(pids), heap: usedSize / 2 ** 20,
    };
  } finally {
    await chrome.close();
  }
}

/** What a page that has nothing to show costs: per cent of a core over `seconds`, all processes of the browser. */
export async function idle({ url, storage = {}, ready, seconds }) {
  const chrome = await launch();
  try {
    const context = chrome.browser.contexts()[0];
    await context.addInitScript((storage) => Object.assign(localStorage, storage), storage);
    const page = await context.newPage();
    await page.setViewportSize(SIZE);
    await page.goto(url);
    await ready(page);
    const pids = chrome.pids();
    const before = cpu(pids);
    await new Promise((end) => setTimeout(end, seconds * 1000));
    return (cpu(pids) - before) / seconds / 10;
  } finally {
    await chrome.close();
  }
}
