// `make bench-overlay`: what comments in the air cost, ours beside npm `danmaku`, in one run.
//
// Real Chromium, and the desktop program's own overlay window (WebKitGTK) where
// TAURI_DRIVER says how to look into it. SURTITLE_BENCH_COUNTS (50,200,1000),
// _SECONDS (8 a row), _ROUNDS (1): sizes.
import { cpus } from "node:os";
import { Program, client, until } from "../e2e/program.mjs";
import * as chromium from "./chromium.mjs";
import { site } from "./site.mjs";
import * as webkit from "./webkit.mjs";

const number = (name, otherwise) => Number(process.env[`SURTITLE_BENCH_${name}`] ?? otherwise);
const counts = (process.env.SURTITLE_BENCH_COUNTS ?? "50,200,1000").split(",").map(Number);
const [seconds, rounds] = [number("SECONDS", 8), number("ROUNDS", 1)];
const ENGINES = ["surtitle", "danmaku-canvas", "danmaku-dom"];

const COLUMNS = [
  ["engine", (r) => r.engine], ["comments", (r) => r.live.toFixed(0)], ["presented/s", (r) => r.presented.toFixed(1)],
  ["frame ms p50", (r) => r.p50.toFixed(1)], ["p95", (r) => r.p95.toFixed(1)],
  ["script ms p50", (r) => r.js50.toFixed(2)], ["p95", (r) => r.js95.toFixed(2)],
  ["CPU ms a frame", (r) => r.cpu.toFixed(1)], ["memory MB", (r) => r.memory.toFixed(0)], ["heap MB", (r) => Number.isNaN(r.heap) ? "–" : r.heap.toFixed(1)],
];

function table(title, rows) {
  console.log(`\n${title}\n| ${COLUMNS.map(([name]) => name).join(" | ")} |\n|${"---|".repeat(COLUMNS.length)}`);
  for (const r of rows) console.log(`| ${COLUMNS.map(([, of]) => of(r)).join(" | ")} |`);
}

function verdict(goal, value, isMet) {
  console.log(`| ${goal} | ${value} | ${isMet ? "met" : "MISSED"} |`);
}

/** The row in the middle by CPU a frame. */
function median(rows) {
  return [...rows].sort((a, b) => a.cpu - b.cpu)[Math.floor(rows.length / 2)];
}

/** One row an engine; in turn, so that other load falls on all of them. */
async function measure(row, more) {
  const rows = new Map(ENGINES.map((engine) => [engine, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const engine of ENGINES) rows.get(engine).push(await row({ ...page, engine, seconds, ...more }));
  }
  return ENGINES.map((engine) => median(rows.get(engine)));
}

/** The real page of a running program, after some comments have come and gone. */
async function quiet() {
  const program = await Program.start();
  try {
    const ann = await client(program, "Ann");
    const storage = { "surtitle.display.main": program.secrets.display };
    const ready = async (page) => {
      const look = () => page.evaluate(() => window.__overlay?.danmaku.live().length ?? -1);
      await until("connected", async () => (await look()) === 0);
      for (let cid = 1; cid <= 5; cid += 1) ann.send({ t: "send", cid, body: { kind: "comment", text: `line ${cid}` } });
      await until("flying", async () => (await look()) > 0);
      await until("gone", async () => (await look()) === 0, 30_000);
    };
    const none = await chromium.idle({ url: "about:blank", ready: async () => {}, seconds: 10 });
    const overlay = await chromium.idle({ url: `${program.url}/overlay/main`, storage, ready, seconds: 10 });
    ann.socket.close();
    return { none, overlay };
  } finally {
    await program.stop();
  }
}

const page = await site();
try {
  console.log(`${cpus()[0]?.model}, ${cpus().length} cores, node ${process.version}; ${seconds} s a row, ${rounds} rounds`);
  let last = [];
  for (const count of counts) {
    last = await measure(chromium.row, { count });
    table(`Chromium, ${count} comments, 60 frames a second at most`, last);
  }
  const most = counts[counts.length - 1];
  const free = await measure(chromium.row, { count: most, uncapped: true });
  table(`Chromium, ${most} comments, as many frames as it can`, free);
  for (const count of process.env.TAURI_DRIVER ? counts : []) {
    table(`WebKitGTK, the desktop program's overlay window, ${count} comments`, await measure(webkit.row, { count }));
  }
  const { none, overlay } = await quiet();

  const [ours, ...peers] = last;
  const [oursFree, ...peersFree] = free;
  const best = Math.max(...peersFree.map((peer) => peer.presented));
  const cheapest = Math.min(...peers.map((peer) => peer.cpu));
  console.log("\n| goal | here | |\n|---|---|---|");
  verdict(`at ${most} at least 50 presented frames a second`, ours.presented.toFixed(1), ours.presented >= 50);
  verdict("script at most 4 ms a frame, p95", `${ours.js95.toFixed(2)} ms`, ours.js95 <= 4);
  const ratio = oursFree.presented / best;
  verdict("presented frames at least 1.5 × the best peer, no limit", `${ratio.toFixed(2)} ×`, ratio >= 1.5);
  console.log(`| CPU a frame beside the cheapest peer, at 60 a second | 1 / ${(cheapest / ours.cpu).toFixed(2)} | |`);
  const extra = Math.max(0, overlay - none);
  verdict("idle page at most 0.5 % of a core", `${overlay.toFixed(2)} %, ${extra.toFixed(2)} above an empty page`, overlay <= 0.5);
} finally {
  page.close();
}
