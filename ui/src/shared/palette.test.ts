import { expect, it } from "vitest";
import { nameColour, PALETTE } from "./palette";

/** WCAG contrast of two `#rrggbb` colours, 1–21. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

it("every name colour is readable with a black outline and on the dark page", () => {
  for (const { onDark } of PALETTE) {
    expect(contrast(onDark, "#000000"), onDark).toBeGreaterThanOrEqual(4.5);
    expect(contrast(onDark, "#20242e"), onDark).toBeGreaterThanOrEqual(4.5);
  }
});

it("every name colour has a twin that is readable on the light page", () => {
  for (const { onLight } of PALETTE) {
    expect(contrast(onLight, "#eceff4"), onLight).toBeGreaterThanOrEqual(4.5);
  }
});

it("a user keeps one colour and users use all twelve", () => {
  expect(nameColour("u-1")).toBe(nameColour("u-1"));
  const used = new Map<string, number>();
  for (let i = 0; i < 1_200; i += 1) {
    const { onDark } = nameColour(`u-${i}`);
    used.set(onDark, (used.get(onDark) ?? 0) + 1);
  }
  expect(used.size).toBe(12);
  expect(Math.min(...used.values())).toBeGreaterThan(50);
});
