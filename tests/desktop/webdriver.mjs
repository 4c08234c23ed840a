// The windows of the desktop program through WebDriver: tauri-driver in front
// of WebKitWebDriver, the few commands the tests need, no client library.
import { until } from "../e2e/program.mjs";
import { Shell, binary, freePort } from "./shell.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

export class Driver {
  /** Starts the program under WebDriver; `shell` stands for it as if started by hand. */
  static async start(desk, { settings } = {}) {
    const driver = new Driver();
    driver.shell = Shell.prepare(desk, { settings });
    driver.shell.url = `http://127.0.0.1:${await freePort()}`;
    const [port, native] = [await freePort(), await freePort()];
    driver.process = desk.spawn(process.env.TAURI_DRIVER, [
      "--port", String(port), "--native-port", String(native), "--native-driver", "/usr/bin/WebKitWebDriver",
    ], { env: driver.shell.env });
    driver.shell.process = driver.process;
    driver.base = `http://127.0.0.1:${port}`;
    await until("tauri-driver", () => fetch(`${driver.base}/status`).then((r) => r.ok, () => false));
    const { sessionId } = await driver.request("POST", "/session", {
      capabilities: { alwaysMatch: { browserName: "wry", "tauri:options": { application: binary } } },
    });
    driver.session = `/session/${sessionId}`;
    await driver.do("POST", "/timeouts", { script: 10_000 });
    return driver;
  }

  async request(method, path, body) {
    const response = await fetch(this.base + path, { method, body: body && JSON.stringify(body) });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }

  do(method, path, body) {
    return this.request(method, this.session + path, body);
  }

  /** Commands go to the window that shows `path` from here on. */
  window(path) {
    return until(`a window at ${path}`, async () => {
      for (const handle of await this.do("GET", "/window/handles")) {
        await this.do("POST", "/window", { handle });
        if (new URL(await this.do("GET", "/url")).pathname === path) return true;
      }
      return false;
    }, 20_000);
  }

  /** The first element that matches, once it is there. */
  find(selector, ms) {
    return until(selector, async () => {
      try {
        const found = await this.do("POST", "/element", { using: "css selector", value: selector });
        return found[ELEMENT];
      } catch {
        return undefined;
      }
    }, ms);
  }

  /** Clicks once the element takes it: it may still be sliding in or be drawn anew. */
  async click(selector) {
    let refused;
    await until(selector, async () => {
      const id = await this.find(selector);
      refused = await this.do("POST", `/element/${id}/click`, {}).then(() => undefined, (error) => error);
      return refused === undefined;
    }).catch((error) => { throw refused ?? error; });
  }

  async type(selector, text) {
    await this.do("POST", `/element/${await this.find(selector)}/value`, { text });
  }

  /** Runs the body of an async function in the page; resolves to what it returns. */
  run(body) {
    const script = `const done = arguments[arguments.length - 1];
      (async () => { ${body} })().then(done, (error) => done("thrown: " + error));`;
    return this.do("POST", "/execute/async", { script, args: [] });
  }

  /** Ends the session and with it the program. */
  async stop() {
    if (this.session) {
      await this.do("DELETE", "").catch(() => {});
      // The program ends by itself; its data directory is its own until then.
      await until("its end", () => fetch(this.shell.url).then(() => false, () => true));
    }
    await this.shell?.stop();
  }
}
