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

/** What a version's failed tests said, printed last: who reads a long log reads its end. */
const failed = new Map();

/** What the spec reporter says of the tests that failed; all there is when it came to no such list. */
const failures = (output) => output.slice(Math.max(0, output.indexOf("✖ failing tests:")));

/** Runs all files with one version and prints what they said when they are done. */
async function run(flavour) {
  const env = { ...process.env, SDK: flavour };
  const started = Date.now();
  const child = spawn(process.execPath, [...flags, ...files], { stdio: ["ignore", "pipe", "pipe"], env });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => { output += text; });
  const code = await new Promise((done) => child.once("close", done));
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${output}\n${flavour}: ${code === 0 ? "passed" : "FAILED"} in ${seconds} s\n`);
  if (code !== 0) failed.set(flavour, failures(output));
}

const waiting = [...FLAVOURS];
await Promise.all(Array.from({ length: AT_A_TIME }, async () => {
  for (let flavour = waiting.shift(); flavour; flavour = waiting.shift()) {
    await run(flavour);
  }
}));
for (const [flavour, said] of failed) console.error(`\nfailed with ${flavour}\n${said}`);
if (failed.size) console.error(`failed with ${[...failed.keys()].join(", ")}`);
process.exitCode = failed.size ? 1 : 0;
