// What the board costs: from the pointer to the overlay, and 20,000 strokes to a page that comes late.
// Prints a table; see docs/benchmarks.md. Not a timed test: it fails on nothing but its own faults.
import { loadavg } from "node:os";
import { performance } from "node:perf_hooks";
import WebSocket from "ws";
import { browser, client, hostClient, open, overlay, Program, until } from "../e2e/program.mjs";
import { handwriting, keep } from "./lesson.mjs";

const STROKES = Number(process.env.BOARD_STROKES ?? 20_000);
const MOVES = Number(process.env.BOARD_MOVES ?? 200);

const [program, chrome] = await Promise.all([Program.start(), browser()]);
try {
  const ink = await pointerToOverlay();
  const late = await lateViewer();
  console.log(`load ${loadavg()[0].toFixed(1)}, ${MOVES} moves, ${STROKES} strokes`);
  console.table({ ...ink, ...late });
} finally {
  await chrome.close();
  await program.stop();
}

/** From the event of a pointer that moved to the frame of the overlay that shows it. */
async function pointerToOverlay() {
  const storage = { "surtitle.console": program.secrets.host };
  const teacher = await open(chrome, `${program.url}/board/main`, { width: 1280, height: 720, storage });
  const picture = await overlay(chrome, program);
  await teacher.locator("[data-test=board-air]").click();
  await picture.locator(".board-layer").waitFor();
  await teacher.locator("[data-test=board-tool-line]").click();
  await teacher.evaluate(() => {
    addEventListener("pointermove", (event) => {
      window.moved = performance.timeOrigin + event.timeStamp;
    }, true);
  });
  const box = await teacher.locator(".board-sheet").boundingBox();
  const took = [];
  for (let i = 0; i < MOVES; i += 1) {
    const row = 0.05 + 0.9 * ((i % 40) / 40);
    await teacher.mouse.move(box.x + box.width * 0.1, box.y + box.height * row);
    await teacher.mouse.down();
    const to = 0.3 + 0.5 * Math.random();
    const seen = picture.evaluate(([x, y]) => new Promise((then) => {
      const canvas = document.querySelector(".board-live");
      const context = canvas.getContext("2d");
      const at = [Math.round(x * canvas.width), Math.round(y * canvas.height)];
      // After everything else of the frame, so that it is the frame that shows it and not the next.
      const after = new MessageChannel();
      const look = () => {
        if (context.getImageData(at[0], at[1], 1, 1).data[3] > 0) then(performance.timeOrigin + performance.now());
        else requestAnimationFrame(() => after.port2.postMessage(0));
      };
      after.port1.onmessage = look;
      look();
    }), [to - 0.002, row]);
    await teacher.mouse.move(box.x + box.width * to, box.y + box.height * row);
    const at = await seen;
    took.push(at - await teacher.evaluate(() => window.moved));
    await teacher.mouse.up();
    if (i % 40 === 39) await teacher.locator("[data-test=board-wipe]").click();
  }
  for (const page of [teacher, picture]) await page.context().close();
  took.sort((a, b) => a - b);
  const part = (share) => `${took[Math.floor((took.length - 1) * share)].toFixed(1)} ms`;
  return { "pointer to overlay p50": part(0.5), "pointer to overlay p95": part(0.95), "pointer to overlay worst": part(1) };
}

/** A board of many strokes, read over a bare socket and by a page in Chromium. */
async function lateViewer() {
  const host = await hostClient(program);
  await host.run({ do: "board", order: "begin" });
  host.socket.close();
  await program.kill();
  keep(program.data, handwriting(STROKES));
  await program.run();
  const opened = performance.now();
  const warm = await client(program);
  warm.send({ t: "board", ask: "open" });
  await until("the board is read", () => warm.frames.find((f) => f.say === "opened"), 60_000);
  const start = performance.now() - opened;
  warm.socket.close();
  const sockets = [];
  let bytes = 0;
  for (let i = 0; i < 5; i += 1) {
    const [ms, size] = await read();
    sockets.push(ms);
    bytes = size;
  }
  const [pages, held] = [[], []];
  for (let i = 0; i < 5; i += 1) {
    const { took, longest } = await look();
    pages.push(took);
    held.push(longest);
  }
  const least = (all) => `${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)} ms`;
  return {
    "log read at the start": `${start.toFixed(0)} ms`,
    "snapshot, bytes": `${(bytes / 1e6).toFixed(1)} MB`,
    "snapshot, socket": least(sockets),
    "snapshot, drawn in Chromium": least(pages),
    "its thread held, longest": least(held),
  };
}

function read() {
  return new Promise((done, fail) => {
    const socket = new WebSocket(`${program.url.replace("http", "ws")}/ws`);
    let [began, bytes] = [0, 0];
    const send = (frame) => socket.send(JSON.stringify(frame));
    socket.onerror = fail;
    socket.onopen = () => send({ t: "hello", v: 1 });
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data);
      if (frame.t === "welcome") {
        began = performance.now();
        send({ t: "board", ask: "open" });
      } else if (frame.say === "opened") send({ t: "board", ask: "more", page: 1, after: 0 });
      else if (frame.say === "piece") {
        bytes += data.length;
        if (frame.next !== undefined) send({ t: "board", ask: "more", page: 1, after: frame.next });
        else {
          socket.close();
          done([performance.now() - began, bytes]);
        }
      }
    };
  });
}

/**
 * From the page's asking for the board to the picture with its last stroke, a square in the corner; and the longest
 * task of the page's own thread, where Chromium tells of those over 50 ms.
 */
async function look() {
  const context = await chrome.newContext({ viewport: { width: 1280, height: 720 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.longest = 0;
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
    }).observe({ type: "longtask", buffered: true });
    // Asked in the page: a driver that listens to 4.5 MB of frames takes a processor for itself.
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
      if (String(data).includes('"ask":"open"')) window.asked ??= performance.now();
      send.call(this, data);
    };
  });
  await page.goto(`${program.url}/board/main`);
  const took = await page.evaluate(() => new Promise((then) => {
    const look = () => {
      const canvas = document.querySelector(".board-ink");
      const at = canvas && [Math.round(canvas.width * 0.99), Math.round(canvas.height * 0.99)];
      if (at && canvas.getContext("2d").getImageData(...at, 1, 1).data[3] > 0) then(performance.now() - window.asked);
      else requestAnimationFrame(look);
    };
    look();
  }));
  const longest = await page.evaluate(() => window.longest);
  await context.close();
  return { took, longest };
}
