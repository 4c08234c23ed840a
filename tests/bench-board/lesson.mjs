// Writes a lesson of many strokes into the store of a program that is not running.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Node has no SQLite of its own before version 22. */
const WRITE = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("DELETE FROM documents WHERE kind LIKE 'board/%'")
db.executemany("INSERT INTO documents (kind, key, value) VALUES (?, ?, ?)", json.load(sys.stdin))
db.commit()
`;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** `count` strokes of 30 points on the first page; the last is a square in the corner. */
export function handwriting(count) {
  let seed = 20_261_123;
  const random = (n) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % n;
  };
  return [...Array(count).keys()].map((id) => {
    const last = id === count - 1;
    // Handwriting: loops that lean and wander.
    const [x, y, size, turn] = [700 + random(14_000), 700 + random(7_000), 120 + random(300), random(628) / 100];
    const points = [...Array(30).keys()].map((i) => [
      Math.round(x + i * size * 0.05 + size * Math.sin(turn + i / 4)),
      Math.round(y + size * Math.cos(turn + i / (3 + ((id + 1) % 3)))),
      Math.round(120 + 60 * Math.sin(i / 5)),
    ]);
    return {
      by: "host", page: 1, tool: last ? "rectangle" : "pen", colour: random(0xffffff), width: last ? 200 : 60,
      ink: pack(last ? [[15_700, 8_800, 0], [15_950, 8_980, 0]] : points),
    };
  });
}

/** Puts these strokes into lesson 1 of the board, and nothing else. */
export function keep(data, strokes) {
  const file = readdirSync(data).find((name) => name.endsWith(".db") || name.endsWith(".sqlite"));
  const at = Date.now();
  const rows = [["board/main", "0000000001", JSON.stringify({ began: at, changed: at, seq: strokes.length })]];
  for (const [before, stroke] of strokes.entries()) {
    const seq = before + 1;
    const entry = { seq, at: at + seq, kind: "stroke", stroke: { id: seq, ...stroke } };
    rows.push(["board/main/1", String(seq).padStart(20, "0"), JSON.stringify(entry)]);
  }
  execFileSync("python3", ["-c", WRITE, join(data, file)], { input: JSON.stringify(rows) });
}

/** Ink as it travels, see docs/board.md. */
export function pack(points) {
  let [out, before] = ["", [0, 0, 0]];
  for (const point of points) {
    for (let i = 0; i < 3; i += 1) out += number(point[i] - before[i]);
    before = point;
  }
  return out;
}

function number(value) {
  let left = value < 0 ? (-value << 1) | 1 : value << 1;
  let out = "";
  do {
    const digit = left & 31;
    left >>= 5;
    out += ALPHABET[left > 0 ? digit | 32 : digit];
  } while (left > 0);
  return out;
}
