// Looks at a running page and at processes: what could grow.
import { readFileSync } from "node:fs";

/** Counts the page's timers and frame requests that have not come yet; put in before anything loads. */
export function countTimers() {
  const pending = { timeouts: new Set(), intervals: new Set(), frames: new Set() };
  window.__pending = () => Object.values(pending).reduce((sum, { size }) => sum + size, 0);
  const once = (start, stop, open) => {
    const [begin, end] = [window[start].bind(window), window[stop].bind(window)];
    window[start] = (work, ...more) => {
      const id = begin((...given) => {
        open.delete(id);
        return work(...given);
      }, ...more);
      open.add(id);
      return id;
    };
    window[stop] = (id) => {
      open.delete(id);
      end(id);
    };
  };
  once("setTimeout", "clearTimeout", pending.timeouts);
  once("requestAnimationFrame", "cancelAnimationFrame", pending.frames);
  const [begin, end] = [window.setInterval.bind(window), window.clearInterval.bind(window)];
  window.setInterval = (...given) => {
    const id = begin(...given);
    pending.intervals.add(id);
    return id;
  };
  window.clearInterval = (id) => {
    pending.intervals.delete(id);
    end(id);
  };
}

/** Chromium takes this long to purge, ms. */
const PURGE_MS = 3_000;

/** Memory of a process, KB: what no file backs, and what it shares (Chromium's purgeable pictures and what is being drawn). */
function memory(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  const of = (name) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]);
  return { resident: of("VmRSS"), own: of("RssAnon"), shared: of("RssShmem") };
}

/** The process that draws the only page: of all renderers the one that worked most. */
async function renderer(chrome) {
  const { processInfo } = await chrome.root("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  return renderers.sort((a, b) => b.cpuTime - a.cpuTime)[0].id;
}

/** Samples of the page of `chrome`, after everything that nothing holds has been collected. */
export class Watch {
  samples = [];

  constructor(chrome, server) {
    this.chrome = chrome;
    this.server = server;
  }

  /** Takes one at `at`, in the unit the slopes are wanted in, with `more` figures. */
  async take(at, more = {}) {
    const { chrome } = this;
    // What the first finds in the DOM only the second frees.
    for (let times = 0; times < 2; times += 1) await chrome.send("HeapProfiler.collectGarbage");
    const { usedSize, embedderHeapUsedSize } = await chrome.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await chrome.send("Memory.getDOMCounters");
    const [timers, elements] = await chrome.evaluate(() => [window.__pending(), document.getElementsByTagName("*").length]);
    const { resident, own, shared } = memory(await renderer(chrome));
    const sample = {
      at, heap: usedSize / 1024, engine: embedderHeapUsedSize / 1024, nodes, elements, listeners: jsEventListeners, timers,
      renderer: resident, own, shared, ...(this.server ? { server: memory(this.server()).resident } : {}), ...more,
    };
    this.samples.push(sample);
    return sample;
  }

  /** What is shared once Chromium was told to give back what it can, KB. */
  async purged() {
    await this.chrome.send("Memory.simulatePressureNotification", { level: "critical" });
    await new Promise((next) => setTimeout(next, PURGE_MS));
    return memory(await renderer(this.chrome)).shared;
  }
}
