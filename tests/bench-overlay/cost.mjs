// What a tree of processes costs, from /proc. Linux only.
import { readdirSync, readFileSync } from "node:fs";

const TICKS = 100;

/** `root` and everything it started. */
export function tree(root) {
  const parents = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]));
    } catch { /* It ended meanwhile. */ }
  }
  const found = new Set([root]);
  for (let size = 0; size !== found.size;) {
    size = found.size;
    for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  }
  return [...found];
}

/** Ms of CPU all of them have used so far. */
export function cpu(pids) {
  let ticks = 0;
  for (const pid of pids) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      ticks += Number(fields[11]) + Number(fields[12]);
    } catch { /* It ended meanwhile. */ }
  }
  return ticks * (1000 / TICKS);
}

/** MB of memory, shared pages divided by who shares them. */
export function memory(pids) {
  let kb = 0;
  for (const pid of pids) {
    try {
      kb += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch { /* It ended meanwhile. */ }
  }
  return kb / 1024;
}

/** What the figures of a page say about its frames. */
export function frames({ frames, script }) {
  return {
    fps: (1000 * frames.length) / frames.reduce((sum, ms) => sum + ms, 0),
    p50: quantile(frames, 0.5), p95: quantile(frames, 0.95),
    js50: quantile(script, 0.5), js95: quantile(script, 0.95),
  };
}

/** The value `part` (0–1) of all values lie below. */
function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
