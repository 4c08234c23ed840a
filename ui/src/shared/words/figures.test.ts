import { expect, it } from "vitest";
import { count, lasting, lately, listed, money, percent, plural } from "./figures";

it("writes figures as the page's language does", () => {
  expect(count(12_345)).toBe("12,345");
  expect(money({ amount: 490, currency: "EUR" })).toBe("€4.90");
  expect(percent(15)).toBe("15%");
  expect(lately(new Date(2026, 10, 23, 20, 5).getTime())).toBe("Nov 23, 20:05");
  expect(listed(["Ada", "Bo"])).toBe("Ada, Bo");
});

it("says a span in its longest whole unit", () => {
  expect([30, 60, 90, 5_400, 7_200, 172_800].map(lasting)).toEqual([
    "30 sec",
    "1 min",
    "90 sec",
    "90 min",
    "2 hr",
    "2 days",
  ]);
});

it("fits the word to the figure", () => {
  expect(plural(1, "piece", "pieces")).toBe("1 piece");
  expect(plural(1_200, "piece", "pieces")).toBe("1,200 pieces");
});
