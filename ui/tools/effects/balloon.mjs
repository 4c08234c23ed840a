// Balloon: a dozen bunches rise past the picture, 4.6 s.
import { dice, drawn, EASE, file, instance, keys } from "./lottie.mjs";

const FRAMES = 138;

export function balloon(parts) {
  const random = dice(5);
  const bunches = Array.from({ length: 13 }, (_, n) => {
    const start = Math.round(((n * 7) % 46) + random() * 6);
    const end = start + 84 + Math.round(random() * 8);
    const x = 170 + ((n * 0.618) % 1) * 1580;
    const size = 74 + random() * 90;
    const sway = 36 + random() * 40;
    const step = (end - start) / 4;
    const y = (part) => 1250 - part * 1560;
    return instance("bunch", {
      from: start,
      to: Math.min(end, FRAMES),
      anchor: [128, 128],
      at: keys(
        ...[0, 1, 2, 3, 4].map((k) => [
          Math.round(start + step * k),
          [x + (k % 2 ? sway : -sway), y(k / 4)],
          EASE.even,
        ]),
      ),
      turn: keys([start, -7], [start + 42, 7], [end, -7]),
      size: keys([start, [size, size]], [end, [size * 1.08, size * 1.08]]),
    });
  });
  return file("Balloon", FRAMES, bunches, { bunch: [drawn(parts, { to: FRAMES })] });
}
