// The real overlay page of the real program, with what stands on the stage put in on the way.
import { until } from "../e2e/program.mjs";

/** The size of the picture: 540 lines, so that sheets stay small. */
const VIEW = { width: 960, height: 540 };
/** Of the picture around a card, px. */
const MARGIN = 10;
/** When every stage is: counts down and turns to the same figures in every run. */
const NOW = 1_800_000_000_000;
const EMPTY = { feed: [], cards: [], paid: [], placards: [], pinned: undefined, emotes: [], likes: 0, online: 0 };

/** Runs in the page before all else: its clock stands, and it knows every picture it asked for. */
function still([key, token]) {
  localStorage.setItem(key, token);
  performance.now = () => 1_000;
  const create = document.createElement.bind(document);
  window.asked = [];
  document.createElement = (name, ...more) => {
    const element = create(name, ...more);
    if (name === "img") window.asked.push(element);
    return element;
  };
}

/** Waits for fonts and pictures, ends what moves; a line that runs out with time stays where it began. */
async function settle() {
  const loaded = (image) => image.complete || new Promise((done) => { image.onload = done; image.onerror = done; });
  await Promise.all(window.asked.splice(0).map(loaded));
  const frame = () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
  await frame();
  await document.fonts.ready;
  for (const animation of document.getAnimations()) {
    if (animation.animationName === "paid-time") {
      animation.pause();
      animation.currentTime = 0;
    } else animation.finish();
  }
  await frame();
}

/** Paints what is behind: dark to the middle of `selector`, bright from there. Its place in the picture. */
function backdrop(selector) {
  const boxes = [...document.querySelectorAll(selector)].map((element) => element.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map((b) => b.left)), Math.min(...boxes.map((b) => b.top))];
  const [right, bottom] = [Math.max(...boxes.map((b) => b.right)), Math.max(...boxes.map((b) => b.bottom))];
  const middle = Math.round((left + right) / 2);
  const paint = `linear-gradient(90deg, #1d2430 ${middle}px, #e9e4d8 ${middle}px)`;
  document.documentElement.style.setProperty("background", paint, "important");
  return { left, top, right, bottom };
}

/** An overlay page whose stage the test fills. */
export async function stageOf(chrome, program) {
  const context = await chrome.newContext({ viewport: VIEW, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error.stack)));
  await page.addInitScript(still, ["surtitle.display.main", program.secrets.display]);
  let send;
  let first;
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer();
    send = (frame) => socket.send(JSON.stringify(frame));
    server.onMessage((text) => {
      for (const line of String(text).split("\n")) {
        const frame = JSON.parse(line);
        if (frame.t === "stage") first ??= frame.stage;
        else if (frame.t !== "cues") socket.send(line);
      }
    });
  });
  await page.goto(`${program.url}/overlay/main`);
  await until("the stage", () => first);
  const show = (parts) => send({ t: "stage", stage: { ...first, now: NOW, visible: true, ...EMPTY, ...parts } });

  /** A picture of `selector` when `parts(now, look)` stand on the stage, as PNG. */
  async function shoot(selector, parts) {
    show({});
    await page.locator(selector).first().waitFor({ state: "hidden" });
    show(parts(NOW, first.look));
    await page.locator(selector).first().waitFor({ state: "visible" });
    await page.evaluate(settle);
    const box = await page.evaluate(backdrop, selector);
    const x = Math.max(0, Math.floor(box.left) - MARGIN);
    const y = Math.max(0, Math.floor(box.top) - MARGIN);
    const width = Math.min(VIEW.width, Math.ceil(box.right) + MARGIN) - x;
    const height = Math.min(VIEW.height, Math.ceil(box.bottom) + MARGIN) - y;
    return page.screenshot({ clip: { x, y, width, height } });
  }
  return { page, shoot, theme: first.theme.id };
}
