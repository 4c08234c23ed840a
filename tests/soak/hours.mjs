// Virtual hours: the real page, its clock turned by hand, its line answered here.
//
// Every second of the page's time brings what the pace lets through, in PARTS
// parts with a drawn frame each. What Chromium itself times (CSS and Web
// Animations, sounds) runs about as fast as the virtual clock does.
import { Program, browser, overlay } from "../e2e/program.mjs";
import { holdLine, turnClock } from "./clock.mjs";
import { Script, record } from "./script.mjs";
import { Watch } from "./watch.mjs";

/** Parts of a second: so many frames are drawn in one. The painter makes four new comments a frame. */
const PARTS = 3;
/** Virtual seconds handed to the page at once. */
const BATCH_S = 5;
/** Virtual time between two samples, s; at least 24 samples. */
const EVERY_S = 300;
const LEAST = 24;
/** Before a sample Chromium's own animations get this long to end, ms; until then they hold what has left. */
const SETTLE_MS = 500;
/** The line is cut this often, virtual s. */
const CUT_S = 1_200;
const BEGIN = Date.UTC(2026, 0, 1);
/** Small, so that drawing does not take longer than it has to. */
const SIZE = { width: 1280, height: 720 };

/** Plays a batch in the page: each part is heard and its time passes; then Chromium draws. */
async function play({ stage, parts, ms, cut }) {
  window.__line.set(stage);
  if (cut) window.__line.cut();
  for (const part of parts) {
    window.__line.say(part);
    window.__clock.advance(ms);
    await Promise.resolve();
  }
  await window.__clock.drawn();
  return window.__line.opened();
}

/** Runs for `hours` of the page's time, or until SIGUSR2; samples have hours as `at`. */
export async function soakHours(hours, tell) {
  const program = await Program.start();
  const chrome = await browser();
  try {
    const recorded = await record(program);
    const script = new Script(recorded, BEGIN);
    const before = async (context) => {
      await context.addInitScript(turnClock, BEGIN);
      await context.addInitScript(holdLine, { welcome: recorded.welcome, begin: BEGIN });
      await context.addInitScript((stage) => window.__line.set(stage), script.stage.stage);
    };
    const page = await overlay(chrome, program, { ...SIZE, before });
    const watch = await Watch.of(chrome, page);
    await watch.cdp.send("Animation.enable");
    const seconds = Math.round(hours * 3_600);
    const every = Math.round(Math.min(EVERY_S, seconds / LEAST) / BATCH_S) * BATCH_S || BATCH_S;
    const start = performance.now();
    const spent = () => (performance.now() - start) / 1_000;
    let [lines, second, stopped] = [0, 0, false];
    process.once("SIGUSR2", () => { stopped = true; });
    for (; second <= seconds && !stopped; second += BATCH_S) {
      if (second % every === 0) {
        await watch.cdp.send("Animation.setPlaybackRate", { playbackRate: Math.max(1, second / Math.max(1, spent())) });
        await new Promise((next) => setTimeout(next, SETTLE_MS));
        const flying = await page.evaluate(() => window.__overlay.danmaku.live().length);
        tell(await watch.take(second / 3_600, { flying, spent: spent() }));
      }
      const { stage } = script.stage;
      const parts = [];
      for (let n = second * PARTS; n < (second + BATCH_S) * PARTS; n += 1) {
        parts.push(JSON.stringify(script.part(n, PARTS)));
        script.now += 1_000 / PARTS;
      }
      lines = await page.evaluate(play, { stage, parts, ms: 1_000 / PARTS, cut: second > 0 && second % CUT_S === 0 });
    }
    if (page.problems.length > 0) throw new Error(`the page failed: ${page.problems}`);
    if (lines < Math.floor((second - 60) / CUT_S)) throw new Error(`only ${lines} lines were opened`);
    return { samples: watch.samples, hours: second / 3_600, seconds: spent(), comments: script.shown, cues: script.seq, lines };
  } finally {
    await chrome.close();
    await program.stop();
  }
}
