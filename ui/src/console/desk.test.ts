import { expect, test } from "vitest";
import type { Entry, Fate, ServerFrame, Stats } from "../shared/wire";
import { type Desk, EARLY_LIMIT, emptyDesk, entryOf, LINE_LIMIT, reduce } from "./desk";

const shown: Fate = { fate: "shown" };
const removed: Fate = { fate: "removed", by: "host" };

function entry(id: string, fate?: Fate): Entry {
  const event = {
    id,
    at: 1,
    source: "room",
    priority: "normal",
    kind: "comment",
    text: id,
  } as const;
  return fate ? { event, fate } : { event };
}

function log(entries: Entry[], fates: [string, Fate][] = [], skipped = 0): ServerFrame {
  return { t: "log", entries, skipped, fates };
}

function stats(now: number, rate: number): Stats {
  return {
    now,
    accounts: {
      received: 0,
      shown: 0,
      merged: 0,
      aged_out: 0,
      removed: 0,
      blocked: 0,
      refused: 0,
      waiting: 0,
    },
    unaccounted: 0,
    queue: [0, 0, 0, 0],
    rate,
    online: 1,
    likes: 0,
    session: { room: "main", state: "live", lost: 0 },
    displays: [],
    pairings: [],
    viewer_path: "/viewer/main",
    seq: 0,
    obs: { state: "off", detail: "", next: "", heals: 0 },
  };
}

function after(...frames: ServerFrame[]): Desk {
  return frames.reduce(reduce, emptyDesk());
}

const ids = (desk: Desk) => desk.lines.map((line) => line.key);

test("entries arrive in order and wait until a fate comes", () => {
  const desk = after(log([entry("a"), entry("b")]));
  expect(ids(desk)).toEqual(["a", "b"]);
  expect(entryOf(desk, "a")?.fate).toBeUndefined();
});

test("a late fate reaches its entry and a later one replaces it", () => {
  const desk = after(log([entry("a")]), log([], [["a", shown]]));
  expect(entryOf(desk, "a")?.fate).toEqual(shown);
  expect(entryOf(reduce(desk, log([], [["a", removed]])), "a")?.fate).toEqual(removed);
});

test("what is removed loses its words", () => {
  const desk = reduce(after(log([entry("a")])), log([], [["a", removed]]));
  const event = entryOf(desk, "a")?.event;
  expect(event).toMatchObject({ id: "a", kind: "comment", text: "" });
});

test("a fate in the same frame as its entry counts", () => {
  expect(entryOf(after(log([entry("a")], [["a", removed]])), "a")?.fate).toEqual(removed);
});

test("an early fate waits for its entry", () => {
  const before = after(log([], [["a", shown]]));
  expect(before.early.size).toBe(1);
  const desk = reduce(before, log([entry("a")]));
  expect(entryOf(desk, "a")?.fate).toEqual(shown);
  expect(desk.early.size).toBe(0);
});

test("early fates are bounded", () => {
  const fates = Array.from({ length: EARLY_LIMIT + 50 }, (_, i): [string, Fate] => [
    `e${i}`,
    shown,
  ]);
  const desk = after(log([], fates));
  expect(desk.early.size).toBe(EARLY_LIMIT);
  expect(desk.early.has("e0")).toBe(false);
});

test("a duplicate is one line and takes the newer fate", () => {
  const desk = after(log([entry("a"), entry("a")]), log([entry("a", shown)]));
  expect(ids(desk)).toEqual(["a"]);
  expect(entryOf(desk, "a")?.fate).toEqual(shown);
  expect(desk.added).toBe(1);
});

test("a flood keeps the newest lines and counts them all", () => {
  let desk = emptyDesk();
  for (let n = 0; n < 100; n++) {
    desk = reduce(desk, log(Array.from({ length: 50 }, (_, i) => entry(`${n}-${i}`))));
  }
  expect(desk.lines).toHaveLength(LINE_LIMIT);
  expect(desk.lines[0]?.key).toBe("60-0");
  expect(desk.added).toBe(5_000);
});

test("skipped entries leave a line that says how many", () => {
  const desk = after(log([entry("a")], [], 120));
  expect(desk.lines[0]).toMatchObject({ kind: "skip", count: 120 });
  expect(desk.lines[1]?.key).toBe("a");
});

test("a desk that overlaps goes on, one that does not starts anew", () => {
  const first = after(log([entry("a"), entry("b")]));
  const greeting = (entries: Entry[]): ServerFrame => ({
    t: "desk",
    placards: [],
    entries,
    stats: stats(0, 0),
  });
  const on = reduce(first, greeting([entry("b", shown), entry("c")]));
  expect(ids(on)).toEqual(["a", "b", "c"]);
  expect(entryOf(on, "b")?.fate).toEqual(shown);
  expect(ids(reduce(first, greeting([entry("x")])))).toEqual(["x"]);
});

test("pinned and stats are replaced, the rate is kept for a minute", () => {
  const pinned = entry("p").event;
  const desk = after({ t: "pinned", event: pinned }, { t: "stats", stats: stats(1_000, 4) });
  expect(desk.pinned).toBe(pinned);
  expect(desk.minute).toEqual([{ second: 1, rate: 4 }]);
  expect(reduce(desk, { t: "pinned" }).pinned).toBeUndefined();
});

test("a frame that is not the console's changes nothing", () => {
  const desk = emptyDesk();
  expect(reduce(desk, { t: "pong", n: 1 })).toBe(desk);
});
