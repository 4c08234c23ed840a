// Crown: sinks from above into turning rays, gold confetti, 5 s.
import { dice, drawn, EASE, file, glow, instance, keys, still } from "./lottie.mjs";
import { confetti, GOES, sparkles } from "./motion.mjs";

const FRAMES = 150;

export function crown(parts) {
  const random = dice(23);
  const end = FRAMES;
  const rays = Array.from({ length: 12 }, (_, n) => {
    const [a, b] = [(n / 12) * Math.PI * 2, (n / 12) * Math.PI * 2 + 0.2];
    const [x, y] = [Math.cos, Math.sin].map((f) => [f(a) * 660, f(b) * 660]);
    const d = `M0 0L${x[0].toFixed(1)} ${y[0].toFixed(1)}L${x[1].toFixed(1)} ${y[1].toFixed(1)}z`;
    return glow(640, "#ffdf80", 0.62, d);
  });
  return file(
    "Crown",
    FRAMES,
    [
      ...sparkles(20, random, {
        from: 40,
        to: end - 6,
        tint: "#fffbe0",
        where: (r) => [560 + r() * 800, 170 + r() * 660],
      }),
      ...confetti(44, random, {
        from: 34,
        to: end - 2,
        tints: ["#ffc928", "#fff0a0", "#f01c4c", "#f39a06"],
      }),
      instance("crown", {
        to: end,
        anchor: [128, 136],
        at: keys(
          [0, [960, -320], EASE.out],
          [34, [960, 545]],
          [44, [960, 505]],
          [56, [960, 520]],
          [end, [960, 510]],
        ),
        turn: keys([0, -16, EASE.out], [34, 5], [46, -3], [58, 0], [96, 2], [end, -1]),
        size: keys(
          [0, [180, 180]],
          [34, [232, 222]],
          [44, [222, 232]],
          [56, [226, 226]],
          [end, [232, 232]],
        ),
      }),
      drawn(rays, {
        to: end,
        at: still([960, 520]),
        turn: keys([10, 0, EASE.even], [end, 46]),
        size: keys([16, [10, 10], EASE.out], [56, [100, 100]], [end, [104, 104]]),
        seen: keys([16, 0], [50, 100], [end - GOES * 2, 100], [end, 0]),
      }),
      drawn([glow(560, "#ffcf4a", 0.6)], {
        to: end,
        at: still([960, 520]),
        size: keys([6, [20, 20], EASE.out], [56, [100, 100]], [end, [106, 106]]),
        seen: keys([6, 0], [50, 100], [end - 24, 90], [end, 0]),
      }),
    ],
    { crown: [drawn(parts.slice(0, -1), { to: end })] },
  );
}
