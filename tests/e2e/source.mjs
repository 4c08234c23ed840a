// A stream server on loopback: HLS and FLV that ffmpeg makes as they play, and outages.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import { until } from "./program.mjs";

/** A small moving picture with a clock tone, encoded like a live one: a key frame a second. */
const PICTURE = [
  "-hide_banner", "-loglevel", "error", "-nostdin", "-re",
  "-f", "lavfi", "-i", "testsrc2=size=640x360:rate=15",
  "-f", "lavfi", "-i", "sine=frequency=440:sample_rate=44100",
  "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p", "-g", "15",
  "-b:v", "400k", "-c:a", "aac", "-b:a", "64k", "-t", "300",
];
const KINDS = { m3u8: "application/vnd.apple.mpegurl", ts: "video/mp2t", mp4: "video/mp4" };

const running = new Set();
process.on("exit", () => { for (const child of running) child.kill("SIGKILL"); });

function ffmpeg(args) {
  const child = spawn("ffmpeg", [...PICTURE, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  running.add(child);
  child.once("exit", () => running.delete(child));
  return child;
}

/** Serves `/live.m3u8` and `/live.flv` to every origin. */
export class Source {
  #folder = mkdtempSync(join(tmpdir(), "surtitle-source-"));
  #sockets = new Set();
  #children = new Set();
  #port = 0;
  /** Paths that were asked for. */
  asked = [];

  static async start() {
    const source = new Source();
    source.#child([
      "-f", "hls", "-hls_time", "1", "-hls_list_size", "6",
      "-hls_flags", "delete_segments+program_date_time", join(source.#folder, "live.m3u8"),
    ]);
    await source.up();
    await until("the playlist is there", () => source.#read("/live.m3u8"), 30_000);
    return source;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens, on the port it had before. */
  async up() {
    this.server = createServer((request, response) => this.#answer(request, response));
    this.server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    await new Promise((ready, fail) => {
      this.server.once("error", fail);
      this.server.listen(this.#port, "127.0.0.1", ready);
    });
    this.#port = this.server.address().port;
  }

  /** Gone: connections break and no new one is taken. The encoder goes on, as one does. */
  async down() {
    const closed = new Promise((done) => this.server.close(done));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async stop() {
    await this.down().catch(() => {});
    for (const child of this.#children) child.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #child(args) {
    const child = ffmpeg(args);
    this.#children.add(child);
    child.once("exit", () => this.#children.delete(child));
    return child;
  }

  #read(path) {
    try {
      return readFileSync(join(this.#folder, normalize(path)));
    } catch {
      return undefined;
    }
  }

  #answer(request, response) {
    const path = new URL(request.url, this.url).pathname;
    this.asked.push(path);
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("cache-control", "no-store");
    if (path === "/live.flv") {
      response.setHeader("content-type", "video/x-flv");
      const child = this.#child(["-f", "flv", "-flvflags", "no_duration_filesize", "pipe:1"]);
      child.stdout.pipe(response);
      response.on("close", () => child.kill("SIGKILL"));
      return;
    }
    const body = this.#read(path);
    if (!body) response.statusCode = 404;
    response.setHeader("content-type", KINDS[path.split(".").pop()] ?? "application/octet-stream");
    response.end(body);
  }
}
