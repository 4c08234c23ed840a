import { expect, test } from "vitest";
import { chip, FOLLOWING, hold } from "./follow";

test("scrolling up stops it and counts what is new", () => {
  const follow = hold(FOLLOWING, { scrolled: true }, 10);
  expect(chip(follow, 10)).toBe("Back to newest");
  expect(chip(follow, 1_244)).toBe("1,234 new");
});

test("it goes on only when no reason is left", () => {
  let follow = hold(FOLLOWING, { scrolled: true }, 10);
  follow = hold(follow, { picked: true }, 20);
  follow = hold(follow, { scrolled: false }, 30);
  expect(follow.since).toBe(10);
  expect(hold(follow, { picked: false }, 40)).toEqual(FOLLOWING);
});

test("a resting pointer says nothing until something is new", () => {
  const follow = hold(FOLLOWING, { pointer: true }, 5);
  expect(chip(follow, 5)).toBeUndefined();
  expect(chip(follow, 6)).toBe("1 new");
});
