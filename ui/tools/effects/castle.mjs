// Castle: rises out of its cloud, fireworks on both sides, 5.4 s.
import { dice, drawn, EASE, file, glow, instance, keys, still } from "./lottie.mjs";
import { burst, fire, GOES, sparkles } from "./motion.mjs";

const FRAMES = 162;

export function castle(parts) {
  const random = dice(7);
  const end = FRAMES;
  // The halo stays behind; the last three shapes are the cloud and two sparkles.
  const walls = parts.slice(1, -3);
  const cloud = parts.slice(-3, -2);
  const seen = keys([0, 0], [8, 100], [end - GOES, 100], [end, 0]);
  const clouds = [
    [960, 1010, 470],
    [560, 1040, 300],
    [1360, 1040, 300],
  ].map(([x, y, size], n) =>
    instance("cloud", {
      to: end,
      anchor: [128, 220],
      seen,
      at: keys([0, [x, y + 260], EASE.out], [26 + n * 4, [x, y]], [end, [x + (n - 1) * 30, y + 8]]),
      size: still([size, size]),
    }),
  );
  return file(
    "Castle",
    FRAMES,
    [
      ...sparkles(22, random, {
        from: 40,
        to: end - 8,
        tint: "#fff6cf",
        where: (r) => [520 + r() * 880, 140 + r() * 700],
      }),
      ...clouds,
      instance("walls", {
        to: end,
        anchor: [128, 230],
        seen: keys([4, 0], [14, 100], [end - GOES, 100], [end, 0]),
        at: keys([4, [960, 1500], EASE.out], [38, [960, 930]], [46, [960, 950]], [end, [960, 950]]),
        size: keys(
          [4, [300, 300], EASE.out],
          [38, [336, 344]],
          [46, [338, 332]],
          [54, [336, 336]],
          [end, [342, 342]],
        ),
      }),
      fire("gold", [400, 330], 44),
      fire("rose", [1530, 290], 56),
      fire("sky", [640, 190], 78, 80),
      fire("gold", [1290, 170], 90, 80),
      fire("rose", [330, 440], 104, 110),
      fire("sky", [1600, 420], 112, 110),
      drawn([glow(620, "#b48cff", 0.5)], {
        to: end,
        at: still([960, 560]),
        size: keys([0, [30, 30], EASE.out], [50, [100, 100]], [end, [112, 112]]),
        seen: keys([0, 0], [40, 100], [end - 30, 90], [end, 0]),
      }),
    ],
    {
      walls: [drawn(walls, { to: end })],
      cloud: [drawn(cloud, { to: end })],
      gold: burst(random, ["#ffd75e", "#fff3c0"]),
      rose: burst(random, ["#ff8fc4", "#ffd75e"]),
      sky: burst(random, ["#8fd0ff", "#c9a6ff"]),
    },
  );
}
