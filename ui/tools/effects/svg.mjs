// The catalogue's drawings (icons/gifts/*.svg) as Lottie shape groups. Knows
// what those drawings use: groups, paths, circles, ellipses, gradients.
import { curves, ellipse } from "./path.mjs";

const INHERITED = ["fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin"];

/** Every shape of a drawing, as groups, the lowest first. */
export function shapes(svg) {
  const gradients = new Map();
  const out = [];
  const stack = [{ style: { fill: "#000" }, matrix: [1, 0, 0, 1, 0, 0], opacity: 1 }];
  let gradient;
  for (const [, end, name, text, empty] of svg.matchAll(/<(\/?)([a-zA-Z]+)([^>]*?)(\/?)>/g)) {
    const attributes = Object.fromEntries(
      [...text.matchAll(/([a-zA-Z0-9-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
    );
    if (name === "linearGradient" || name === "radialGradient") {
      if (end) continue;
      gradient = { radial: name === "radialGradient", ...attributes, stops: [] };
      gradients.set(attributes.id, gradient);
    } else if (name === "stop") gradient.stops.push(attributes);
    else if (end) {
      if (name === "g") stack.pop();
    } else if (["g", "path", "circle", "ellipse"].includes(name)) {
      const above = stack.at(-1);
      const style = { ...above.style };
      for (const key of INHERITED) if (attributes[key] !== undefined) style[key] = attributes[key];
      const opacity = above.opacity * Number(attributes.opacity ?? 1);
      const matrix = attributes.transform
        ? multiply(above.matrix, transform(attributes.transform))
        : above.matrix;
      if (name === "g") {
        if (!empty) stack.push({ style, matrix, opacity });
      } else out.push(group(data(name, attributes), style, matrix, opacity, gradients));
    }
  }
  return out;
}

function data(name, a) {
  if (name === "path") return a.d;
  return name === "circle" ? ellipse(+a.cx, +a.cy, +a.r) : ellipse(+a.cx, +a.cy, +a.rx, +a.ry);
}

/** One shape with its paint; what is first in a group is drawn last. */
function group(d, style, matrix, opacity, gradients) {
  const paths = curves(d).map((path) => move(path, matrix));
  const scale = Math.sqrt(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]));
  const box = bounds(paths);
  const items = paths.map((k) => ({ ty: "sh", ks: { a: 0, k } }));
  if (style.stroke && style.stroke !== "none") {
    items.push({
      ...paint(style.stroke, "s", box, opacity, gradients),
      w: { a: 0, k: Number(style["stroke-width"] ?? 1) * scale },
      lc: style["stroke-linecap"] === "round" ? 2 : 1,
      lj: style["stroke-linejoin"] === "round" ? 2 : 1,
      ml: 4,
    });
  }
  if (style.fill !== "none")
    items.push({ ...paint(style.fill, "f", box, opacity, gradients), r: 1 });
  return gathered(items);
}

/** Shape items under one transform. */
export function gathered(items) {
  const still = (k) => ({ a: 0, k });
  const tr = {
    ty: "tr",
    p: still([0, 0]),
    a: still([0, 0]),
    s: still([100, 100]),
    r: still(0),
    o: still(100),
  };
  return { ty: "gr", it: [...items, tr] };
}

/** A fill (`f`) or stroke (`s`): plain, or a gradient over the shape's box. */
function paint(value, kind, { left, top, width, height }, opacity, gradients) {
  const id = /^url\(#(.+)\)$/.exec(value)?.[1];
  const o = { a: 0, k: opacity * 100 };
  if (id === undefined) {
    return { ty: kind === "f" ? "fl" : "st", c: { a: 0, k: [...colour(value), 1] }, o };
  }
  const { radial, stops, ...at } = gradients.get(id);
  const put = (x, y) => [left + width * x, top + height * y];
  const from = radial ? put(+(at.cx ?? 0.5), +(at.cy ?? 0.5)) : put(+(at.x1 ?? 0), +(at.y1 ?? 0));
  const reach = +(at.r ?? 0.5) * Math.max(width, height);
  const to = radial ? [from[0] + reach, from[1]] : put(+(at.x2 ?? 1), +(at.y2 ?? 0));
  const offsets = stops.map((stop) => Number(stop.offset ?? 0));
  const colours = stops.flatMap((stop, n) => [offsets[n], ...colour(stop["stop-color"])]);
  const clear = stops.some((stop) => stop["stop-opacity"] !== undefined);
  const alphas = stops.flatMap((stop, n) => [offsets[n], Number(stop["stop-opacity"] ?? 1)]);
  return {
    ty: kind === "f" ? "gf" : "gs",
    t: radial ? 2 : 1,
    s: { a: 0, k: from },
    e: { a: 0, k: to },
    g: { p: stops.length, k: { a: 0, k: clear ? [...colours, ...alphas] : colours } },
    ...(radial ? { h: { a: 0, k: 0 }, a: { a: 0, k: 0 } } : {}),
    o,
  };
}

/** `#rgb` or `#rrggbb` as three numbers up to 1. */
export function colour(hex) {
  const long = hex.length === 4 ? hex.replace(/[^#]/g, "$&$&") : hex;
  return [1, 3, 5].map((at) => Number.parseInt(long.slice(at, at + 2), 16) / 255);
}

function bounds(paths) {
  const xs = paths.flatMap(({ v }) => v.map(([x]) => x));
  const ys = paths.flatMap(({ v }) => v.map(([, y]) => y));
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
}

function move({ v, i, o, c }, [a, b, cc, d, e, f]) {
  const turn = ([x, y]) => [a * x + cc * y, b * x + d * y];
  return { v: v.map((p) => [turn(p)[0] + e, turn(p)[1] + f]), i: i.map(turn), o: o.map(turn), c };
}

function transform(text) {
  let matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name, list] of text.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [x, y, z] = list.split(/[ ,]+/).map(Number);
    if (name === "translate") matrix = multiply(matrix, [1, 0, 0, 1, x, y ?? 0]);
    else if (name === "scale") matrix = multiply(matrix, [x, 0, 0, y ?? x, 0, 0]);
    else if (name === "rotate") {
      const [cos, sin] = [Math.cos((x * Math.PI) / 180), Math.sin((x * Math.PI) / 180)];
      const about = multiply([1, 0, 0, 1, y ?? 0, z ?? 0], [cos, sin, -sin, cos, 0, 0]);
      matrix = multiply(matrix, multiply(about, [1, 0, 0, 1, -(y ?? 0), -(z ?? 0)]));
    } else throw new Error(`transform "${name}" is not known`);
  }
  return matrix;
}

function multiply([a, b, c, d, e, f], [g, h, i, j, k, l]) {
  return [
    a * g + c * h,
    b * g + d * h,
    a * i + c * j,
    b * i + d * j,
    a * k + c * l + e,
    b * k + d * l + f,
  ];
}
