import { expect, it } from "vitest";
import { card } from "../sample";
import { EffectQueue, PATIENCE_MS, WAITING } from "./queue";

const given = (id: string, coins: number, gift = id, user = "u1") =>
  card(id, { gift: { id: gift, name: gift, icon: "", coins } }, user);
const src = "/effects/x.json";

it("one plays at a time, the dearest first, equals by arrival", () => {
  const queue = new EffectQueue();
  for (const [id, coins] of [
    ["a", 10],
    ["b", 99],
    ["c", 10],
    ["d", 99],
  ] as const) {
    queue.offer(given(id, coins), src, 0);
  }
  const played: (string | undefined)[] = [];
  for (let n = 0; n < 5; n += 1) {
    played.push(queue.next(n)?.gift);
    expect(queue.next(n), "the other still plays").toBe(null);
    queue.done();
  }
  expect(played).toEqual(["b", "d", "a", "c", undefined]);
});

it("gifts of one kind wait as one, and a card has one effect however it grows", () => {
  const queue = new EffectQueue();
  queue.offer(given("a", 100, "castle", "ann"), src, 0);
  queue.offer(given("b", 100, "castle", "ben"), src, 0);
  queue.offer({ ...given("a", 100, "castle", "ann"), count: 50 }, src, 0);
  expect(queue.waiting.map(({ gift, worth }) => [gift, worth])).toEqual([["castle", 200]]);
  queue.next(0);
  queue.offer({ ...given("a", 100, "castle", "ann"), count: 90 }, src, 0);
  queue.done();
  expect(queue.next(1)).toBe(null);
});

it("a full queue drops the cheapest, the youngest of equals", () => {
  const queue = new EffectQueue();
  for (let n = 0; n < WAITING; n += 1) queue.offer(given(`g${n}`, 50), src, 0);
  queue.offer(given("dear", 51), src, 0);
  queue.offer(given("late", 50), src, 0);
  queue.offer(given("cheap", 1), src, 0);
  expect(queue.waiting.map(({ gift }) => gift)).toEqual([
    "g0",
    "g1",
    "g2",
    "g3",
    "g4",
    "g5",
    "g6",
    "dear",
  ]);
});

it("ten thousand gifts leave no more than the bound waiting", () => {
  const queue = new EffectQueue();
  for (let n = 0; n < 10_000; n += 1) queue.offer(given(`g${n}`, (n * 7_919) % 1_000), src, n);
  expect(queue.waiting.length).toBe(WAITING);
  expect(queue.waiting.every(({ worth }) => worth >= 990)).toBe(true);
});

it("what waited too long is not played", () => {
  const queue = new EffectQueue();
  queue.offer(given("a", 10), src, 0);
  expect(queue.next(PATIENCE_MS + 1)).toBe(null);
  expect(queue.waiting).toEqual([]);
});

it("an effect goes with the last of its cards, not before", () => {
  const queue = new EffectQueue();
  queue.offer(given("a", 100, "castle", "ann"), src, 0);
  queue.offer(given("b", 100, "castle", "ben"), src, 0);
  queue.offer(given("c", 1, "crown", "ann"), src, 0);
  queue.next(0);
  expect(queue.remove((_, user) => user === "ann")).toBe(false);
  expect([queue.playing?.gift, queue.waiting.length]).toEqual(["castle", 0]);
  expect(queue.remove((id) => id === "b")).toBe(true);
});
