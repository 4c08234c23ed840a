import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Throttle } from "./throttle";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function recorded() {
  const seen: [number, number][] = [];
  const start = Date.now();
  const throttle = new Throttle<number>(
    60,
    (value) => seen.push([value, Date.now() - start]),
    () => Date.now(),
  );
  return { seen, throttle };
}

test("the first value goes at once", () => {
  const { seen, throttle } = recorded();
  throttle.push(1);
  expect(seen).toEqual([[1, 0]]);
});

test("a drag sends at most every 60 ms and the last value always", () => {
  const { seen, throttle } = recorded();
  for (let i = 0; i <= 100; i++) {
    throttle.push(i);
    vi.advanceTimersByTime(5);
  }
  vi.advanceTimersByTime(1_000);
  const gaps = seen.slice(1).map(([, at], i) => at - (seen[i]?.[1] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(60);
  expect(seen[seen.length - 1]?.[0]).toBe(100);
  expect(seen.length).toBeLessThanOrEqual(10);
});

test("flush passes the waiting value once", () => {
  const { seen, throttle } = recorded();
  throttle.push(1);
  throttle.push(2);
  throttle.flush();
  vi.advanceTimersByTime(1_000);
  expect(seen.map(([value]) => value)).toEqual([1, 2]);
});

test("a dropped value is never passed", () => {
  const { seen, throttle } = recorded();
  throttle.push(1);
  throttle.push(2);
  throttle.drop();
  vi.advanceTimersByTime(1_000);
  expect(seen.map(([value]) => value)).toEqual([1]);
});
