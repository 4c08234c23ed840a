// From samples to slopes, a table and verdicts.

const TITLES = {
  heap: "JS heap after collection, KB", engine: "Blink heap after collection, KB",
  renderer: "renderer RSS, KB", server: "server RSS, KB",
  nodes: "DOM nodes", elements: "elements", listeners: "listeners", timers: "pending timers",
};
/**
 * How much more a count may reach in the last quarter than in the second: by half, or by so many. What is off the picture
 * but not yet collected is among nodes and listeners; what waits to leave while the machine stalls is among the rest.
 */
const MARGINS = { nodes: 300, elements: 100, listeners: 30, timers: 25 };
/** A count must not rise over the second half by more than this share of its most, for sure. */
const RISE = 0.1;

/** Two-sided 95 % quantile of Student's t; within 0.5 % from 3 degrees of freedom on. */
function quantile(degrees) {
  const few = { 1: 12.71, 2: 4.3 };
  return few[degrees] ?? 1.96 + 2.372 / degrees + 2.82 / degrees ** 2 + 2.56 / degrees ** 3;
}

/** Least squares of `ys` over `xs`: the slope and half the width of its 95 % interval. */
export function slope(xs, ys) {
  const n = xs.length;
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / n;
  const [mx, my] = [mean(xs), mean(ys)];
  const sxx = xs.reduce((sum, x) => sum + (x - mx) ** 2, 0);
  const b = xs.reduce((sum, x, i) => sum + (x - mx) * (ys[i] - my), 0) / sxx;
  const rest = xs.reduce((sum, x, i) => sum + (ys[i] - my - b * (x - mx)) ** 2, 0);
  return { slope: b, half: quantile(n - 2) * Math.sqrt(rest / (n - 2) / sxx) };
}

function quarter(samples, which) {
  const size = samples.length / 4;
  return samples.slice(Math.floor(which * size), Math.floor((which + 1) * size));
}

/**
 * Slopes over the second half, the quarters beside each other, and what is wrong. `bounds`: KB a unit of time that memory
 * may rise by; the lower end of the interval decides.
 */
export function judge(samples, bounds) {
  const half = samples.slice(Math.floor(samples.length / 2));
  const rows = {};
  const wrong = [];
  for (const name of Object.keys(TITLES).filter((name) => name in samples[0])) {
    const of = (list) => list.map((sample) => sample[name]);
    const most = (which) => Math.max(...of(quarter(samples, which)));
    const row = { first: samples[0][name], second: most(1), last: most(3), ...slope(half.map(({ at }) => at), of(half)) };
    rows[name] = row;
    if (name in MARGINS) {
      const allowed = row.second + Math.max(row.second / 2, MARGINS[name]);
      if (row.last > allowed) wrong.push(`${name}: ${row.last} in the last quarter, ${row.second} in the second`);
      const rise = (row.slope - row.half) * (half.at(-1).at - half[0].at);
      if (rise > row.second * RISE) wrong.push(`${name}: rises by at least ${rise.toFixed(0)} in the second half`);
    } else if (name in bounds && row.slope - row.half > bounds[name]) {
      wrong.push(`${name}: rises by ${row.slope.toFixed(1)} ± ${row.half.toFixed(1)}, allowed is ${bounds[name]}`);
    }
  }
  return { rows, wrong };
}

/** The rows as a table of Markdown; `unit` is that of time. */
export function table(rows, unit) {
  const whole = (value) => Math.round(value).toLocaleString("en");
  return [
    `| | first | most, 2nd quarter | most, last quarter | slope a ${unit}, second half (95 %) |`, "|---|---|---|---|---|",
    ...Object.entries(rows).map(([name, r]) =>
      `| ${TITLES[name]} | ${whole(r.first)} | ${whole(r.second)} | ${whole(r.last)} | ${r.slope.toFixed(2)} ± ${r.half.toFixed(2)} |`),
  ].join("\n");
}
