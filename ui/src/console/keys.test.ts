import { expect, test } from "vitest";
import { action, type Place, type Press } from "./keys";

const free: Place = { typing: false, arrows: false };

function press(key: string, more: Partial<Press> = {}): Press {
  return { key, ctrlKey: false, altKey: false, metaKey: false, repeat: false, ...more };
}

test("letters and arrows act in the feed", () => {
  const pairs = {
    j: "next",
    ArrowUp: "previous",
    p: "pin",
    x: "remove",
    m: "mute",
    c: "clear",
    "/": "compose",
  };
  for (const [key, expected] of Object.entries(pairs))
    expect(action(press(key), free)).toBe(expected);
});

test("letters are text in a field and only Escape leaves it", () => {
  const typing: Place = { typing: true, arrows: true };
  for (const key of ["c", "x", "p", "/", "1", "ArrowDown"]) {
    expect(action(press(key), typing)).toBeUndefined();
  }
  expect(action(press("Escape"), typing)).toBe("leave");
});

test("arrows belong to a slider, letters still act", () => {
  const slider: Place = { typing: false, arrows: true };
  expect(action(press("ArrowDown"), slider)).toBeUndefined();
  expect(action(press("c"), slider)).toBe("clear");
});

test("a shortcut of the browser is left alone", () => {
  expect(action(press("c", { ctrlKey: true }), free)).toBeUndefined();
  expect(action(press("x", { metaKey: true }), free)).toBeUndefined();
});

test("caps lock does not matter", () => {
  expect(action(press("C"), free)).toBe("clear");
});

test("a held key moves on but acts once", () => {
  expect(action(press("j", { repeat: true }), free)).toBe("next");
  expect(action(press("x", { repeat: true }), free)).toBeUndefined();
});

test("names every object has are not keys", () => {
  expect(action(press("constructor"), free)).toBeUndefined();
});
