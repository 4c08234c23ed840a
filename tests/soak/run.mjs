// `make soak`: hours on air. SOAK_MINUTES (20) real ones with a real crowd,
// then SOAK_HOURS (12) by a virtual clock; 0 leaves one out.
// Writes tests/out/soak.json; fails if something grows.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { out } from "../e2e/program.mjs";
import { judge, table } from "./figures.mjs";
import { soakMinutes } from "./minutes.mjs";

const [minutes, hours] = [Number(process.env.SOAK_MINUTES ?? 20), Number(process.env.SOAK_HOURS ?? 12)];
/** What memory may rise by, KB a minute, before it is a leak: the heap by 7 MB in 12 hours, RSS, once caches are full, by what noise leaves to see. */
const MINUTES_BOUNDS = { heap: 10, engine: 100, ...(minutes >= 15 ? { renderer: 2_000, server: 500 } : {}) };
/** KB a virtual hour. */
const HOURS_BOUNDS = { heap: 100, engine: 2_000, ...(hours >= 3 ? { renderer: 20_000 } : {}) };

const result = { machine: `${cpus()[0]?.model}, ${cpus().length} cores, node ${process.version}` };
const wrong = [];

function report(title, unit, run, bounds) {
  const verdict = judge(run.samples, bounds);
  const { samples, ...facts } = run;
  console.log(`\n${title}, ${samples.length} samples\n${JSON.stringify(facts)}\n${table(verdict.rows, unit)}`);
  wrong.push(...verdict.wrong.map((text) => `${title}: ${text}`));
  result[unit] = { ...run, rows: verdict.rows, bounds };
  writeFileSync(join(out, "soak.json"), JSON.stringify(result, null, 1));
}

const tell = (unit) => (sample) => console.log(`${unit} ${sample.at.toFixed(2)}: ${Object.entries(sample).slice(1)
  .map(([name, value]) => `${name} ${Math.round(value)}`).join(", ")}`);

console.log(result.machine);
if (minutes > 0) report(`${minutes} real minutes`, "minute", await soakMinutes(minutes, tell("minute")), MINUTES_BOUNDS);
if (hours > 0) {
  const { soakHours } = await import("./hours.mjs");
  report(`${hours} virtual hours`, "hour", await soakHours(hours, tell("hour")), HOURS_BOUNDS);
}
for (const text of wrong) console.error(text);
process.exitCode = wrong.length > 0 ? 1 : 0;
