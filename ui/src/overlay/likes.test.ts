import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { HEART_EVERY_MS, HEARTS, Likes } from "./likes";

const PLACE = { on: true, corner: "bottom-right" } as const;
let ends: (() => void)[];

beforeEach(() => {
  vi.useFakeTimers();
  ends = [];
  // The test browser animates nothing; the test ends each flight itself.
  Element.prototype.animate = () => {
    const flight = { onfinish: null as (() => void) | null };
    ends.push(() => flight.onfinish?.());
    return flight as unknown as Animation;
  };
  Element.prototype.getAnimations = () => [];
});
afterEach(() => vi.useRealTimers());

const hearts = (likes: Likes) => likes.element.querySelectorAll(".heart").length;

it("a storm of a thousand likes shows ten hearts, one every 100 ms", () => {
  const likes = new Likes();
  likes.update(1_000, PLACE);
  likes.add(1_000);
  expect(hearts(likes)).toBe(1);
  vi.advanceTimersByTime(HEART_EVERY_MS);
  expect(hearts(likes)).toBe(2);
  vi.advanceTimersByTime(60_000);
  likes.add(1_000);
  vi.advanceTimersByTime(60_000);
  expect(hearts(likes)).toBe(HEARTS);
});

it("a heart that has flown makes room for the next, and none is left in the end", () => {
  const likes = new Likes();
  likes.update(12, PLACE);
  likes.add(12);
  vi.advanceTimersByTime(5_000);
  for (const end of ends.splice(0)) end();
  expect(hearts(likes)).toBe(0);
  likes.add(1);
  expect(hearts(likes)).toBe(1);
});

it("without likes, or switched off, there is no counter and no heart", () => {
  const likes = new Likes();
  likes.update(0, PLACE);
  expect(likes.element.hidden).toBe(true);
  likes.update(5, { ...PLACE, on: false });
  likes.add(5);
  expect([likes.element.hidden, hearts(likes)]).toEqual([true, 0]);
});
