// Movements several effects share: sparkles, confetti, bursts, smoke.
import { drawn, EASE, glow, instance, keys, PAPER, SPARKLE, shape, still } from "./lottie.mjs";

/** Sparkles that come and go softly at places of `where()`, each for 24 frames. */
export function sparkles(count, random, { from, to, tint = "#ffffff", where }) {
  return Array.from({ length: count }, () => {
    const start = Math.round(from + random() * (to - from - 30));
    const size = 70 + random() * 130;
    return drawn([shape(SPARKLE, tint)], {
      from: start,
      to: start + 26,
      at: still(where(random)),
      turn: keys([start, -20], [start + 26, 25]),
      size: keys([start, [0, 0]], [start + 11, [size, size]], [start + 26, [0, 0]]),
    });
  });
}

/** Paper that is thrown up from below and sails down. */
export function confetti(count, random, { from, to, tints, x = 960, y = 1120, width = 1500 }) {
  return Array.from({ length: count }, (_, n) => {
    const start = Math.round(from + random() * 12);
    const side = random() * 2 - 1;
    const [top, end] = [120 + random() * 420, 700 + random() * 500];
    const [mx, ex] = [x + side * width * 0.42, x + side * width * 0.55 + (random() - 0.5) * 160];
    const rise = 20 + random() * 10;
    const size = 70 + random() * 70;
    const spins = (random() < 0.5 ? -1 : 1) * (300 + random() * 500);
    return drawn([shape(PAPER, tints[n % tints.length])], {
      from: start,
      to,
      at: keys(
        [start, [x + side * 140, y], EASE.out],
        [start + rise, [mx, top], EASE.in],
        [to, [ex, end]],
      ),
      turn: keys([start, 0, EASE.even], [to, spins]),
      size: keys(
        [start, [size, size]],
        [to - 10, [size, size * 0.7]],
        [to, [size * 0.4, size * 0.4]],
      ),
      seen: keys([start, 100], [to - 14, 100], [to, 0]),
    });
  });
}

/** Half the side of a burst's own picture, px. */
const REACH = 300;
/** Frames a burst takes. */
const BURST = 40;

/** A firework as an asset: sparks that fly out and sink, no flash in the middle. */
export function burst(random, [one, other], count = 24) {
  const spark = (tint) => [
    glow(34, tint, 0.5),
    shape("M0-11a11 11 0 0 1 0 22a11 11 0 0 1 0-22z", tint),
  ];
  return Array.from({ length: count }, (_, n) => {
    const angle = (n / count) * Math.PI * 2 + random() * 0.2;
    const far = (REACH - 70) * (0.6 + random() * 0.4);
    const [x, y] = [REACH + Math.cos(angle) * far, REACH + Math.sin(angle) * far];
    const size = 40 + random() * 45;
    const end = BURST - Math.round(random() * 10);
    return drawn(spark(n % 2 ? one : other), {
      to: end,
      at: keys([0, [REACH, REACH], EASE.out], [20, [x, y], EASE.in], [end, [x, y + 50]]),
      size: keys([0, [size * 0.4, size * 0.4], EASE.out], [10, [size, size]], [end, [0, 0]]),
      seen: keys([0, 0], [4, 100], [end - 10, 100], [end, 0]),
    });
  });
}

/** The burst `id` going off at a place. */
export function fire(id, at, start, size = 100) {
  const box = REACH * 2;
  return instance(id, {
    from: start,
    to: start + BURST,
    start,
    box,
    at: still(at),
    anchor: [REACH, REACH],
    size: still([size, size]),
  });
}

/** Frames a thing takes to go when its effect ends. */
export const GOES = 16;
