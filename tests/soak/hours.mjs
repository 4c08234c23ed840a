// Virtual hours: the real page, its clock turned by hand, its line answered here.
//
// Every second of the page's time brings what the pace lets through, in PARTS
// parts with a drawn frame each. What Chromium itself times (CSS and Web
// Animations, sounds) runs about as fast as the virtual clock does.
import { Program } from "../e2e/program.mjs";
import { Chrome, openOverlay } from "./chrome.mjs";
import { UNPURGEABLE } from "./bounds.mjs";
import { holdLine, turnClock } from "./clock.mjs";
import { Script, record } from "./script.mjs";
import { Watch } from "./watch.mjs";

/** Parts of a second: so many frames are drawn in one. The painter makes four new comments a frame. */
const PARTS = 3;
/** Virtual seconds handed to the page at once. */
const BATCH_S = 5;
/** Virtual time between two samples, s, whole minutes: the crowd is quiet at the end of each. At least 24 samples. */
const EVERY_S = 300;
const MINUTE_S = 60;
const LEAST = 24;
/** An effect that plays in the quiet moves the heap by 10 MB: the sample waits so long for a minute without one, s. */
const LATE_S = 600;
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

/** Runs for `hours` of the page's time, or until SIGUSR2; samples have hours as `at`. `leak` is the control's. */
export async function soakHours(hours, tell, leak) {
  const program = await Program.start();
  const chrome = await Chrome.start(SIZE);
  try {
    const recorded = await record(program);
    const script = new Script(recorded, BEGIN);
    await chrome.before(turnClock, BEGIN);
    await chrome.before(holdLine, { welcome: recorded.welcome, begin: BEGIN });
    await chrome.before((stage) => window.__line.set(stage), script.stage.stage);
    // The page opens its line by a timer.
    await openOverlay(chrome, program, () => chrome.evaluate(() => window.__clock.advance(1)));
    const watch = new Watch(chrome);
    const seconds = Math.round(hours * 3_600);
    const every = Math.max(1, Math.floor(Math.min(EVERY_S, seconds / LEAST) / MINUTE_S)) * MINUTE_S;
    const start = performance.now();
    const spent = () => (performance.now() - start) / 1_000;
    let [lines, second, due, stopped] = [0, 0, 0, false];
    process.once("SIGUSR2", () => { stopped = true; });
    for (; second <= seconds && !stopped; second += BATCH_S) {
      if (second >= due && second % MINUTE_S === 0) {
        // Without Animation.enable: an enabled domain keeps a record of every animation there ever was.
        await chrome.send("Animation.setPlaybackRate", { playbackRate: Math.max(1, second / Math.max(1, spent())) });
        await new Promise((next) => setTimeout(next, SETTLE_MS));
        const [flying, playing] = await chrome.evaluate(() =>
          [window.__overlay.danmaku.live().length, window.__overlay.effects.playing() !== null]);
        if (!playing || second >= due + LATE_S) {
          tell(await watch.take(second / 3_600, { flying, spent: spent() }));
          await leak?.drip(chrome, second / 3_600);
          due = (Math.floor(second / every) + 1) * every;
        }
      }
      const { stage } = script.stage;
      const parts = [];
      for (let n = second * PARTS; n < (second + BATCH_S) * PARTS; n += 1) {
        parts.push(JSON.stringify(script.part(n, PARTS)));
        script.now += 1_000 / PARTS;
      }
      lines = await chrome.evaluate(play, { stage, parts, ms: 1_000 / PARTS, cut: second > 0 && second % CUT_S === 0 });
    }
    const problems = await chrome.problems();
    if (problems.length > 0) throw new Error(`the page failed: ${problems}`);
    if (lines < Math.floor((second - 60) / CUT_S)) throw new Error(`only ${lines} lines were opened`);
    const left = await watch.purged();
    const wrong = left > UNPURGEABLE ? [`${left} KB of shared memory cannot be purged, allowed is ${UNPURGEABLE}`] : [];
    const facts = { sharedAfterPurge: left, hours: second / 3_600, seconds: spent(), comments: script.shown, cues: script.seq, lines };
    return { samples: watch.samples, wrong, ...facts };
  } finally {
    await chrome.stop();
    await program.stop();
  }
}
