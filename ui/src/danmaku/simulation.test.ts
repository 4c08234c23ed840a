/**
 * A million comments of any length, speed, mode and priority, the same ones on
 * every run: what the engine promises about them is counted here from
 * positions alone, not with the functions that allocate.
 */
import { expect, it } from "vitest";
import type { Mode, Priority } from "../shared/wire";
import { GROUP_LIMIT } from "./group";
import { LEVELS, QUEUE_LIMIT, WAIT_LIMIT_MS } from "./queue";
import { seeded } from "./sample";
import { type Flying, LIVE_LIMIT, leftOf, Traffic } from "./traffic";

interface Passenger {
  readonly n: number;
  readonly width: number;
  readonly counted: number;
  readonly seconds: number;
  readonly letters: number;
  readonly modes: readonly Mode[];
  readonly priority: Priority;
  readonly offered: number;
}

const FLOWN = 1_000_000;
const ROAD = { width: 1_920, lanes: 24, kept: 1, gap: 20, density: 1, reading: 0 };
const MODES: readonly Mode[] = ["scroll-rtl", "scroll-ltr", "top", "bottom"];
/** Widest a comment may be; a stage never makes one wider than its picture. */
const WIDEST = 1_920;

/** Most px by which two comments cover each other from `now` until one of them is over. */
function overlap(a: Flying<Passenger>, b: Flying<Passenger>, now: number): number {
  const end = Math.min(a.flight.gone, b.flight.gone);
  if (end <= now) return 0;
  const depth = (at: number) => {
    const [left, other] = [leftOf(a, at), leftOf(b, at)];
    return Math.min(left + a.flight.width, other + b.flight.width) - Math.max(left, other);
  };
  // Where their middles meet is where they cover each other most.
  const apart = (at: number) =>
    leftOf(b, at) + b.flight.width / 2 - leftOf(a, at) - a.flight.width / 2;
  const [from, to] = [apart(now), apart(end)];
  const meet = now + ((end - now) * from) / (from - to);
  const times = from * to < 0 ? [now, end, meet] : [now, end];
  return Math.max(0, ...times.map(depth));
}

it("1,000,000 comments never touch, keep their order and wait no longer than stated", () => {
  const random = seeded(20_261_123);
  const pick = <T>(items: readonly T[], skew: number) =>
    items[Math.floor(random() ** skew * items.length)] as T;
  const traffic = new Traffic<Passenger>(ROAD, (item) => item);
  const lastFlown = new Map<Priority, number>();
  const longest = new Map<Priority, number>(LEVELS.map((level) => [level, 0]));
  const crossed = new Map<Mode, number>(MODES.map((mode) => [mode, 0]));
  let [now, n, flown, merged, most, disorder, overtaken, crowd, queue, count] = new Array<number>(
    10,
  ).fill(0) as [number, number, number, number, number, number, number, number, number, number];
  const waiting = LEVELS.map(() => new Set<Passenger>());

  /** Of every group that counts: the width it had when it was looked at. */
  const widths = new WeakMap<object, number>();
  const collide = (flying: Flying<Passenger>) => {
    for (const other of traffic.flying) {
      if (other === flying || other.lane !== flying.lane) continue;
      most = Math.max(most, overlap(other, flying, now));
    }
  };

  while (flown < FLOWN) {
    now += 4 + random() * 240;
    // Calm minutes, busy ones, floods far beyond what fits; one way, then all ways mixed.
    const minute = Math.floor(now / 20_000);
    const load = [0.5, 3, 6, 12][minute % 4] ?? 1;
    const mixed = minute % 7 === 0;
    for (let i = Math.floor(load * 2 * random()); i > 0; i -= 1) {
      const width = Math.min(WIDEST, 8 + random() ** 6 * 2_400);
      const priority = pick(LEVELS, 0.5);
      const mode = mixed ? pick(MODES, 1.5) : "scroll-rtl";
      const modes: Mode[] = priority === "high" ? ["top", mode] : [mode];
      const seconds = 3 + random() ** 2 * 27;
      const item = {
        n,
        width,
        counted: width + 60,
        seconds,
        letters: width / 18,
        modes,
        priority,
        offered: now,
      };
      n += 1;
      const key =
        priority !== "high" && random() < 0.2 ? `line ${Math.floor(random() * 20)}` : null;
      const offer = traffic.offer(now, item, priority, key);
      if (offer === "waits") waiting[LEVELS.indexOf(priority)]?.add(item);
      if (offer !== "merged") continue;
      merged += 1;
      count = Math.max(
        count,
        traffic.flying.find(({ group }) => group.key === key)?.group.count ?? 0,
      );
      const grown = traffic.flying.find(
        ({ group, flight }) =>
          group.key === key && group.joined === now && widths.get(group) !== flight.width,
      );
      if (grown) {
        widths.set(grown.group, grown.flight.width);
        collide(grown);
      }
    }
    const { launched } = traffic.step(now);
    for (const flying of launched) {
      const { lead } = flying.group;
      const level = LEVELS.indexOf(lead.priority);
      flown += 1;
      if (flying.group.key !== null) widths.set(flying.group, flying.flight.width);
      collide(flying);
      crossed.set(flying.mode, (crossed.get(flying.mode) ?? 0) + 1);
      longest.set(lead.priority, Math.max(longest.get(lead.priority) ?? 0, now - lead.offered));
      if (lead.n < (lastFlown.get(lead.priority) ?? -1)) disorder += 1;
      lastFlown.set(lead.priority, lead.n);
      waiting[level]?.delete(lead);
      for (const better of waiting.slice(0, level)) {
        for (const other of better) {
          if (now - other.offered <= WAIT_LIMIT_MS[other.priority]) overtaken += 1;
        }
      }
    }
    for (const level of waiting) {
      for (const item of level) {
        if (now - item.offered <= WAIT_LIMIT_MS[item.priority]) break;
        level.delete(item);
      }
    }
    crowd = Math.max(crowd, traffic.flying.length);
    queue = Math.max(queue, traffic.waiting);
  }

  expect(most, "px of overlap").toBe(0);
  expect(disorder, "comments that flew before an earlier one of their priority").toBe(0);
  // A full queue drops the lowest level only, so nobody better was left waiting.
  expect(overtaken, "comments that flew before a more important one").toBe(0);
  for (const level of LEVELS) {
    expect(longest.get(level), `longest wait of ${level}`).toBeLessThanOrEqual(
      WAIT_LIMIT_MS[level],
    );
  }
  // The run was worth something: floods, long waits, every mode, merges.
  expect(queue).toBe(QUEUE_LIMIT);
  expect(n).toBeGreaterThan(1.5 * flown);
  expect(longest.get("lowest")).toBeGreaterThan(0.9 * WAIT_LIMIT_MS.lowest);
  for (const mode of MODES) expect(crossed.get(mode), mode).toBeGreaterThan(1_000);
  expect(merged).toBeGreaterThan(10_000);
  expect(count).toBeLessThanOrEqual(GROUP_LIMIT);
  expect(crowd).toBeLessThanOrEqual(LIVE_LIMIT);
}, 300_000);
