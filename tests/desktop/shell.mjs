// The real desktop program on a desk.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../e2e/program.mjs";
import { end } from "./desk.mjs";

export const binary = process.env.SURTITLE_BIN;

export const CONSOLE = "^Surtitle$";
export const OVERLAY = "^Surtitle overlay$";
export const VIEWER = "^Surtitle viewer$";

/** Hot keys as xdotool writes them; the defaults. */
export const KEYS = {
  show: "ctrl+alt+shift+s",
  hide: "ctrl+alt+shift+h",
  passClicks: "ctrl+alt+shift+t",
  catchClicks: "ctrl+alt+shift+y",
  hold: "ctrl+alt+shift+x",
  stronger: "ctrl+alt+shift+equal",
  fainter: "ctrl+alt+shift+minus",
  clear: "ctrl+alt+shift+c",
  console: "ctrl+alt+shift+o",
  viewer: "ctrl+alt+shift+v",
};

export class Shell {
  constructor(desk, data = mkdtempSync(join(tmpdir(), "surtitle-data-"))) {
    Object.assign(this, { desk, data });
  }

  /** Not started yet; its data directory is there, with `settings` in it. */
  static prepare(desk, { settings, data } = {}) {
    const shell = new Shell(desk, data);
    if (settings) writeFileSync(join(shell.data, "settings.json"), JSON.stringify(settings));
    return shell;
  }

  /** Starts it and waits for the server and, unless told otherwise, the windows. */
  static async start(desk, more) {
    const shell = Shell.prepare(desk, more);
    await shell.open(more);
    return shell;
  }

  async open({ windows = [CONSOLE, OVERLAY], env, args } = {}) {
    await this.run(env, args);
    for (const title of windows) await this.desk.window(title);
  }

  async run(env, args) {
    this.url = `http://127.0.0.1:${await freePort()}`;
    this.process = this.launch(env, args);
    await until(`the server of ${binary}`, () => {
      if (this.process.exitCode !== null) throw new Error(`ended with ${this.process.exitCode}: ${this.said}`);
      return /^listening on /m.test(this.said);
    }, 30_000);
  }

  /** Environment of the program, also for starting it by another way. */
  get env() {
    return { SURTITLE_LISTEN: new URL(this.url).host, SURTITLE_DATA: this.data, SURTITLE_LOG: "info,surtitle_lib=debug" };
  }

  /** Starts the program once more, with everything the same. */
  launch(env = {}, args = []) {
    return this.desk.spawn(binary, args, { env: { ...this.env, ...env } });
  }

  get said() {
    return this.process.said;
  }

  /** What the program has remembered. The file is written in place, so half of it may be read: then again. */
  get settings() {
    for (let tries = 0; ; tries += 1) {
      try {
        return JSON.parse(readFileSync(join(this.data, "settings.json"), "utf8"));
      } catch (error) {
        if (tries === 1_000) throw error;
        // The program that writes it needs the processor too.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      }
    }
  }

  press(key) {
    return this.desk.xdotool("key", "--clearmodifiers", key);
  }

  /** Holds a hot key down until `up`. */
  down(key) {
    return this.desk.xdotool("keydown", key);
  }

  up(key) {
    return this.desk.xdotool("keyup", key);
  }

  /** Where an overlay window takes clicks, as the program last said: `everywhere`, `nowhere` or `at WxH+X+Y …`. */
  takes(label = "overlay") {
    const said = [...this.said.matchAll(/window "([^"]+)" takes clicks (.+)/g)];
    return said.findLast(([, window]) => window === label)?.[2];
  }

  /** Where an overlay window's page has controls, in the order of the page. */
  controls(label = "overlay") {
    const said = [...this.said.matchAll(/window "([^"]+)" has controls (.+)/g)];
    const places = said.findLast(([, window]) => window === label)?.[2].split(" ").slice(1) ?? [];
    return places.map((place) => {
      const [width, height, x, y] = place.split(/[x+]/).map(Number);
      return { x, y, width, height };
    });
  }

  /** Out of the way, so that the overlay is seen over the backdrop. */
  async putAway(title = CONSOLE) {
    await this.desk.xdotool("windowminimize", await this.desk.window(title));
    await this.desk.gone(title);
  }

  /** Asks it to end; resolves to its exit code. */
  quit() {
    return end(this.process);
  }

  async stop() {
    if (this.process) await this.quit();
    // WebKit's own processes may write a little longer.
    rmSync(this.data, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((ready, fail) => {
    const server = createServer();
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => ready(port));
    });
  });
}
