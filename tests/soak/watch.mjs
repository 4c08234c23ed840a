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

/** Resident memory of a process, KB; of it, what no file backs. */
function resident(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]);
}

/** The process that draws the only page: of all renderers the one that worked most. */
async function renderer(root) {
  const { processInfo } = await root.send("SystemInfo.getProcessInfo");
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  return renderers.sort((a, b) => b.cpuTime - a.cpuTime)[0].id;
}

/** Samples of `page`, after everything that nothing holds has been collected. */
export class Watch {
  #samples = [];

  static async of(chrome, page, server) {
    const watch = new Watch();
    watch.page = page;
    watch.server = server;
    watch.cdp = await page.context().newCDPSession(page);
    watch.root = await chrome.newBrowserCDPSession();
    return watch;
  }

  get samples() {
    return this.#samples;
  }

  /** Takes one at `at`, in the unit the slopes are wanted in, with `more` figures. */
  async take(at, more = {}) {
    // What the first finds in the DOM only the second frees.
    for (let times = 0; times < 2; times += 1) await this.cdp.send("HeapProfiler.collectGarbage");
    const { usedSize, embedderHeapUsedSize } = await this.cdp.send("Runtime.getHeapUsage");
    const { nodes, jsEventListeners } = await this.cdp.send("Memory.getDOMCounters");
    const [timers, elements] = await this.page.evaluate(() => [window.__pending(), document.getElementsByTagName("*").length]);
    const sample = {
      at, heap: usedSize / 1024, engine: embedderHeapUsedSize / 1024, nodes, elements, listeners: jsEventListeners, timers,
      renderer: resident(await renderer(this.root)), ...(this.server ? { server: resident(this.server()) } : {}), ...more,
    };
    this.#samples.push(sample);
    return sample;
  }
}
