import { expect, it } from "vitest";
import { PALETTE } from "../shared/palette";
import glass from "./glass/theme.json";

const channels = (colour: string) =>
  [1, 3, 5, 7].map((at) => Number.parseInt(colour.slice(at, at + 2) || "ff", 16) / 255);

/** Relative luminance by WCAG 2.2. */
function luminance(parts: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

it("every name is read on a pane of glass over a white picture", () => {
  const plate = glass.variables.find(({ name }) => name === "plate")?.value;
  const [red = 0, green = 0, blue = 0, alpha = 1] = channels(String(plate));
  const over = [red, green, blue].map((part) => part * alpha + 1 - alpha);
  for (const { onDark } of PALETTE) {
    const contrast = (luminance(channels(onDark)) + 0.05) / (luminance(over) + 0.05);
    expect(contrast, onDark).toBeGreaterThanOrEqual(4.5);
  }
});
