// Starts the real OBS on a display of its own and speaks to it, beside the
// program under test, over its own WebSocket server.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";
import { out, until } from "../e2e/program.mjs";

export const PASSWORD = "correct horse";
export const pictures = join(out, "obs");
mkdirSync(pictures, { recursive: true });

const running = new Set();
process.on("exit", () => { for (const child of running) child.kill("SIGKILL"); });

function run(command, args, options) {
  const child = spawn(command, args, { stdio: "ignore", ...options });
  running.add(child);
  child.ended = new Promise((done) => child.once("exit", done)).then(() => running.delete(child));
  return child;
}

const sha = (text) => createHash("sha256").update(text).digest("base64");

/** An OBS that may be ended and started again; its settings stay. */
export class Studio {
  home = mkdtempSync(join(tmpdir(), "surtitle-obs-"));

  constructor() {
    const settings = join(this.home, ".config/obs-studio");
    mkdirSync(settings, { recursive: true });
    mkdirSync(join(this.home, "run"), { mode: 0o700 });
    const text = `[General]
FirstRun=true
[OBSWebSocket]
FirstLoad=false
ServerEnabled=true
ServerPort=4455
AlertsEnabled=false
AuthRequired=true
ServerPassword=${PASSWORD}
`;
    writeFileSync(join(settings, "global.ini"), text, { mode: 0o600 });
  }

  async display() {
    const args = ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-ac"];
    this.screen = run("Xvfb", args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
    const number = await new Promise((ready) => this.screen.stdio[3].once("data", ready));
    this.env = {
      ...process.env,
      DISPLAY: `:${String(number).trim()}`,
      HOME: this.home,
      XDG_CONFIG_HOME: join(this.home, ".config"),
      XDG_RUNTIME_DIR: join(this.home, "run"),
    };
  }

  /** Starts OBS; ten pictures a second of 1280 × 720, so that software keeps up. */
  async start() {
    if (!this.screen) await this.display();
    this.process = run("obs", ["--multi"], { env: this.env });
    await until("OBS answers", () => this.connect().catch(() => false), 90_000);
    const video = { baseWidth: 1280, baseHeight: 720, outputWidth: 1280, outputHeight: 720 };
    await until("OBS takes its size", async () => {
      await this.ask("SetVideoSettings", { ...video, fpsNumerator: 10, fpsDenominator: 1 });
      return (await this.ask("GetVideoSettings")).baseHeight === 720;
    }, 30_000).catch(async (error) => {
      if ((await this.ask("GetVideoSettings")).baseHeight !== 720) throw error;
    });
  }

  async connect() {
    const socket = new WebSocket("ws://127.0.0.1:4455/");
    this.waiting = new Map();
    await new Promise((ready, fail) => {
      socket.onerror = fail;
      socket.onclose = fail;
      socket.onmessage = ({ data }) => {
        const { op, d } = JSON.parse(data);
        if (op === 0) {
          const { salt, challenge } = d.authentication;
          const authentication = sha(sha(PASSWORD + salt) + challenge);
          socket.send(JSON.stringify({ op: 1, d: { rpcVersion: 1, eventSubscriptions: 0, authentication } }));
        } else if (op === 2) ready();
        else if (op === 7) this.waiting.get(d.requestId)?.(d);
      };
    });
    this.socket = socket;
    return true;
  }

  async ask(requestType, requestData = {}) {
    const requestId = `${Math.random()}`;
    const answer = new Promise((done) => this.waiting.set(requestId, done));
    this.socket.send(JSON.stringify({ op: 6, d: { requestType, requestId, requestData } }));
    const { requestStatus, responseData } = await answer;
    this.waiting.delete(requestId);
    if (!requestStatus.result) throw new Error(`${requestType}: ${requestStatus.comment}`);
    return responseData;
  }

  /** What OBS itself draws of a source or scene, as a PNG. */
  async picture(sourceName) {
    const { imageData } = await this.ask("GetSourceScreenshot", { sourceName, imageFormat: "png" });
    return Buffer.from(imageData.slice(imageData.indexOf(",") + 1), "base64");
  }

  async item(sceneName = "Scene", name = "Surtitle") {
    const { sceneItems } = await this.ask("GetSceneItemList", { sceneName });
    const top = Math.max(...sceneItems.map(({ sceneItemIndex }) => sceneItemIndex));
    const item = sceneItems.find(({ sourceName }) => sourceName === name);
    return item && { ...item, id: item.sceneItemId, top: item.sceneItemIndex === top };
  }

  /** OBS's window as a person sees it. */
  screenshot(name) {
    spawnSync("import", ["-window", "root", join(pictures, name)], { env: this.env });
  }

  async end(signal = "SIGTERM") {
    this.socket?.close();
    this.process.kill(signal);
    await this.process.ended;
  }

  async stop() {
    if (this.process) await this.end("SIGKILL");
    this.screen?.kill();
    await this.screen?.ended;
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** Raw pixels of a PNG, RGBA. */
export function pixels(png) {
  const made = spawnSync("convert", ["png:-", "-depth", "8", "rgba:-"], { input: png, maxBuffer: 1 << 26 });
  return made.stdout;
}

/** The letters tesseract finds in a PNG. */
export function letters(png) {
  const clear = spawnSync("convert", ["png:-", "-resize", "200%", "-fuzz", "25%", "-fill", "black", "+opaque", "white", "-negate", "png:-"], { input: png, maxBuffer: 1 << 26 });
  return spawnSync("tesseract", ["-", "-", "--psm", "11"], { input: clear.stdout, encoding: "utf8" }).stdout;
}
