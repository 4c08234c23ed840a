// The alpha stream, read with ffmpeg as OBS's media source reads it: what is
// on it, how little an idle one sends, and how it ends.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { client, Program, until } from "./program.mjs";

const width = 640, height = 360;

/** The video as a player sees it: every picture as BGRA, the last one kept. */
class Player {
  pictures = 0;

  constructor(program) {
    const url = `${program.url}/stream/main?w=${width}&h=${height}`;
    this.process = spawn("ffmpeg", [
      "-v", "error", "-i", url, "-vsync", "passthrough", "-pix_fmt", "bgra", "-f", "rawvideo", "-",
    ], { stdio: ["ignore", "pipe", "inherit"] });
    this.ended = new Promise((done) => this.process.once("exit", done));
    let parts = [], have = 0;
    this.process.stdout.on("data", (part) => {
      parts.push(part);
      have += part.length;
      while (have >= width * height * 4) {
        const all = Buffer.concat(parts);
        this.picture = all.subarray(0, width * height * 4);
        this.pictures += 1;
        parts = [all.subarray(width * height * 4)];
        have = parts[0].length;
      }
    });
  }

  /** How many pixels are inked: plates let a little through, and so do small letters. */
  get ink() {
    let n = 0;
    for (let i = 3; i < (this.picture?.length ?? 0); i += 4) n += this.picture[i] > 200 ? 1 : 0;
    return n;
  }

  async close() {
    this.process.kill("SIGKILL");
    await this.ended;
  }
}

/** Processes of the machine whose command line holds `word`: id, parent, command line. */
function processes(word) {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((id) => {
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, "utf8").replaceAll("\0", " ");
      const parent = Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))[1]);
      return line.includes(word) ? [{ id: Number(id), parent, line }] : [];
    } catch {
      return []; // It ended meanwhile.
    }
  });
}

/** The browser `program` started, and its profile's folder. */
function browserOf(program) {
  const own = processes("--user-data-dir").find(({ parent }) => parent === program.process.pid);
  return own && { ...own, profile: /surtitle-browser-[0-9a-f]+/.exec(own.line)[0] };
}

const speak = (member, cid, text) => member.send({ t: "send", cid, body: { kind: "comment", text } });

test("a comment is on the transparent video, which is quiet when nothing moves", async (t) => {
  const program = await Program.start();
  t.after(() => program.stop());
  const player = new Player(program);
  t.after(() => player.close());
  const ann = await client(program, "Ann");
  t.after(() => ann.socket.close());
  await until("a picture of the overlay", () => player.ink > 0, 60_000);
  const before = player.ink;
  speak(ann, 1, "hello from the video");
  await until("the comment's ink", () => player.ink > before + 200, 30_000);
  assert.deepEqual([...player.picture.subarray(0, 4)], [0, 0, 0, 0], "the corner is empty");

  // Nothing moves once the comment has flown by; then the last picture comes twice a second.
  await until("a quiet second", async () => {
    const n = player.pictures;
    await new Promise((next) => setTimeout(next, 1_000));
    return player.pictures - n <= 3 && player.pictures > n;
  }, 60_000);

  const { display, host } = program.secrets;
  for (const { line } of processes(browserOf(program).profile)) {
    assert.ok(!line.includes(display) && !line.includes(host) && !line.includes("token"), line);
  }
});

test("a browser that is killed is replaced, and the next comment is on the video", async (t) => {
  const program = await Program.start();
  t.after(() => program.stop());
  const player = new Player(program);
  t.after(() => player.close());
  const ann = await client(program, "Ann");
  t.after(() => ann.socket.close());
  const first = await until("a browser", () => browserOf(program), 30_000);
  await until("a picture of the overlay", () => player.ink > 0, 60_000);
  process.kill(first.id, "SIGKILL");
  await until("another browser", () => {
    const now = browserOf(program);
    return now && now.profile !== first.profile;
  }, 30_000);
  const before = player.ink;
  speak(ann, 1, "still here after the browser died");
  await until("the comment's ink", () => player.ink > before + 200, 60_000);
});

test("two players share a browser, and it ends soon after the last has gone", async (t) => {
  const program = await Program.start();
  t.after(() => program.stop());
  const players = [new Player(program), new Player(program)];
  t.after(() => Promise.all(players.map((player) => player.close())));
  await until("pictures for both", () => players.every((player) => player.pictures > 5), 60_000);
  const own = processes("--user-data-dir")
    .filter(({ parent }) => parent === program.process.pid);
  assert.equal(own.length, 1);
  await players[0].close();
  const n = players[1].pictures;
  await until("the other plays on", () => players[1].pictures > n + 2, 30_000);
  await players[1].close();
  await until("no browser", () => !browserOf(program), 30_000);
});

for (const signal of ["SIGTERM", "SIGKILL"]) {
  test(`no browser outlives the program after ${signal}`, async (t) => {
    const program = await Program.start();
    t.after(() => program.stop());
    const player = new Player(program);
    t.after(() => player.close());
    const own = await until("a browser", () => browserOf(program), 30_000);
    await until("pictures", () => player.pictures > 5, 60_000);
    await program.kill(signal);
    await until("no process of the browser", () => processes(own.profile).length === 0, 30_000);
  });
}

test("only programs of this machine may read the video", async (t) => {
  const program = await Program.start();
  t.after(() => program.stop());
  const answer = async (path, headers = {}) => (await fetch(`${program.url}${path}`, { headers })).status;
  assert.equal(await answer("/stream/main", { "sec-fetch-site": "cross-site" }), 403);
  assert.equal(await answer("/stream/main", { origin: "http://evil.example" }), 403);
  assert.equal(await answer("/stream/NO"), 404);
  assert.equal(await answer("/stream/main?w=9&h=9"), 400);
  assert.equal(browserOf(program), undefined, "no refusal starts a browser");
});
