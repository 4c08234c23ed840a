import { expect, test } from "vitest";
import { idOf, priceOf, written } from "./amounts";

test("amounts are counted in the smallest unit of their currency", () => {
  expect(priceOf("4,90", "eur")).toEqual({ amount: 490, currency: "EUR" });
  expect(priceOf("19.99", "USD")).toEqual({ amount: 1_999, currency: "USD" });
  expect(priceOf("500", "JPY")).toEqual({ amount: 500, currency: "JPY" });
  expect(written({ amount: 490, currency: "EUR" })).toBe("4.90");
});

test("what is no amount is none", () => {
  for (const [text, currency] of [
    ["", "EUR"],
    ["4.999", "EUR"],
    ["1.5", "JPY"],
    ["-1", "EUR"],
    ["1", "EURO"],
  ] as const) {
    expect(priceOf(text, currency)).toBeUndefined();
  }
});

test("an id comes from the title and is used once", () => {
  expect(idOf("Ten off!", [])).toBe("ten-off");
  expect(idOf("Ten off!", ["ten-off", "ten-off-2"])).toBe("ten-off-3");
  expect(idOf("优惠券", [])).toBe("offer");
});
