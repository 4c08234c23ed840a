import { expect, test } from "vitest";
import type { DisplayInfo } from "../shared/wire";
import { DEFAULT_LOOK } from "../shared/wire/default-look";
import { mainFirst, OVERLAY_NAME, overlayAddress, pages } from "./overlays";

const display = (name: string, open = 0, paired = 0): DisplayInfo => ({
  name,
  pages: open,
  paired,
  visible: true,
  voice: "silent",
  look: DEFAULT_LOOK,
});

test("the main overlay comes first, whatever the others are called", () => {
  const names = mainFirst([display("desk"), display("main"), display("a")]).map(({ name }) => name);
  expect(names).toEqual(["main", "desk", "a"]);
  expect(mainFirst([display("desk")])).toHaveLength(1);
});

test("a link is absolute and holds the name and nothing else", () => {
  expect(overlayAddress("main")).toBe(`${location.origin}/overlay/main`);
});

test("names are those the server takes", () => {
  expect(["main", "desk-2"].every((name) => OVERLAY_NAME.test(name))).toBe(true);
  expect(["", "Main", "a b", "x".repeat(33)].some((name) => OVERLAY_NAME.test(name))).toBe(false);
});

test("pages are counted in words", () => {
  expect(pages(display("a", 1, 1))).toBe("1 page shows it");
  expect(pages(display("a", 2, 1))).toBe("2 pages show it");
  expect(pages({ ...display("a", 1, 1), voice: "blocked" })).toBe(
    "1 page shows it; click it to let it sound",
  );
  expect(pages(display("a", 0, 1))).toBe("no page open");
  expect(pages(display("a"))).toBe("not paired yet");
});
