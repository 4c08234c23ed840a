import { beforeEach, expect, it, vi } from "vitest";
import { h } from "./dom";
import { emoteImage, emoteSheet, holdEmotes, MOVING, setEmotes, withEmotes } from "./emotes";
import type { Emote } from "./wire";

const emote: Emote = { code: "hi", src: "/image/hi", width: 64, height: 32 };
const dance: Emote = {
  ...emote,
  code: "dance",
  frames: { count: 4, columns: 2, ms: [20, 20, 20, 40] },
};
const motions: { startTime: number; cancel: () => void }[] = [];

beforeEach(() => {
  motions.length = 0;
  holdEmotes(true);
  holdEmotes(false);
  document.body.replaceChildren();
  HTMLElement.prototype.animate = function (this: HTMLElement, steps, options) {
    const motion = { startTime: -1, cancel: vi.fn(), steps, options };
    motions.push(motion);
    return motion as unknown as Animation;
  };
});

it("draws text with its emotes, the code as the picture's name", () => {
  setEmotes([emote]);
  const line = h("p", {}, ...withEmotes("well :hi: there <b>"));
  const picture = line.querySelector("img");
  expect(line.textContent).toBe("well  there <b>");
  expect(picture?.getAttribute("alt")).toBe(":hi:");
  expect(picture?.getAttribute("src")).toBe("/image/hi");
  expect(line.querySelector("b")).toBeNull();
  setEmotes([]);
  expect(withEmotes("well :hi:")).toEqual(["well :hi:"]);
});

it("moves an animated one by the document's clock", () => {
  emoteImage(dance);
  expect(motions).toHaveLength(1);
  expect(motions[0]).toMatchObject({ startTime: 0, options: { duration: 100 } });
});

it("holds everything still when told, and what comes after it", () => {
  emoteImage(dance);
  holdEmotes(true);
  expect(motions[0]?.cancel).toHaveBeenCalledOnce();
  emoteImage(dance);
  expect(motions).toHaveLength(1);
});

it("lets only so many move, the newest", () => {
  for (let n = 0; n < MOVING + 5; n += 1) document.body.append(emoteImage(dance));
  const held = motions.map(({ cancel }) => vi.mocked(cancel).mock.calls.length);
  expect(held.filter((calls) => calls === 0)).toHaveLength(MOVING);
  expect(held.slice(0, 5)).toEqual([1, 1, 1, 1, 1]);
});

it("loads a sheet once for every canvas", () => {
  expect(emoteSheet(dance)).toBe(emoteSheet({ ...dance, code: "other" }));
});
