import { expect, it } from "vitest";
import { colour, ENOUGH, worst } from "./contrast";

const of = (text: string, plate: string) => {
  const [a, b] = [colour(text), colour(plate)];
  if (!a || !b) throw new Error("a colour");
  return worst(a, b);
};

it("white on black is 21:1, and nothing is read on itself", () => {
  expect(of("#ffffff", "#000000")).toBeCloseTo(21);
  expect(of("#777777", "#777777")).toBeCloseTo(1);
});

it("a plate that lets the picture through is judged over the worst one", () => {
  expect(of("#ffffff", "#000000")).toBeGreaterThan(ENOUGH);
  expect(of("#ffffff", "#00000040")).toBeLessThan(ENOUGH);
  expect(of("#ffffff", "#00000000")).toBeCloseTo(1);
});

it("only colours are colours", () => {
  for (const text of ["red", "#12", "#12345g", "", "#1234567"]) {
    expect(colour(text)).toBeUndefined();
  }
});
