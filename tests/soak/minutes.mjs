// Real minutes: the real program, a real crowd, the real page in Chromium.
import { Program } from "../e2e/program.mjs";
import { gif, png } from "../e2e/pictures.mjs";
import { Chrome, openOverlay } from "./chrome.mjs";
import { Crowd, books } from "./crowd.mjs";
import { Watch, countTimers } from "./watch.mjs";

/** Time between two samples, s; at least 24 samples. */
const EVERY_S = 5;
const LEAST = 24;

async function putEmotes(program) {
  const pictures = { wave: ["image/gif", gif(32, 32, [[220, 60, 60], [60, 60, 220]])], dot: ["image/png", png(24, 24)] };
  for (const [code, [type, body]] of Object.entries(pictures)) {
    const headers = { authorization: `Bearer ${program.secrets.host}`, "content-type": type };
    const answer = await fetch(`${program.url}/api/emotes/${code}`, { method: "PUT", headers, body });
    if (!answer.ok) throw new Error(`emote ${code}: ${await answer.text()}`);
  }
}

/** Runs for `minutes`; samples have minutes as `at`. */
export async function soakMinutes(minutes, tell, leak) {
  const program = await Program.start();
  const chrome = await Chrome.start({ width: 1920, height: 1080 });
  try {
    await putEmotes(program);
    await chrome.before(countTimers);
    await openOverlay(chrome, program);
    const crowd = await Crowd.gather(program);
    const watch = new Watch(chrome, () => program.process.pid);
    const start = performance.now();
    const passed = () => (performance.now() - start) / 60_000;
    crowd.start();
    const every = Math.min(EVERY_S * 1_000, (minutes * 60_000) / LEAST);
    for (let n = 0; passed() < minutes; n += 1) {
      await new Promise((next) => setTimeout(next, Math.max(0, start + n * every - performance.now())));
      const flying = await chrome.evaluate(() => window.__overlay.danmaku.live().length);
      tell(await watch.take(passed(), { flying }));
      await leak?.drip(chrome, passed());
    }
    const seconds = passed() * 60;
    await crowd.stop();
    const accounts = await books(program);
    const seq = await chrome.evaluate(() => window.__overlay.position.seq);
    if (accounts.unaccounted !== 0) throw new Error(`the books do not balance: ${JSON.stringify(accounts)}`);
    const problems = await chrome.problems();
    if (problems.length > 0) throw new Error(`the page failed: ${problems}`);
    return { samples: watch.samples, seconds, offered: crowd.offered, accounts, cues: seq };
  } finally {
    await chrome.stop();
    await program.stop();
  }
}
