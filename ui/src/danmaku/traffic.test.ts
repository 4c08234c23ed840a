import { expect, it } from "vitest";
import type { Mode } from "../shared/wire";
import { GROUP_LIMIT } from "./group";
import { QUEUE_LIMIT, WAIT_LIMIT_MS } from "./queue";
import { seeded } from "./sample";
import { type Flying, leftOf, type Needs, type Road, Traffic } from "./traffic";

interface Passenger extends Needs {
  readonly n: number;
}

const ROAD: Road = { width: 1920, lanes: 8, kept: 0, gap: 20, density: 1, reading: 0 };

function traffic(over: Partial<Road> = {}): Traffic<Passenger> {
  return new Traffic({ ...ROAD, ...over }, (item) => item);
}

function passenger(n: number, over: Partial<Passenger> = {}): Passenger {
  const width = over.width ?? 300;
  return {
    n,
    width,
    counted: width + 60,
    seconds: 8,
    letters: 10,
    modes: ["scroll-rtl"],
    ...over,
  };
}

const numbers = (flying: readonly Flying<Passenger>[]) => flying.map(({ group }) => group.lead.n);
const lanes = (flying: readonly Flying<Passenger>[]) => flying.map(({ lane }) => lane);

it("no two comments overlap after the road has changed under them", () => {
  const random = seeded(7);
  const busy = traffic();
  const modes: readonly Mode[] = ["scroll-rtl", "scroll-ltr", "top", "bottom"];
  let most = 0;
  for (let round = 0; round < 400; round += 1) {
    const now = round * 250;
    for (let i = 0; i < 4; i += 1) {
      const mode = modes[Math.floor(random() ** 2 * 4)] ?? "top";
      const width = 20 + random() * 900;
      const item = passenger(round * 4 + i, { width, seconds: 3 + random() * 9, modes: [mode] });
      busy.offer(now, item, "normal");
    }
    busy.step(now);
    if (round % 7 === 0) {
      const width = 400 + random() * 3_000;
      busy.move(now, { ...ROAD, width, lanes: 1 + Math.floor(random() * 12) });
    }
    for (let ms = 0; ms < 250; ms += 50) {
      const there = busy.flying.filter(({ flight }) => flight.gone > now + ms);
      const boxes = there.map((flying) => {
        const from = leftOf(flying, now + ms);
        return { lane: flying.lane, from, to: from + flying.flight.width };
      });
      for (const a of boxes) {
        for (const b of boxes) {
          if (a === b || a.lane !== b.lane) continue;
          most = Math.max(most, Math.min(a.to, b.to) - Math.max(a.from, b.from));
        }
      }
    }
  }
  expect(most).toBeLessThanOrEqual(0);
});

it("every letter crosses in the set time, whatever the line is long", () => {
  for (const width of [20, 300, 1920]) {
    const road = traffic();
    road.offer(0, passenger(0, { width }), "normal");
    road.step(0);
    const [flying] = road.flying as [Flying<Passenger>];
    expect(leftOf(flying, 8_000)).toBeCloseTo(0);
    expect(leftOf(flying, flying.flight.gone)).toBeCloseTo(-width);
  }
});

it("one comment goes left, one goes right, one stands above and one below", () => {
  const four = traffic();
  const modes: readonly Mode[] = ["scroll-rtl", "scroll-ltr", "top", "bottom"];
  for (const [n, mode] of modes.entries()) four.offer(0, passenger(n, { modes: [mode] }), "normal");
  const { launched } = four.step(0);
  expect(launched.map((flying) => leftOf(flying, 0))).toEqual([1920, -300, 810, 810]);
  expect(launched.map((flying) => Math.sign(leftOf(flying, 100) - leftOf(flying, 0)))).toEqual([
    -1, 1, 0, 0,
  ]);
  expect(lanes(launched)).toEqual([0, 1, 2, 7]);
});

it("a comment that finds no place to stand flies instead of waiting", () => {
  const road = traffic({ lanes: 2, kept: 1 });
  const stands = { modes: ["top", "scroll-rtl"] as const, width: 100 };
  for (let n = 0; n < 3; n += 1) road.offer(0, passenger(n, stands), "high");
  const { launched } = road.step(0);
  // The third one is in the lower lane's middle only when nobody stands there any more.
  expect(launched.map(({ mode, lane }) => [mode, lane])).toEqual([
    ["top", 0],
    ["top", 1],
    ["scroll-rtl", 1],
  ]);
});

it("what comes at once is spread over frames, and late frames make up for it", () => {
  const road = traffic({ lanes: 100 });
  for (let n = 0; n < 40; n += 1) road.offer(0, passenger(n), "normal");
  const launched = [0, 17, 34, 134].map((now) => road.step(now).launched.length);
  expect(launched).toEqual([4, 4, 4, 24]);
});

it("the lane that is kept for what stands lets nothing fly through", () => {
  const road = traffic({ lanes: 5, kept: 1 });
  for (let n = 0; n < 9; n += 1) road.offer(0, passenger(n), "normal");
  expect(lanes(road.step(0).launched)).toEqual([1, 2, 3, 4]);
});

it("half the density keeps a comment's own length free behind it", () => {
  const first = (density: number) => {
    const road = traffic({ lanes: 1, density });
    road.offer(0, passenger(0, { width: 300 }), "normal");
    road.step(0);
    road.offer(0, passenger(1, { width: 300 }), "normal");
    for (let now = 0; now < WAIT_LIMIT_MS.normal; now += 10) {
      if (road.step(now).launched.length > 0) return 1920 - leftOf(road.flying[0] as never, now);
    }
    return Number.NaN;
  };
  expect(first(1)).toBeCloseTo(320, -1);
  expect(first(0.5)).toBeCloseTo(600, -1);
  expect(first(0.4)).toBeCloseTo(750, -1);
});

it("no more characters a second enter a lane than the reading limit allows", () => {
  const road = traffic({ lanes: 2, reading: 10 });
  let entered = 0;
  for (let now = 0; now < 60_000; now += 20) {
    if (now % 100 === 0) road.offer(now, passenger(now, { width: 60, letters: 12 }), "normal");
    entered += road.step(now).launched.length;
  }
  // 2 lanes × 60 s × 10 characters, 12 a comment.
  expect(entered).toBeGreaterThanOrEqual(96);
  expect(entered).toBeLessThanOrEqual(102);
});

it("an equal line joins the one that waits or flies and needs no lane of its own", () => {
  const road = traffic({ lanes: 1 });
  expect(road.offer(0, passenger(0), "normal", "666")).toBe("waits");
  expect(road.offer(0, passenger(1), "normal", "666")).toBe("merged");
  road.step(0);
  expect(road.flying[0]?.flight.width).toBe(360);
  expect(road.offer(100, passenger(2), "normal", "666")).toBe("merged");
  expect(road.flying[0]?.group.count).toBe(3);
  expect(road.offer(100, passenger(3), "normal", "other")).toBe("waits");
});

it("a comment without room to count leaves the next equal one its own flight", () => {
  const road = traffic({ lanes: 1 });
  road.offer(0, passenger(0), "normal", "666");
  road.step(0);
  road.offer(0, passenger(1), "normal");
  road.step(1_400);
  expect(road.flying.length).toBe(2);
  expect(road.offer(1_400, passenger(2), "normal", "666")).toBe("waits");
  expect(road.offer(1_400, passenger(3), "normal", "666")).toBe("merged");
});

it("a comment about to leave takes no more in", () => {
  const road = traffic();
  road.offer(0, passenger(0), "normal", "666");
  road.step(0);
  expect(road.offer(4_000, passenger(1), "normal", "666")).toBe("merged");
  expect(road.offer(7_500, passenger(2), "normal", "666")).toBe("waits");
});

it("of a thousand equal lines 999 are counted", () => {
  const road = traffic();
  for (let n = 0; n < 1_500; n += 1) road.offer(0, passenger(n), "normal", "666");
  road.step(0);
  expect(road.flying[0]?.group.count).toBe(GROUP_LIMIT);
});

it("who is removed from a group leaves the others flying", () => {
  const road = traffic();
  for (let n = 0; n < 3; n += 1) road.offer(0, passenger(n), "normal", "666");
  road.step(0);
  expect(road.remove(({ n }) => n === 0)).toEqual([]);
  expect(road.flying.map(({ group }) => [group.lead.n, group.count])).toEqual([[1, 2]]);
  expect(numbers(road.remove(() => true))).toEqual([1]);
  expect(road.flying).toEqual([]);
});

it("a comment that is taken off leaves the queue or the air and frees its lane", () => {
  const road = traffic({ lanes: 1 });
  for (let n = 0; n < 4; n += 1) road.offer(0, passenger(n, { width: 900 }), "normal");
  road.step(0);
  expect([road.flying.length, road.waiting]).toEqual([1, 3]);
  expect(numbers(road.remove(({ n }) => n === 0 || n === 2))).toEqual([0]);
  expect([road.flying.length, road.waiting]).toEqual([0, 2]);
  // The lane stays closed as long as the one taken off would have needed to come in.
  expect(numbers(road.step(WAIT_LIMIT_MS.normal).launched)).toEqual([1]);
});

it("a full queue keeps what matters more", () => {
  const road = traffic({ lanes: 1 });
  for (let n = 0; n < QUEUE_LIMIT; n += 1) road.offer(0, passenger(n), "low");
  expect(road.offer(0, passenger(900), "lowest")).toBe("refused");
  expect(road.offer(0, passenger(901), "high")).toBe("waits");
  expect(road.waiting).toBe(QUEUE_LIMIT);
  expect(numbers(road.step(0).launched)).toEqual([901]);
});

it("who waited too long flies no more, and the important may wait longer", () => {
  const road = traffic({ lanes: 1 });
  road.offer(0, passenger(0, { width: 1_900, seconds: 30 }), "normal");
  road.step(0);
  road.offer(0, passenger(1), "normal");
  road.offer(0, passenger(2), "high");
  road.step(WAIT_LIMIT_MS.normal);
  expect(road.waiting).toBe(2);
  road.step(WAIT_LIMIT_MS.normal + 1);
  expect(road.waiting).toBe(1);
  road.step(WAIT_LIMIT_MS.high + 1);
  expect(road.waiting).toBe(0);
});
