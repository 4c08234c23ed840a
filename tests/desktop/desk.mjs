// A desktop of its own for one test file: display, session bus, window
// manager, compositor and a picture for the overlay to lie on. Nothing of the
// machine's own session is touched, and everything started here is ended here.
import { execFile, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { until } from "../e2e/program.mjs";
import { ready, xorg } from "./heads.mjs";
import { Picture } from "./picture.mjs";

const run = promisify(execFile);

/** No animations: a screenshot in the middle of one would prove nothing. */
const OPENBOX = `<openbox_config xmlns="http://openbox.org/3.4/rc">
<theme><animateIconify>no</animateIconify></theme><keyboard/><mouse/></openbox_config>`;

export class Desk {
  folder = mkdtempSync(join(tmpdir(), "surtitle-desk-"));
  children = [];

  /** In pixels; without `compositor`, none runs until `compose` is called; with `heads`, a second monitor can be plugged in. */
  static async start({ width = 1920, height = 1080, compositor = true, heads = false } = {}) {
    const desk = new Desk();
    Object.assign(desk, { width, height, heads });
    try {
      await desk.open(compositor);
    } catch (error) {
      await desk.stop();
      throw error;
    }
    return desk;
  }

  async open(compositor) {
    const { HOME, PATH } = process.env;
    this.env = { HOME: this.folder, PATH, LANG: "C.UTF-8", NO_AT_BRIDGE: "1", XDG_RUNTIME_DIR: this.folder };
    if (process.env.CARGO_HOME ?? HOME) this.env.CARGO_HOME = process.env.CARGO_HOME ?? join(HOME, ".cargo");

    const size = `${this.width}x${this.height}x24`;
    const server = this.heads ? this.spawn("Xorg", xorg(this.folder), { pipe: true })
      : this.spawn("Xvfb", ["-displayfd", "3", "-screen", "0", size, "-nolisten", "tcp", "-ac", "-noreset",
        "+extension", "Composite", "+extension", "RANDR", "+render"], { pipe: true });
    this.env.DISPLAY = `:${await firstLine(server, server.stdio[3])}`;

    if (this.heads) await ready(this);

    const bus = this.spawn("dbus-daemon", ["--session", "--nofork", "--print-address=3"], { pipe: true });
    this.env.DBUS_SESSION_BUS_ADDRESS = await firstLine(bus, bus.stdio[3]);

    const settings = join(this.folder, "openbox.xml");
    writeFileSync(settings, OPENBOX);
    this.spawn("openbox", ["--sm-disable", "--config-file", settings]);
    await until("a window manager", async () => (await this.xprop("-root", "_NET_SUPPORTING_WM_CHECK")).includes("#"), 30_000);

    await this.hang();
    if (compositor) await this.compose();
  }

  /** Fills the screen with a picture that has no two equal neighbouring regions. */
  async hang() {
    const file = join(this.folder, "backdrop.png");
    const [w, h] = [this.width, this.height];
    await run("convert", ["-size", `${w}x${h}`, "gradient:#1f9d55-#2b4fd8",
      "-fill", "#e8b93a", "-draw", `rectangle ${w / 8},${h / 5} ${w / 3},${h / 2}`,
      "-fill", "#8a2be2", "-draw", `circle ${w * 0.7},${h * 0.6} ${w * 0.7},${h * 0.8}`,
      "-depth", "8", "-type", "TrueColor", file]);
    this.spawn("display", ["-immutable", "-title", "backdrop", file]);
    await this.window("^backdrop$");
    await this.run("wmctrl", ["-r", "backdrop", "-b", "add,fullscreen"]);
    this.backdrop = await Picture.read(file);
    await until("the backdrop on the screen", async () => (await this.look()).same(this.backdrop) > 0.999);
  }

  /** Starts a compositor. */
  async compose() {
    this.compositor = this.spawn("picom", ["--backend", "xrender", "--config", "/dev/null"]);
    const left = { x: 0, y: 0, width: 100, height: this.height };
    await until("the picture through the compositor", async () => (await this.look()).same(this.backdrop, left) > 0.999);
  }

  /** Ends the compositor. */
  async uncompose() {
    await end(this.compositor);
  }

  /** Makes the one monitor this part of the screen, at full height. */
  async monitor(left, width) {
    const listed = await this.run("xrandr", ["--listmonitors"]);
    if (listed.includes(" PART ")) await this.run("xrandr", ["--delmonitor", "PART"]);
    const area = `${width}/${width}x${this.height}/${this.height}+${left}+0`;
    await this.run("xrandr", ["--setmonitor", "*PART", area, "screen"]);
  }

  /** A child with this desk's environment, ended by `stop`. Its output is in `child.said`. */
  spawn(command, args, { env = {}, pipe = false } = {}) {
    const child = spawn(command, args, {
      env: { ...this.env, ...env },
      stdio: ["ignore", "pipe", "pipe", ...(pipe ? ["pipe"] : [])],
    });
    child.said = "";
    child.on("error", (error) => { child.said += `${command}: ${error.message}\n`; });
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => { child.said += text; });
    child.done = new Promise((done) => {
      child.once("exit", (code, signal) => done(code ?? signal));
      child.once("error", () => done("not started"));
    });
    this.children.push(child);
    return child;
  }

  async xdotool(...args) {
    return (await run("xdotool", args.map(String), { env: this.env })).stdout.trim();
  }

  async run(command, args) {
    return (await run(command, args, { env: this.env })).stdout;
  }

  xprop(...args) {
    return this.run("xprop", args);
  }

  /** Ids of the mapped windows whose title matches. */
  async windows(title) {
    try {
      return (await this.xdotool("search", "--onlyvisible", "--name", title)).split("\n").filter(Boolean);
    } catch {
      return []; // xdotool ends with 1 when it finds none
    }
  }

  /** Waits for a mapped window. */
  window(title, ms = 15_000) {
    return until(`a window "${title}"`, async () => (await this.windows(title))[0], ms);
  }

  /** Waits until no window of that title is mapped. */
  gone(title, ms = 10_000) {
    return until(`no window "${title}"`, async () => (await this.windows(title)).length === 0, ms);
  }

  async geometry(id) {
    const said = await this.xdotool("getwindowgeometry", "--shell", id);
    const field = (name) => Number(new RegExp(`^${name}=(-?\\d+)`, "m").exec(said)[1]);
    return { x: field("X"), y: field("Y"), width: field("WIDTH"), height: field("HEIGHT") };
  }

  /** Closes a window as its close button does. */
  close(title) {
    return this.run("wmctrl", ["-F", "-c", title]);
  }

  async click(x, y) {
    await this.xdotool("mousemove", x, y, "click", 1);
  }

  /** What is on the screen now. */
  look() {
    return Picture.shoot(this);
  }

  async stop() {
    for (const child of this.children.reverse()) await end(child);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const pause = (ms) => new Promise((next) => setTimeout(next, ms));

/** Ends one child by its id; after 10 s not gently. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return child.done;
  child.kill("SIGTERM");
  const hard = setTimeout(() => child.kill("SIGKILL"), 10_000);
  const code = await child.done;
  clearTimeout(hard);
  return code;
}

/** The first line of a stream, or why it will never come. */
function firstLine(child, stream) {
  return new Promise((ready, fail) => {
    let text = "";
    stream.on("data", (more) => {
      text += more;
      if (text.includes("\n")) ready(text.split("\n")[0]);
    });
    child.done.then((code) => fail(new Error(`${child.spawnfile} ended with ${code}: ${child.said}`)));
  });
}
