// SVG path data as cubic Bézier curves, the only curves a Lottie file knows.
// Commands: M L H V C S A Z, both cases; anything else is an error.

/** `[{ v, i, o, c }]`: corners, tangents in and out relative to them, closed or not. */
export function curves(data) {
  const tokens = data.match(/[a-z]|-?(?:\d+\.?\d*|\.\d+)(?:e-?\d+)?/gi) ?? [];
  const paths = [];
  let at = 0;
  let [x, y] = [0, 0];
  let path;
  let command = "";
  let last;
  const number = () => Number(tokens[at++]);
  const begin = () => {
    path = { v: [[x, y]], i: [[0, 0]], o: [[0, 0]], c: false };
    paths.push(path);
  };
  const curve = (x1, y1, x2, y2, ex, ey) => {
    if (!path) begin();
    path.o[path.o.length - 1] = [x1 - x, y1 - y];
    path.v.push([ex, ey]);
    path.i.push([x2 - ex, y2 - ey]);
    path.o.push([0, 0]);
    last = [x2, y2];
    [x, y] = [ex, ey];
  };
  const line = (ex, ey) => curve(x, y, ex, ey, ex, ey);
  while (at < tokens.length) {
    if (/[a-z]/i.test(tokens[at])) command = tokens[at++];
    const relative = command === command.toLowerCase();
    const [dx, dy] = relative ? [x, y] : [0, 0];
    const smooth = "CS".includes(command.toUpperCase()) ? last : undefined;
    last = undefined;
    switch (command.toUpperCase()) {
      case "M":
        [x, y] = [dx + number(), dy + number()];
        begin();
        command = relative ? "l" : "L";
        break;
      case "L":
        line(dx + number(), dy + number());
        break;
      case "H":
        line(dx + number(), y);
        break;
      case "V":
        line(x, dy + number());
        break;
      case "C": {
        const [x1, y1, x2, y2, ex, ey] = Array.from({ length: 6 }, number);
        curve(dx + x1, dy + y1, dx + x2, dy + y2, dx + ex, dy + ey);
        break;
      }
      case "S": {
        const [x2, y2, ex, ey] = Array.from({ length: 4 }, number);
        const [px, py] = smooth ?? [x, y];
        curve(2 * x - px, 2 * y - py, dx + x2, dy + y2, dx + ex, dy + ey);
        break;
      }
      case "A": {
        const [rx, ry, turn, large, sweep, ex, ey] = Array.from({ length: 7 }, number);
        for (const part of arc(x, y, rx, ry, turn, large, sweep, dx + ex, dy + ey)) curve(...part);
        last = undefined;
        break;
      }
      case "Z":
        path.c = true;
        [x, y] = path.v[0];
        path = undefined;
        break;
      default:
        throw new Error(`path command "${command}" is not known`);
    }
  }
  return paths;
}

/** An elliptic arc in pieces of at most a quarter turn (SVG 1.1, F.6). */
function arc(x1, y1, rx0, ry0, turn, large, sweep, x2, y2) {
  const phi = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(phi), Math.sin(phi)];
  const [hx, hy] = [(x1 - x2) / 2, (y1 - y2) / 2];
  const [px, py] = [cos * hx + sin * hy, cos * hy - sin * hx];
  const grow = Math.max(1, Math.sqrt((px / rx0) ** 2 + (py / ry0) ** 2));
  const [rx, ry] = [rx0 * grow, ry0 * grow];
  const top = (rx * ry) ** 2 - (rx * py) ** 2 - (ry * px) ** 2;
  const sign = large === sweep ? -1 : 1;
  const k = sign * Math.sqrt(Math.max(0, top / ((rx * py) ** 2 + (ry * px) ** 2)));
  const [qx, qy] = [(k * rx * py) / ry, (-k * ry * px) / rx];
  const [cx, cy] = [cos * qx - sin * qy + (x1 + x2) / 2, sin * qx + cos * qy + (y1 + y2) / 2];
  const from = Math.atan2((py - qy) / ry, (px - qx) / rx);
  let by = Math.atan2((-py - qy) / ry, (-px - qx) / rx) - from;
  if (sweep && by < 0) by += 2 * Math.PI;
  if (!sweep && by > 0) by -= 2 * Math.PI;
  const count = Math.ceil(Math.abs(by) / (Math.PI / 2) - 1e-9);
  const step = by / count;
  const pull = (4 / 3) * Math.tan(step / 4);
  const place = (a, b) => [cos * rx * a - sin * ry * b + cx, sin * rx * a + cos * ry * b + cy];
  return Array.from({ length: count }, (_, n) => {
    const [a, b] = [from + n * step, from + (n + 1) * step];
    return [
      ...place(Math.cos(a) - pull * Math.sin(a), Math.sin(a) + pull * Math.cos(a)),
      ...place(Math.cos(b) + pull * Math.sin(b), Math.sin(b) - pull * Math.cos(b)),
      ...place(Math.cos(b), Math.sin(b)),
    ];
  });
}

/** A circle or an ellipse as path data. */
export function ellipse(cx, cy, rx, ry = rx) {
  return `M${cx - rx} ${cy}a${rx} ${ry} 0 0 1 ${2 * rx} 0a${rx} ${ry} 0 0 1 ${-2 * rx} 0z`;
}
