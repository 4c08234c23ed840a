import { expect, it } from "vitest";
import type { Priority } from "../shared/wire";
import { crossing, goneAt, leftAt } from "./flight";
import { LEVELS, QUEUE_LIMIT, WAIT_LIMIT_MS } from "./queue";
import { type Flying, LIVE_LIMIT, Traffic } from "./traffic";

interface Passenger {
  readonly n: number;
  readonly width: number;
  readonly seconds: number;
  readonly priority: Priority;
  readonly offered: number;
}

const ROAD = { width: 1920, lanes: 8, gap: 20 };
const size = (item: Passenger) => item;

/** The same numbers on every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function passenger(n: number, over: Partial<Passenger> = {}): Passenger {
  return { n, width: 300, seconds: 8, priority: "normal", offered: 0, ...over };
}

/** Px by which the closest two neighbours of a lane overlap while both fly; 0 if they never do. */
function overlap(lane: readonly Flying<Passenger>[], road: number): number {
  let most = 0;
  for (let i = 1; i < lane.length; i += 1) {
    // Not only the next one: whoever is still in the air when this one enters.
    const behind = lane[i];
    for (let j = Math.max(0, i - 12); j < i; j += 1) {
      const ahead = lane[j];
      if (!ahead || !behind) continue;
      const meet = behind.flight.enter;
      const part = goneAt(ahead.flight, road);
      if (part <= meet) continue;
      for (const at of [meet, (meet + part) / 2, part]) {
        const gap =
          leftAt(behind.flight, road, at) - leftAt(ahead.flight, road, at) - ahead.flight.width;
        most = Math.max(most, -gap);
      }
    }
  }
  return most;
}

it("100,000 flying comments of any length, speed and priority never touch, keep their order and wait no longer than stated", () => {
  const random = seeded(20_260_824);
  const road = { ...ROAD, lanes: 20 };
  const traffic = new Traffic<Passenger>(road, size);
  const lanes: Flying<Passenger>[][] = Array.from({ length: road.lanes }, () => []);
  const lastFlown = new Map<Priority, number>();
  let [now, n, flown, longest, disorder, overtaken, crowd, queue] = [0, 0, 0, 0, 0, 0, 0, 0];
  const waiting = new Map<number, Passenger>();

  while (flown < 100_000) {
    now += 4 + random() * 40;
    // Calm minutes, busy ones, and floods far beyond what fits.
    const load = [0.1, 0.4, 0.8, 6][Math.floor(now / 20_000) % 4] ?? 1;
    for (let i = Math.floor(load * 2 * random()); i > 0; i -= 1) {
      const item = passenger(n, {
        width: 8 + random() ** 4 * 4_000,
        seconds: 3 + random() * 27,
        priority: LEVELS[Math.floor(random() ** 2 * 4)] ?? "normal",
        offered: now,
      });
      n += 1;
      if (traffic.offer(now, item, item.priority)) waiting.set(item.n, item);
    }
    const { launched } = traffic.step(now);
    for (const flying of launched) {
      const { item } = flying;
      flown += 1;
      waiting.delete(item.n);
      lanes[flying.lane]?.push(flying);
      longest = Math.max(longest, now - item.offered);
      if (item.n < (lastFlown.get(item.priority) ?? -1)) disorder += 1;
      lastFlown.set(item.priority, item.n);
      if (flown % 10 > 0) continue;
      const level = LEVELS.indexOf(item.priority);
      for (const other of waiting.values()) {
        const better = LEVELS.indexOf(other.priority) < level;
        if (better && now - other.offered <= WAIT_LIMIT_MS) overtaken += 1;
      }
    }
    if (waiting.size > 4 * QUEUE_LIMIT) {
      for (const item of waiting.values()) {
        if (now - item.offered > WAIT_LIMIT_MS) waiting.delete(item.n);
      }
    }
    crowd = Math.max(crowd, traffic.flying.length);
    queue = Math.max(queue, traffic.waiting);
  }

  expect(n).toBeGreaterThan(2 * flown);
  expect(Math.max(...lanes.map((lane) => overlap(lane, road.width)))).toBe(0);
  expect(disorder).toBe(0);
  // A full queue drops the lowest level only, so nobody better was left waiting.
  expect(overtaken).toBe(0);
  expect(longest).toBeLessThanOrEqual(WAIT_LIMIT_MS);
  expect(queue).toBe(QUEUE_LIMIT);
  expect(crowd).toBeLessThanOrEqual(LIVE_LIMIT);
}, 60_000);

it("no two comments overlap after the road has changed under them", () => {
  const random = seeded(7);
  const traffic = new Traffic<Passenger>(ROAD, size);
  let most = 0;
  for (let round = 0; round < 400; round += 1) {
    const now = round * 250;
    for (let i = 0; i < 4; i += 1) {
      const item = passenger(round * 4 + i, {
        width: 20 + random() * 900,
        seconds: 3 + random() * 9,
      });
      traffic.offer(now, item, item.priority);
    }
    traffic.step(now);
    if (round % 7 === 0) {
      traffic.move(now, {
        width: 400 + random() * 3_000,
        lanes: 1 + Math.floor(random() * 12),
        gap: 20,
      });
    }
    for (let ms = 0; ms < 250; ms += 50) {
      const boxes = traffic.flying.map((flying) => ({
        lane: flying.lane,
        from: traffic.left(flying, now + ms),
        to: traffic.left(flying, now + ms) + flying.flight.width,
      }));
      for (const a of boxes) {
        for (const b of boxes) {
          if (a === b || a.lane !== b.lane || a.to < 0 || b.to < 0) continue;
          most = Math.max(most, Math.min(a.to, b.to) - Math.max(a.from, b.from));
        }
      }
    }
  }
  expect(most).toBeLessThanOrEqual(0);
});

it("a comment crosses in the set time, fifteen per cent more or less by its length", () => {
  for (const road of [390, 1280, 1920, 3840]) {
    expect(crossing(0, road, 8)).toBeCloseTo(6_800);
    expect(crossing(road / 2, road, 8)).toBeCloseTo(8_000);
    expect(crossing(9 * road, road, 8)).toBeCloseTo(9_200);
  }
});

it("a comment that is taken off leaves the queue or the air and frees its lane", () => {
  const traffic = new Traffic<Passenger>({ ...ROAD, lanes: 1 }, size);
  for (let n = 0; n < 4; n += 1) traffic.offer(0, passenger(n, { width: 1_500 }), "normal");
  traffic.step(0);
  expect([traffic.flying.length, traffic.waiting]).toEqual([1, 3]);
  expect(traffic.remove((item) => item.n === 0 || item.n === 2).map(({ item }) => item.n)).toEqual([
    0,
  ]);
  expect([traffic.flying.length, traffic.waiting]).toEqual([0, 2]);
  expect(traffic.step(1).launched.map(({ item }) => item.n)).toEqual([1]);
});

it("a full queue keeps what matters more", () => {
  const traffic = new Traffic<Passenger>({ ...ROAD, lanes: 1 }, size);
  for (let n = 0; n < QUEUE_LIMIT; n += 1) traffic.offer(0, passenger(n), "low");
  expect(traffic.offer(0, passenger(900), "lowest")).toBe(false);
  expect(traffic.offer(0, passenger(901), "high")).toBe(true);
  expect(traffic.waiting).toBe(QUEUE_LIMIT);
  expect(traffic.step(0).launched[0]?.item.n).toBe(901);
});

it("who waited too long flies no more", () => {
  const traffic = new Traffic<Passenger>({ ...ROAD, lanes: 1 }, size);
  traffic.offer(0, passenger(0, { width: 1_900, seconds: 30 }), "normal");
  traffic.step(0);
  traffic.offer(0, passenger(1), "normal");
  traffic.step(WAIT_LIMIT_MS);
  expect(traffic.waiting).toBe(1);
  traffic.step(WAIT_LIMIT_MS + 1);
  expect(traffic.waiting).toBe(0);
});
