// Builds Lottie files: 1920×1080, 30 frames a second. Times are in frames.

import { curves, ellipse } from "./path.mjs";
import { colour, gathered } from "./svg.mjs";

export const RATE = 30;
export const [WIDTH, HEIGHT] = [1920, 1080];

/** Easings: `[x1, y1, x2, y2]` of a CSS cubic-bezier. */
export const EASE = {
  out: [0, 0, 0.2, 1],
  in: [0.6, 0, 1, 0.6],
  both: [0.45, 0, 0.4, 1],
  even: [0.33, 0.33, 0.67, 0.67],
};

/** A value that stays. */
export const still = (k) => ({ a: 0, k });

/** A value over time: `[frame, value, easing to the next]`. */
export function keys(...frames) {
  return {
    a: 1,
    k: frames.map(([t, value, ease = EASE.both]) => {
      const [x1, y1, x2, y2] = ease;
      return { t, s: [value].flat(), o: { x: x1, y: y1 }, i: { x: x2, y: y2 } };
    }),
  };
}

/** Where, how big (per cent), how turned, how visible; each still or over time. */
function place({
  at = still([0, 0]),
  anchor = [0, 0],
  size = still([100, 100]),
  turn = still(0),
  seen = still(100),
}) {
  return { p: at, a: still(anchor), s: size, r: turn, o: seen };
}

/** A layer of shapes, drawn from frame `from` to `to`. */
export function drawn(groups, { from = 0, to, ...where }) {
  return {
    ddd: 0,
    ty: 4,
    sr: 1,
    st: 0,
    ip: from,
    op: to,
    bm: 0,
    ks: place(where),
    shapes: groups.toReversed(),
  };
}

/** A layer that shows the asset `id`, `size` px square, its time starting at `start`. */
export function instance(id, { from = 0, to, start = 0, box = 256, ...where }) {
  return {
    ddd: 0,
    ty: 0,
    refId: id,
    w: box,
    h: box,
    sr: 1,
    st: start,
    ip: from,
    op: to,
    bm: 0,
    ks: place(where),
  };
}

/** A plain shape from path data. */
export function shape(d, fill, opacity = 1) {
  const paths = curves(d).map((k) => ({ ty: "sh", ks: still(k) }));
  return gathered([
    ...paths,
    { ty: "fl", c: still([...colour(fill), 1]), o: still(opacity * 100), r: 1 },
  ]);
}

/** A soft glow, from `tint` in the middle to nothing at `radius`; round unless path data says. */
export function glow(radius, tint, opacity, d = ellipse(0, 0, radius)) {
  const [r, g, b] = colour(tint);
  const stops = [0, r, g, b, 0.5, r, g, b, 1, r, g, b, 0, 1, 0.5, 0.4, 1, 0];
  return gathered([
    ...curves(d).map((k) => ({ ty: "sh", ks: still(k) })),
    {
      ty: "gf",
      t: 2,
      s: still([0, 0]),
      e: still([radius, 0]),
      g: { p: 3, k: still(stops) },
      h: still(0),
      a: still(0),
      o: still(opacity * 100),
      r: 1,
    },
  ]);
}

/** A four-pointed sparkle, a star, a heart, a strip of paper: path data around 0,0, about 40 px. */
export const SPARKLE = "M0-20C2-4 4-2 20 0 4 2 2 4 0 20-2 4-4 2-20 0-4-2-2-4 0-20z";
export const STAR =
  "M0-20L5.9-8.1 19-6.2 9.5 3.1 11.8 16.2 0 10-11.8 16.2-9.500 3.1-19-6.2-5.9-8.1z";
export const PAPER = "M-9-15h18v30h-18z";

/** A row of numbers between 0 and 1 that is the same every time (mulberry32). */
export function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The file: `layers` with the topmost first, `assets` by id. */
export function file(name, frames, layers, assets = {}) {
  const numbered = (list) => list.map((layer, n) => ({ ind: n + 1, ...layer }));
  return {
    v: "5.7.0",
    nm: name,
    fr: RATE,
    ip: 0,
    op: frames,
    w: WIDTH,
    h: HEIGHT,
    ddd: 0,
    assets: Object.entries(assets).map(([id, inner]) => ({ id, layers: numbered(inner) })),
    layers: numbered(layers),
  };
}

/** As text, numbers cut to two places: what is finer nobody sees. */
export function text(lottie) {
  const cut = (_, value) => (typeof value === "number" ? Math.round(value * 100) / 100 : value);
  return `${JSON.stringify(lottie, cut)}\n`;
}
