import { expect, it } from "vitest";
import { contrast, luminance, ratio, support } from "./plates";

const WHITE = 1;
const grid = (value: (x: number, y: number) => number) =>
  Array.from({ length: 144 }, (_, at) => value(at % 16, Math.floor(at / 16)));
const all = { left: 0, top: 0, width: 1, height: 1 };

it("black on white is 21 to 1, a colour on itself 1 to 1", () => {
  expect(ratio(luminance(0), luminance(255))).toBeCloseTo(21);
  expect(ratio(0.4, 0.4)).toBe(1);
});

it("white text needs nothing over dark, an outline over middle grey, a plate over bright", () => {
  expect([20, 120, 130, 160, 230].map((grey) => contrast(WHITE, [grey]))).toEqual([
    "none",
    "outline",
    "outline",
    "plate",
    "plate",
  ]);
});

it("black text is judged by the same rule", () => {
  expect([20, 230].map((grey) => contrast(0, [grey]))).toEqual(["plate", "none"]);
});

it("what is behind and not known gets an outline", () => {
  expect(contrast(WHITE, null)).toBe("outline");
  expect(support("auto", WHITE, null, all)).toBe("outline");
});

it("only the part of the picture behind the text counts, its worst cell decides", () => {
  const left = grid((x) => (x < 8 ? 10 : 250));
  expect(support("auto", WHITE, left, { left: 0, top: 0.6, width: 0.4, height: 0.3 })).toBe("none");
  expect(support("auto", WHITE, left, { left: 0.6, top: 0, width: 0.3, height: 0.2 })).toBe(
    "plate",
  );
  expect(support("auto", WHITE, left, { left: 0.4, top: 0, width: 0.2, height: 0.2 })).toBe(
    "plate",
  );
});

it("always and never ask no picture", () => {
  expect(
    support(
      "always",
      WHITE,
      grid(() => 0),
      all,
    ),
  ).toBe("plate");
  expect(
    support(
      "never",
      WHITE,
      grid(() => 255),
      all,
    ),
  ).toBe("none");
});

it("an area outside of the picture is judged by its nearest cells", () => {
  expect(
    support(
      "auto",
      WHITE,
      grid(() => 0),
      { left: 2, top: -3, width: 0, height: 0 },
    ),
  ).toBe("none");
});
