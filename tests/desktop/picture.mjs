// Pixels: of a file, or of a desk's screen. Judged as numbers, kept as PNG.
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const out = join(resolve(dirname(fileURLToPath(import.meta.url)), ".."), "out/desktop");
mkdirSync(out, { recursive: true });

/** Two pixels are the same if no channel differs by more than this. */
const TOLERANCE = 3;

export class Picture {
  constructor(width, height, data) {
    Object.assign(this, { width, height, data });
  }

  static async read(file) {
    return parse(await pipe("convert", [file, "-depth", "8", "ppm:-"]));
  }

  static async shoot(desk) {
    return parse(await pipe("import", ["-silent", "-window", "root", "-depth", "8", "ppm:-"], desk.env));
  }

  /** Saves as PNG under tests/out/desktop. */
  async save(name) {
    const header = Buffer.from(`P6\n${this.width} ${this.height}\n255\n`);
    await pipe("convert", ["ppm:-", join(out, `${name}.png`)], process.env, Buffer.concat([header, this.data]));
    return this;
  }

  at(x, y) {
    const i = (y * this.width + x) * 3;
    return [this.data[i], this.data[i + 1], this.data[i + 2]];
  }

  /** Share of pixels, 0 to 1, that are the same in `other`, inside `box` or everywhere. */
  same(other, box = { x: 0, y: 0, width: this.width, height: this.height }) {
    let same = 0;
    this.each(box, (i) => {
      if (near(this.data, other.data, i)) same += 1;
    });
    return same / (box.width * box.height);
  }

  /** Number of pixels inside `box` that differ from `other` and satisfy `colour(r, g, b)`. */
  drawn(other, box, colour = () => true) {
    let count = 0;
    this.each(box, (i) => {
      const [r, g, b] = [this.data[i], this.data[i + 1], this.data[i + 2]];
      if (!near(this.data, other.data, i) && colour(r, g, b)) count += 1;
    });
    return count;
  }

  each({ x, y, width, height }, visit) {
    for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row += 1) {
      for (let column = Math.max(0, x); column < Math.min(this.width, x + width); column += 1) {
        visit((row * this.width + column) * 3);
      }
    }
  }
}

function near(a, b, i) {
  return Math.abs(a[i] - b[i]) <= TOLERANCE
    && Math.abs(a[i + 1] - b[i + 1]) <= TOLERANCE
    && Math.abs(a[i + 2] - b[i + 2]) <= TOLERANCE;
}

/** A binary PPM: `P6 WIDTH HEIGHT 255` and one white space, then the pixels. */
function parse(bytes) {
  const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 64).toString("latin1"));
  if (!header) throw new Error(`no picture: ${bytes.subarray(0, 40)}`);
  return new Picture(Number(header[1]), Number(header[2]), bytes.subarray(header[0].length));
}

function pipe(command, args, env = process.env, input) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { env, stdio: ["pipe", "pipe", "pipe"] });
    const chunks = [];
    let said = "";
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (text) => { said += text; });
    child.on("error", fail);
    child.on("close", (code) => (code === 0 ? done(Buffer.concat(chunks)) : fail(new Error(`${command}: ${said}`))));
    child.stdin.on("error", () => {}); // it may end before it has read everything
    child.stdin.end(input);
  });
}
