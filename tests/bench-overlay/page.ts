/**
 * The page both engines are measured on, one at a time: same words, same type,
 * same moments. `window.bench` is for the script that drives it. It takes
 * over whatever page it runs in.
 */
import { seeded } from "../../ui/src/danmaku/sample";

export interface Engine {
  /** Lets one comment fly. */
  emit(text: string): void;
  /** How many are on the picture. */
  live(): number;
}

/** What was seen since `measure` was called. */
interface Figures {
  /** Ms between two frames, each. */
  frames: number[];
  /** Ms of script in each frame. */
  script: number[];
  /** Fewest on the picture, asked twice a second. */
  least: number;
}

/** Text height, px; what fits a thousand comments on 1920 × 1080 without overlap. */
export const SIZE = 20;
/** Time to cross, s. */
export const SECONDS = 8;
/** Time a short comment is on the picture in every engine, s: a little more than a letter needs. */
const CROSSING = SECONDS * 1.03;
/** How often comments come, ms. */
const TICK = 50;
const WORDS = [
  "666", "哈哈哈", "lol", "nice!", "早上好", "gg", "hello", "wow 🎉", "加油", "love it", "好听", "草", "first", "よろしく",
  "ㅋㅋㅋㅋ", "yes", "no way", "8888", "前方高能", "hi all", "OMG", "tak", "مرحبا", "шик",
];

let figures: Figures | null = null;
const script = { frame: 0, spent: 0 };
let engine: Engine | null = null;

// Before an engine is loaded: one of them keeps the function it finds.
const ask = window.requestAnimationFrame.bind(window);
let last = 0;
window.requestAnimationFrame = (callback) =>
  ask((at) => {
    const from = performance.now();
    callback(at);
    const spent = performance.now() - from;
    if (!figures) return;
    if (at === script.frame) script.spent += spent;
    else {
      if (script.frame > 0) figures.script.push(script.spent);
      if (last > 0) figures.frames.push(at - last);
      [last, script.frame, script.spent] = [at, at, spent];
    }
  });

async function load(name: string, stage: HTMLElement): Promise<Engine> {
  if (name === "surtitle") return (await import("./surtitle")).create(stage);
  return (await import("./peer")).create(stage, name === "danmaku-dom" ? "dom" : "canvas");
}

const bench = {
  /** Keeps about `count` comments on the picture; 0 stops the flow. */
  async start(name: string, count: number): Promise<void> {
    const stage = document.createElement("div");
    stage.style.cssText = "position: fixed; left: 0; top: 0; width: 100vw; height: 100vh; overflow: hidden;";
    document.body.replaceChildren(stage);
    const made = await load(name, stage);
    engine = made;
    const random = seeded(1);
    const began = performance.now();
    let sent = 0;
    const flow = setInterval(() => {
      const due = ((performance.now() - began) / 1000) * (count / CROSSING);
      for (; sent < due; sent += 1) made.emit(WORDS[Math.floor(random() * WORDS.length)] ?? "");
    }, TICK);
    bench.stop = () => clearInterval(flow);
  },
  stop(): void {},
  live: (): number => engine?.live() ?? 0,
  measure(): void {
    [last, script.frame, script.spent] = [0, 0, 0];
    const begun: Figures = { frames: [], script: [], least: Number.POSITIVE_INFINITY };
    figures = begun;
    setInterval(() => {
      begun.least = Math.min(begun.least, engine?.live() ?? 0);
    }, 500);
  },
  figures: (): Figures | null => figures,
};

declare global {
  interface Window {
    bench: typeof bench;
  }
}
window.bench = bench;
