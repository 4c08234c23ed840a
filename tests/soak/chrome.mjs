// Chromium with nothing attached that remembers.
//
// Playwright's own session keeps the body of every answer the page fetches
// (Network domain) and whatever else it asks of it; in hours that is the
// largest thing in the renderer. This one evaluates, samples and no more.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";

const executable = process.env.CHROMIUM ?? "/usr/bin/chromium";
/** Chromium may take this long to say where it listens, ms. */
const START_MS = 30_000;

/** Collects what goes wrong in the page; put in before anything loads. */
function collectProblems() {
  window.__problems = [];
  window.addEventListener("error", ({ message }) => void window.__problems.push(message));
  window.addEventListener("unhandledrejection", ({ reason }) => void window.__problems.push(String(reason)));
}

export class Chrome {
  #answers = new Map();
  #asked = 0;

  /** With one page of `width` × `height`. */
  static async start({ width, height }) {
    const chrome = new Chrome();
    chrome.profile = mkdtempSync(join(tmpdir(), "soak-"));
    chrome.process = spawn(executable, [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-extensions",
      "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-renderer-backgrounding",
      "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--force-color-profile=srgb",
      "--hide-scrollbars", "--mute-audio", "--autoplay-policy=no-user-gesture-required", `--window-size=${width},${height}`,
      `--user-data-dir=${chrome.profile}`, "--remote-debugging-port=0", "about:blank",
    ], { stdio: ["ignore", "ignore", "pipe"] });
    chrome.kill = () => chrome.process.kill("SIGKILL");
    process.on("exit", chrome.kill);
    chrome.socket = new WebSocket(await chrome.#address(), { perMessageDeflate: false });
    await new Promise((ready, fail) => { chrome.socket.onopen = ready; chrome.socket.onerror = fail; });
    chrome.socket.onmessage = ({ data }) => chrome.#hear(JSON.parse(data));
    const { targetInfos } = await chrome.root("Target.getTargets");
    const { targetId } = targetInfos.find(({ type }) => type === "page");
    chrome.session = (await chrome.root("Target.attachToTarget", { targetId, flatten: true })).sessionId;
    await chrome.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: false });
    await chrome.send("Page.enable");
    await chrome.before(collectProblems);
    return chrome;
  }

  #address() {
    return new Promise((found, fail) => {
      let said = "";
      const late = setTimeout(() => fail(new Error(`chromium does not listen: ${said}`)), START_MS);
      this.process.stderr.on("data", (text) => {
        said = (said + text).slice(-10_000);
        const address = /DevTools listening on (\S+)/.exec(said)?.[1];
        if (!address) return;
        clearTimeout(late);
        found(address);
      });
      this.process.once("exit", (code) => fail(new Error(`chromium ended with ${code}: ${said}`)));
    });
  }

  #hear({ id, result, error }) {
    const answer = this.#answers.get(id);
    this.#answers.delete(id);
    if (error) answer?.fail(new Error(error.message));
    else answer?.done(result);
  }

  #ask(frame) {
    this.#asked += 1;
    const id = this.#asked;
    this.socket.send(JSON.stringify({ ...frame, id }));
    return new Promise((done, fail) => this.#answers.set(id, { done, fail }));
  }

  /** A command to the browser. */
  root(method, params = {}) {
    return this.#ask({ method, params });
  }

  /** A command to the page. */
  send(method, params = {}) {
    return this.#ask({ method, params, sessionId: this.session });
  }

  /** Runs `work` with `given` in every document before its own scripts. */
  before(work, given = null) {
    return this.send("Page.addScriptToEvaluateOnNewDocument", { source: `(${work})(${JSON.stringify(given)})` });
  }

  go(url) {
    return this.send("Page.navigate", { url });
  }

  /** What `work` returns in the page, given `given`. */
  async evaluate(work, given = null) {
    return this.run(`(${work})(${JSON.stringify(given)})`);
  }

  async run(expression) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** What went wrong in the page. */
  problems() {
    return this.evaluate(() => window.__problems);
  }

  async stop() {
    const ended = new Promise((done) => this.process.once("exit", done));
    this.root("Browser.close").catch(this.kill);
    await ended;
    process.off("exit", this.kill);
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Opens the overlay of `program` as the desktop window does; `advance` lets its first timer come. */
export async function openOverlay(chrome, program, advance) {
  await chrome.before((token) => localStorage.setItem("surtitle.display.main", token), program.secrets.display);
  await chrome.go(`${program.url}/overlay/main`);
  const end = Date.now() + START_MS;
  while (!(await chrome.evaluate(() => window.__overlay !== undefined))) {
    if (Date.now() > end) throw new Error("the page does not load");
    await new Promise((next) => setTimeout(next, 50));
  }
  if (advance) await advance();
  while (!(await chrome.evaluate(() => window.__overlay.position !== undefined))) {
    if (Date.now() > end) throw new Error("the overlay has no stage");
    await new Promise((next) => setTimeout(next, 50));
  }
}
