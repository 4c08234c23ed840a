import { expect, it } from "vitest";
import { fit } from "./part";
import { standing } from "./voucher";

it("an open voucher counts down to the next second", () => {
  expect(standing({ left: 3, ends_at: 61_500 }, 0)).toEqual({
    state: "open",
    time: "01:02",
    next: 500,
  });
  expect(standing({ left: 3 }, 0)).toEqual({ state: "open", time: "" });
});

it("what nobody can get says so and does not count down", () => {
  expect(standing({ left: 0, ends_at: 61_500 }, 0)).toEqual({ state: "out", time: "Sold out" });
  expect(standing({ left: 0 }, 0)).toEqual({ state: "out", time: "Sold out" });
  expect(standing({ left: 3, ends_at: 5 }, 5)).toEqual({ state: "ended", time: "Ended" });
});

it("a text shrinks to stand in its row, never below three fifths", () => {
  expect(fit("€20 off", 11)).toBe(1);
  expect(fit("¥1,234,567,890", 11)).toBeCloseTo(11 / 14);
  expect(fit("€".repeat(200), 11)).toBeGreaterThan(0.6);
  expect(fit("", 11)).toBe(1);
});
