import { expect, it } from "vitest";
import { compact, exactTime, grouped, span } from "./format";

it("shortens numbers without ever rounding up", () => {
  const cases: [number, string][] = [
    [0, "0"],
    [999, "999"],
    [1_000, "1k"],
    [1_299, "1.2k"],
    [8_449, "8.4k"],
    [84_999, "84k"],
    [999_999, "999k"],
    [1_300_000, "1.3M"],
    [-4, "0"],
  ];
  for (const [count, text] of cases) expect(compact(count)).toBe(text);
});

it("groups, times and spans are fixed in form", () => {
  expect(grouped(1_314)).toBe("1,314");
  expect(exactTime(new Date(2026, 0, 2, 3, 4, 5).getTime())).toBe("03:04:05");
  expect([span(4_400), span(180_000), span(7_200_000)]).toEqual(["4 s", "3 min", "2 h"]);
});
