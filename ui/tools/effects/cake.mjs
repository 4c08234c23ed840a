// Cake: pops up with confetti, its candles flickering softly, 4.4 s.
import { dice, drawn, EASE, file, glow, instance, keys, still } from "./lottie.mjs";
import { confetti, sparkles } from "./motion.mjs";

const FRAMES = 132;

export function cake(parts) {
  const random = dice(31);
  const end = FRAMES;
  return file(
    "Cake",
    FRAMES,
    [
      ...confetti(54, random, {
        from: 16,
        to: end - 2,
        tints: ["#ff8cc4", "#5fc8ff", "#62e0a0", "#ffc52e", "#a98bff"],
      }),
      ...sparkles(12, random, {
        from: 30,
        to: end - 6,
        where: (r) => [620 + r() * 680, 180 + r() * 380],
      }),
      ...[
        [-88, 46],
        [0, 34],
        [88, 46],
      ].map(([x, up], n) =>
        drawn([glow(110, "#ffe98a", 0.55)], {
          from: 30,
          to: end,
          at: still([962 + x, 520 - 6 * up + 16]),
          size: keys(
            [30, [20, 20]],
            [42, [100, 100]],
            [62 + n * 4, [112, 112]],
            [84 + n * 4, [96, 96]],
            [108, [112, 112]],
            [end, [100, 100]],
          ),
          seen: keys([30, 0], [44, 100], [end - 16, 100], [end, 0]),
        }),
      ),
      instance("cake", {
        to: end,
        anchor: [128, 230],
        at: keys([0, [960, 1500], EASE.out], [24, [960, 850]], [34, [960, 880]], [end, [960, 880]]),
        size: keys(
          [0, [250, 290], EASE.out],
          [24, [272, 300]],
          [34, [304, 270]],
          [44, [282, 290]],
          [54, [286, 286]],
          [end, [290, 290]],
        ),
        turn: keys([34, 0], [64, 1.5], [94, -1.5], [end, 0]),
      }),
    ],
    { cake: [drawn(parts, { to: end })] },
  );
}
