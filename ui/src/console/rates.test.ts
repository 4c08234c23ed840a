import { expect, test } from "vitest";
import { peak, RATE_SECONDS, type Rate, withRate } from "./rates";

test("figures of one second keep the highest", () => {
  let minute: readonly Rate[] = [];
  for (const rate of [3, 9, 4]) minute = withRate(minute, 5_400, rate);
  expect(minute).toEqual([{ second: 5, rate: 9 }]);
});

test("a silent gap counts as zero", () => {
  const minute = withRate(withRate([], 1_000, 7), 4_000, 2);
  expect(minute.map((r) => r.rate)).toEqual([7, 0, 0, 2]);
});

test("a minute is all that is kept", () => {
  let minute: readonly Rate[] = [];
  for (let s = 0; s < 200; s++) minute = withRate(minute, s * 1000, s);
  expect(minute).toHaveLength(RATE_SECONDS);
  expect(peak(minute)).toBe(199);
  expect(withRate(minute, 10_000_000, 1)).toHaveLength(RATE_SECONDS);
});

test("a clock that went back starts anew", () => {
  expect(withRate(withRate([], 90_000, 7), 2_000, 1)).toEqual([{ second: 2, rate: 1 }]);
});
