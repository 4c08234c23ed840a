// Real minutes: the real program, a real crowd, the real page in Chromium.
import { Program, browser, overlay, until } from "../e2e/program.mjs";
import { gif, png } from "../e2e/pictures.mjs";
import { Crowd, books } from "./crowd.mjs";
import { Watch, countTimers } from "./watch.mjs";

/** Time between two samples, s; at least 24 samples. */
const EVERY_S = 15;
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
export async function soakMinutes(minutes, tell) {
  const program = await Program.start();
  const chrome = await browser(["--autoplay-policy=no-user-gesture-required"]);
  try {
    await putEmotes(program);
    const page = await overlay(chrome, program, { width: 1920, height: 1080, before: (context) => context.addInitScript(countTimers) });
    await until("watching", () => page.evaluate(() => window.__overlay.position !== undefined));
    const crowd = await Crowd.gather(program);
    const watch = await Watch.of(chrome, page, () => program.process.pid);
    const start = performance.now();
    const passed = () => (performance.now() - start) / 60_000;
    crowd.start();
    const every = Math.min(EVERY_S * 1_000, (minutes * 60_000) / LEAST);
    for (let n = 0; passed() < minutes; n += 1) {
      await new Promise((next) => setTimeout(next, Math.max(0, start + n * every - performance.now())));
      const flying = await page.evaluate(() => window.__overlay.danmaku.live().length);
      tell(await watch.take(passed(), { flying }));
    }
    const seconds = passed() * 60;
    await crowd.stop();
    const accounts = await books(program);
    const seq = await page.evaluate(() => window.__overlay.position.seq);
    if (accounts.unaccounted !== 0) throw new Error(`the books do not balance: ${JSON.stringify(accounts)}`);
    if (page.problems.length > 0) throw new Error(`the page failed: ${page.problems}`);
    return { samples: watch.samples, seconds, offered: crowd.offered, accounts, cues: seq };
  } finally {
    await chrome.close();
    await program.stop();
  }
}
