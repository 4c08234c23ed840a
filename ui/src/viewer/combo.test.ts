import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { COMBO_ENDS, Combo } from "./combo";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("gives the first at once and quick repeats together", () => {
  const given: number[] = [];
  const over = vi.fn();
  const combo = new Combo((count) => given.push(count), over);
  for (let i = 0; i < 10; i += 1) {
    combo.tap(1);
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(COMBO_ENDS);
  expect(given).toEqual([1, 4, 5]);
  expect(combo.count).toBe(10);
  expect(over).toHaveBeenCalledOnce();
});

it("loses nothing when it is ended early, and splits what one message cannot hold", () => {
  const given: number[] = [];
  const combo = new Combo(
    (count) => given.push(count),
    () => {},
  );
  combo.tap(520);
  for (let i = 0; i < 20; i += 1) combo.tap(520);
  combo.end();
  expect(given.reduce((sum, count) => sum + count, 0)).toBe(21 * 520);
  expect(Math.max(...given)).toBeLessThanOrEqual(9_999);
});
