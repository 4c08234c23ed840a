// One row of the bench in the desktop program's own overlay window: WebKitGTK,
// transparent, above everything, under a compositor.
import { execFile } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { until } from "../e2e/program.mjs";
import { Desk } from "../desktop/desk.mjs";
import { OVERLAY } from "../desktop/shell.mjs";
import { Driver } from "../desktop/webdriver.mjs";
import { cpu, frames, memory, tree } from "./cost.mjs";

const run = promisify(execFile);
const counter = join(dirname(fileURLToPath(import.meta.url)), "damage.py");

/** A desktop with the program on it; `script` has run in its overlay window, which goes nowhere else. */
export async function openOverlay(script) {
  const desk = await Desk.start();
  try {
    const driver = await Driver.start(desk);
    await driver.window("/overlay/main");
    await driver.do("POST", "/execute/sync", { script, args: [] });
    return {
      desk, driver,
      window: await desk.window(OVERLAY),
      async close() {
        await driver.stop().finally(() => desk.stop());
      },
    };
  } catch (error) {
    await desk.stop();
    throw error;
  }
}

/** Measures `engine` with about `count` comments on the picture for `seconds`. */
export async function row({ script, engine, count, seconds }) {
  const overlay = await openOverlay(script);
  try {
    const { desk, driver, window } = overlay;
    await driver.run(`await window.bench.start(${JSON.stringify(engine)}, ${count});`);
    await until("enough comments", () => driver.run("return window.bench.live()").then((live) => live >= count * 0.95), 120_000);
    const pids = tree(driver.process.pid);
    const before = cpu(pids);
    await driver.run("window.bench.measure();");
    const { stdout } = await run("python3", [counter, window, String(seconds)], { env: desk.env });
    const spent = cpu(pids) - before;
    const figures = await driver.run("return window.bench.figures()");
    return {
      engine, count, live: figures.least, ...frames(figures), presented: Number(stdout),
      cpu: spent / figures.frames.length, memory: memory(pids), heap: Number.NaN,
    };
  } finally {
    await overlay.close();
  }
}
