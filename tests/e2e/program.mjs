// Starts the real program and the real Chromium for a test, and ends both.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import WebSocket from "ws";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
export const binary = process.env.SURTITLE_BIN ?? join(target, "debug/surtitle");
export const out = join(root, "tests/out");
mkdirSync(out, { recursive: true });

/** Programs that run; none outlives its test, not even one that was cut short. */
const running = new Set();
process.on("exit", () => { for (const child of running) child.kill("SIGKILL"); });
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit(1));

/** A running `surtitle serve` on a free port; `restart` keeps port and data. */
export class Program {
  data = mkdtempSync(join(tmpdir(), "surtitle-"));
  listen = "127.0.0.1:0";
  output = "";

  static async start(args = []) {
    const program = new Program();
    program.args = args;
    await program.run();
    return program;
  }

  async run() {
    const args = ["serve", "--listen", this.listen, "--data", this.data, ...this.args];
    this.process = spawn(binary, args, { stdio: ["ignore", "pipe", "pipe"] });
    this.process.stderr.on("data", (text) => { this.output += text; });
    const child = this.process;
    running.add(child);
    this.ended = new Promise((done) => child.once("exit", done)).then(() => running.delete(child));
    const lines = createInterface({ input: this.process.stdout });
    this.url = await new Promise((ready, fail) => {
      lines.once("line", (line) => ready(line.replace("listening on ", "")));
      this.process.once("exit", (code) => fail(new Error(`surtitle ended with ${code}: ${this.output}`)));
    });
    this.listen = new URL(this.url).host;
  }

  async kill(signal = "SIGTERM") {
    this.process.kill(signal);
    await this.ended;
  }

  async restart(signal) {
    await this.kill(signal);
    await this.run();
  }

  get secrets() {
    return JSON.parse(readFileSync(join(this.data, "secrets.json"), "utf8"));
  }

  async stop() {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }
}

const executablePath = process.env.CHROMIUM ??
  ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((p) => existsSync(p));

export function browser(more = []) {
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--force-color-profile=srgb", ...more,
    ],
  });
}

/** Starts a program and a browser before a file's tests, hands both to `use`, and ends them after. */
export function stand(use, { args, flags } = {}) {
  let program;
  let chrome;
  before(async () => {
    program = await Program.start(args);
    chrome = await browser(flags);
    await use({ program, chrome });
  });
  after(async () => {
    await chrome?.close();
    await program?.stop();
  });
}

/** A page in a profile of its own that fails the test on a script error; `before` prepares its context. */
export async function open(chrome, url, { width = 1280, height = 800, storage = {}, before, ...more } = {}) {
  const context = await chrome.newContext({ viewport: { width, height }, ...more });
  await before?.(context);
  const origin = new URL(url).origin;
  await context.addInitScript(([origin, storage]) => {
    if (location.origin !== origin) return;
    for (const [key, value] of Object.entries(storage)) localStorage.setItem(key, value);
  }, [origin, storage]);
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("dialog", (dialog) => { page.problems.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(url);
  return page;
}

/** A viewer page that has taken a name. */
export async function viewer(chrome, program, nick, size) {
  const page = await open(chrome, `${program.url}/viewer/main`, size);
  await page.locator("[data-test=nick-input]").fill(nick);
  await page.locator("[data-test=nick-take]").click();
  await page.locator("[data-test=composer]").waitFor();
  return page;
}

export async function say(page, text) {
  await page.locator("[data-test=composer]").fill(text);
  await page.locator("[data-test=send]").click();
}

/** The overlay as the desktop window opens it: with the display token. It draws what comes from now on. */
export async function overlay(chrome, program, size = { width: 1920, height: 1080 }) {
  const storage = { "surtitle.display.main": program.secrets.display };
  const page = await open(chrome, `${program.url}/overlay/main`, { ...size, storage });
  await until("the overlay has its stage", () => page.evaluate(() => window.__overlay?.position !== undefined));
  return page;
}

export function hostConsole(chrome, program, size = { width: 1440, height: 900 }) {
  return open(chrome, `${program.url}/console`, { ...size, storage: { "surtitle.console": program.secrets.host } });
}

/** Polls until `check` returns something true; its last value is in the error. */
export async function until(what, check, ms = 10_000) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms; last ${JSON.stringify(value)}`);
    await new Promise((next) => setTimeout(next, 20));
  }
}

/** A host's bare connection: `run` sends a command and waits until it is done. */
export async function hostClient(program) {
  const socket = new WebSocket(`${program.url.replace("http", "ws")}/ws`);
  await new Promise((ready, fail) => { socket.onopen = ready; socket.onerror = fail; });
  const frames = [];
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  const send = (frame) => socket.send(JSON.stringify(frame));
  send({ t: "hello", v: 1, token: program.secrets.host });
  send({ t: "monitor" });
  await until("desk", () => frames.find((f) => f.t === "desk"));
  let id = 0;
  const run = async (command) => {
    id += 1;
    const number = id;
    send({ t: "do", id: number, command });
    const answer = await until("answer", () =>
      frames.find((f) => (f.t === "done" && f.id === number) || (f.t === "error" && f.re === number)));
    if (answer.t === "error") throw new Error(answer.message);
  };
  const display = () => frames.findLast((f) => f.stats)?.stats.displays.find((d) => d.name === "main");
  /** Sets some values of the look, e.g. `{ speech: { on: true } }`. */
  const look = (changes) => {
    const now = structuredClone(display().look);
    for (const [section, values] of Object.entries(changes)) Object.assign(now[section], values);
    return run({ do: "look", overlay: "main", look: now });
  };
  return { socket, frames, run, display, look };
}

/** A bare native connection, for loads a page's buttons cannot make. */
export async function client(program, nick) {
  const socket = new WebSocket(`${program.url.replace("http", "ws")}/ws`);
  await new Promise((ready, fail) => { socket.onopen = ready; socket.onerror = fail; });
  const frames = [];
  socket.onmessage = ({ data }) => frames.push(JSON.parse(data));
  const send = (frame) => socket.send(JSON.stringify(frame));
  send({ t: "hello", v: 1 });
  send({ t: "join", room: "main" });
  if (nick) {
    send({ t: "name", nick });
    await until("named", () => frames.find((f) => f.t === "named"));
  }
  return { socket, frames, send };
}
