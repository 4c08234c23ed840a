import { expect, it } from "vitest";
import { compact, exactTime, grouped, money, span } from "./format";

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

it("writes amounts with the minor units of their currency", () => {
  const cases: [number, string, string][] = [
    [500, "EUR", "€5.00"],
    [12_000, "GBP", "£120"],
    [12_050, "USD", "$120.50"],
    [5_000, "JPY", "¥5,000"],
    [1_234, "KWD", "KWD 1.234"],
    [50_000, "CNY", "¥500"],
    [7, "KRW", "₩7"],
  ];
  for (const [amount, currency, text] of cases) {
    expect(money({ amount, currency }).replace(/\s/g, " ")).toBe(text);
  }
  expect(money({ amount: 5, currency: "no" })).toBe("no 5");
});
