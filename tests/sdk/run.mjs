// Runs the SDK tests once for each version, each in processes of its own. They mostly wait, so some run at a time.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { FLAVOURS } from "./flavours.mjs";

const AT_A_TIME = 3;
const here = dirname(fileURLToPath(import.meta.url));
const files = readdirSync(here).filter((name) => name.endsWith(".test.mjs")).map((name) => join(here, name));
const flags = ["--test", "--test-concurrency=1", "--test-force-exit", "--test-timeout=90000", "--test-reporter=spec"];

/** Runs all files with one version and prints what they said when they are done. */
async function run(flavour) {
  const env = { ...process.env, SDK: flavour };
  const started = Date.now();
  const child = spawn(process.execPath, [...flags, ...files], { stdio: ["ignore", "pipe", "pipe"], env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => { output += text; });
  const code = await new Promise((done) => child.once("exit", done));
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${output}\n${flavour}: ${code === 0 ? "passed" : "FAILED"} in ${seconds} s\n`);
  return code === 0;
}

const failed = [];
const waiting = [...FLAVOURS];
await Promise.all(Array.from({ length: AT_A_TIME }, async () => {
  for (let flavour = waiting.shift(); flavour; flavour = waiting.shift()) {
    if (!await run(flavour)) failed.push(flavour);
  }
}));
if (failed.length) console.error(`failed with ${failed.join(", ")}`);
process.exit(failed.length ? 1 : 0);
