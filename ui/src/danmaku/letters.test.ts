import { expect, it } from "vitest";
import { directionOf } from "./direction";
import { letters, NAME_LETTERS, shortName } from "./letters";

it("a name that fits is drawn as it is", () => {
  for (const name of ["Ada", "", "小雨同学", "x".repeat(NAME_LETTERS)])
    expect(shortName(name)).toBe(name);
});

it("a longer one ends in an ellipsis, no longer than a name may be", () => {
  for (const name of ["Wolfeschlegel ".repeat(15), "雨".repeat(200), "ليلى ".repeat(40)]) {
    const short = shortName(name);
    expect(short.endsWith("…")).toBe(true);
    expect(letters(short)).toBeLessThanOrEqual(NAME_LETTERS);
    expect(name.startsWith(short.slice(0, -1))).toBe(true);
  }
});

it("a name is cut between whole characters", () => {
  const family = "👩‍👩‍👧";
  const short = shortName(family.repeat(20));
  expect(short.slice(0, -1).replaceAll(family, "")).toBe("");
});

it("the first text with letters says the direction", () => {
  expect(directionOf("🎁 20", "שלום")).toBe("rtl");
  expect(directionOf("20 €", "off", "שלום")).toBe("ltr");
  expect(directionOf("", "123")).toBe("ltr");
});
