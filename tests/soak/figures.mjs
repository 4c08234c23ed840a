// From samples to slopes, a table and verdicts.

const TITLES = {
  heap: "JS heap after collection, KB", engine: "Blink heap after collection, KB", own: "renderer RSS of its own, KB",
  shared: "renderer RSS shared, KB", renderer: "renderer RSS, KB", server: "server RSS, KB",
  nodes: "DOM nodes", elements: "elements", listeners: "listeners", timers: "pending timers",
};

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

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** `rises`: the whole interval is above the bound; `flat`: it is below; `unclear`: the bound is in it. */
function verdictOf({ slope, half }, bound) {
  if (bound === undefined) return "";
  if (slope - half > bound) return "rises";
  return slope + half <= bound ? "flat" : "unclear";
}

/**
 * Slopes over the second half. `rises`: what a row may rise by a unit of time; `most`: what no sample may be above;
 * `strict`: a row must be shown to be flat, not only not to rise.
 */
export function judge(samples, { rises, most, strict }) {
  const half = samples.slice(Math.floor(samples.length / 2));
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  const rows = {};
  const wrong = [];
  for (const name of Object.keys(TITLES).filter((name) => name in samples[0])) {
    const values = samples.map((sample) => sample[name]);
    const line = slope(half.map(({ at }) => at), values.slice(-half.length));
    const highest = Math.max(...values);
    const row = {
      // The first sample is of an empty page.
      start: mean(values.slice(1, 1 + tenth)), end: mean(values.slice(-tenth)), highest, ...line,
      bound: rises[name], ceiling: most[name], verdict: verdictOf(line, rises[name]),
    };
    rows[name] = row;
    if (row.verdict === "rises" || (strict && row.verdict === "unclear")) {
      const what = row.verdict === "rises" ? "rises" : "is not shown to be flat";
      wrong.push(`${name} ${what}: ${line.slope.toFixed(2)} ± ${line.half.toFixed(2)}, allowed is ${rises[name]}`);
    }
    if (highest > most[name]) {
      row.verdict = `${row.verdict} above`.trim();
      wrong.push(`${name} reached ${Math.round(highest)}, allowed is ${most[name]}`);
    }
  }
  return { rows, wrong };
}

/** The rows as a table of Markdown; `unit` is that of time. */
export function table(rows, unit) {
  const whole = (value) => (value === undefined ? "" : Math.round(value).toLocaleString("en"));
  return [
    `| | start | end | highest | may reach | slope a ${unit}, second half (95 %) | may rise | verdict |`, "|---|---|---|---|---|---|---|---|",
    ...Object.entries(rows).map(([name, r]) => `| ${TITLES[name]} | ${whole(r.start)} | ${whole(r.end)} | ${whole(r.highest)} | ${whole(r.ceiling)} `
      + `| ${r.slope.toFixed(2)} ± ${r.half.toFixed(2)} | ${r.bound ?? ""} | ${r.verdict || "–"} |`),
  ].join("\n");
}
