// `make soak`: hours on air. SOAK_MINUTES (20) real ones with a real crowd,
// then SOAK_HOURS (12) by a virtual clock; 0 leaves one out.
// Writes tests/out/soak.json; fails if something grows. With SOAK_LEAK the
// page leaks on purpose, and it fails unless every leak was caught.
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { out } from "../e2e/program.mjs";
import { hourBounds, minuteBounds } from "./bounds.mjs";
import { judge, table } from "./figures.mjs";
import { soakHours } from "./hours.mjs";
import { Leak } from "./leak.mjs";
import { soakMinutes } from "./minutes.mjs";

const [minutes, hours] = [Number(process.env.SOAK_MINUTES ?? 20), Number(process.env.SOAK_HOURS ?? 12)];
const asked = process.env.SOAK_LEAK ?? "";
const result = { machine: `${cpus()[0]?.model}, ${cpus().length} cores, node ${process.version}` };
const wrong = [];

const tell = (unit) => (sample) => console.log(`${unit} ${sample.at.toFixed(2)}: ${Object.entries(sample).slice(1)
  .map(([name, value]) => `${name} ${Math.round(value)}`).join(", ")}`);

/** Which leaks no row saw. */
function missed(rows, { rates }) {
  const names = Object.keys(rates);
  const unseen = names.filter((name) => !rows[name].verdict.startsWith("rises"));
  console.log(`leaks: ${names.map((name) => `${name} ${rates[name]}`).join(", ")}; caught ${names.length - unseen.length} of ${names.length}`);
  return unseen.map((name) => `the leak in ${name} was not caught`);
}

async function part(title, unit, soak, bounds) {
  const leak = asked ? new Leak(asked, bounds.rises) : undefined;
  const run = await soak(tell(unit), leak);
  const { rows, wrong: grown } = judge(run.samples, bounds);
  const { samples, ...facts } = run;
  console.log(`\n${title}, ${samples.length} samples\n${JSON.stringify(facts)}\n${table(rows, unit)}`);
  for (const text of leak ? missed(rows, leak) : [...grown, ...(run.wrong ?? [])]) wrong.push(`${title}: ${text}`);
  result[unit] = { ...run, rows, bounds, ...(leak ? { leaks: leak.rates } : {}) };
  writeFileSync(join(out, asked ? "soak-control.json" : "soak.json"), JSON.stringify(result, null, 1));
}

console.log(result.machine);
if (minutes > 0) await part(`${minutes} real minutes`, "minute", (tell, leak) => soakMinutes(minutes, tell, leak), minuteBounds(minutes));
if (hours > 0) await part(`${hours} virtual hours`, "hour", (tell, leak) => soakHours(hours, tell, leak), hourBounds(hours));
for (const text of wrong) console.error(text);
console.log(wrong.length > 0 ? "FAILED" : "passed");
process.exitCode = wrong.length > 0 ? 1 : 0;
