/** Whether text can be read on its plate, by the rule of WCAG 2.2 §1.4.3. Pure. */

/** A colour: red, green, blue 0–255, opacity 0–1. */
export type Colour = readonly [number, number, number, number];

/** Text this large and bold needs 3:1, smaller text 4.5:1. */
export const ENOUGH = 4.5;

/** Reads `#rrggbb` or `#rrggbbaa`; `undefined` for anything else. */
export function colour(text: string): Colour | undefined {
  const digits = /^#([0-9a-f]{6})([0-9a-f]{2})?$/i.exec(text);
  if (!digits?.[1]) return undefined;
  const at = (i: number) => Number.parseInt(digits[1]?.slice(i, i + 2) ?? "", 16);
  const alpha = digits[2] === undefined ? 1 : Number.parseInt(digits[2], 16) / 255;
  return [at(0), at(2), at(4), alpha];
}

/** Contrast of text on a plate, at the worst picture behind: black or white. */
export function worst(text: Colour, plate: Colour): number {
  const behind: readonly Colour[] = [
    [0, 0, 0, 1],
    [255, 255, 255, 1],
  ];
  return Math.min(
    ...behind.map((picture) => {
      const ground = over(plate, picture);
      return ratio(over(text, ground), ground);
    }),
  );
}

function over([r, g, b, a]: Colour, [R, G, B]: Colour): Colour {
  const mix = (top: number, below: number) => top * a + below * (1 - a);
  return [mix(r, R), mix(g, G), mix(b, B), 1];
}

function ratio(one: Colour, other: Colour): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

function luminance([r, g, b]: Colour): number {
  const linear = (channel: number) => {
    const c = channel / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}
