import { expect, test } from "vitest";
import { type Mutes, mutedUntil, withMute } from "./mutes";

const none: Mutes = new Map();
test("a mute runs out by itself", () => {
  const mutes = withMute(none, "ada", 60, 1_000);
  expect(mutedUntil(mutes, "ada", 60_999)).toBe(61_000);
  expect(mutedUntil(mutes, "ada", 61_000)).toBeUndefined();
});

test("zero seconds lift it", () => {
  expect(withMute(withMute(none, "ada", 60, 0), "ada", 0, 1).size).toBe(0);
});

test("the list is bounded", () => {
  let mutes = none;
  for (let i = 0; i < 600; i++) mutes = withMute(mutes, `u${i}`, 60, 0);
  expect(mutes.size).toBe(500);
});
