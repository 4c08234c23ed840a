// Rocket: crosses the picture from the lower left on a trail of smoke, 4.1 s.
import { dice, drawn, EASE, file, glow, instance, keys, still } from "./lottie.mjs";
import { sparkles } from "./motion.mjs";

const FRAMES = 122;
/** The rocket's way: a little hop first, then off. Frame, x, y. */
const WAY = [
  [0, -220, 1280],
  [30, 420, 800],
  [58, 600, 690],
  [88, 2240, -320],
];

export function rocket(parts) {
  const random = dice(11);
  const at = (frame) => {
    const next = WAY.findIndex(([t]) => t > frame);
    if (next < 0) return WAY.at(-1).slice(1);
    const [[t0, x0, y0], [t1, x1, y1]] = [WAY[next - 1], WAY[next]];
    const part = ((frame - t0) / (t1 - t0)) ** (next === 3 ? 2.2 : 1);
    return [x0 + (x1 - x0) * part, y0 + (y1 - y0) * part];
  };
  const smoke = Array.from({ length: 46 }, (_, n) => {
    const start = Math.round(4 + n * 1.7);
    const [x, y] = at(start);
    const [fx, fy] = [x - 130, y + 142];
    const size = 60 + random() * 60;
    const end = start + 44;
    return instance("puff", {
      box: 240,
      from: start,
      to: Math.min(FRAMES, end),
      anchor: [120, 120],
      at: keys(
        [start, [fx, fy], EASE.out],
        [end, [fx - 60 + random() * 90, fy + 50 + random() * 80]],
      ),
      size: keys([start, [size * 0.3, size * 0.3], EASE.out], [end, [size * 1.7, size * 1.7]]),
      seen: keys([start, 0], [start + 4, 46], [end, 0]),
    });
  });
  const [first, second, third, last] = WAY.map(([t, x, y]) => [t, [x, y]]);
  return file(
    "Rocket",
    FRAMES,
    [
      ...sparkles(26, random, {
        from: 24,
        to: FRAMES - 4,
        tint: "#fff2a0",
        where: (r) => {
          const way = r();
          return [260 + way * 1500 + (r() - 0.5) * 420, 1010 - way * 850 + (r() - 0.5) * 420];
        },
      }),
      instance("ship", {
        to: 92,
        anchor: [128, 128],
        at: keys([...first, EASE.out], [...second, EASE.both], [...third, EASE.in], last),
        turn: keys([0, 4], [30, -3], [44, 3], [58, 0], [88, 2]),
        size: keys([0, [165, 165]], [58, [185, 185]], [88, [165, 165]]),
      }),
      ...smoke,
    ],
    {
      // The last four shapes are sparkles that stand still.
      ship: [drawn(parts.slice(0, -4), { to: FRAMES })],
      puff: [drawn([glow(118, "#e9eefb", 0.5)], { to: FRAMES, at: still([120, 120]) })],
    },
  );
}
