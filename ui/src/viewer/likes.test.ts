import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { EVERY, Likes } from "./likes";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("counts taps at once and sends them together", () => {
  const sent: number[] = [];
  const likes = new Likes((count) => sent.push(count) > 0);
  likes.reset(10);
  for (let i = 0; i < 7; i += 1) likes.tap();
  expect(likes.total).toBe(17);
  vi.advanceTimersByTime(EVERY);
  expect(sent).toEqual([7]);
  vi.advanceTimersByTime(10 * EVERY);
  expect(sent).toEqual([7]);
});

it("never sends more than a frame may hold", () => {
  const sent: number[] = [];
  const likes = new Likes((count) => sent.push(count) > 0);
  for (let i = 0; i < 500; i += 1) likes.tap();
  likes.flush();
  expect(sent).toEqual([200]);
  expect(likes.total).toBe(200);
});

it("keeps taps while there is no line", () => {
  let open = false;
  const sent: number[] = [];
  const likes = new Likes((count) => open && sent.push(count) > 0);
  likes.tap();
  vi.advanceTimersByTime(EVERY);
  open = true;
  likes.flush();
  expect(sent).toEqual([1]);
});

it("never counts back, and tells how many are from others", () => {
  const likes = new Likes(() => true);
  likes.reset(100);
  likes.tap();
  likes.flush();
  expect(likes.told(100)).toBe(0);
  expect(likes.total).toBe(101);
  expect(likes.told(105)).toBe(4);
  likes.reset(3);
  expect(likes.total).toBe(3);
});
