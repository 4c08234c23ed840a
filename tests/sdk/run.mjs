// Runs the SDK tests once for each version, each in processes of its own.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { FLAVOURS } from "./client.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const files = readdirSync(here).filter((name) => name.endsWith(".test.mjs")).map((name) => join(here, name));
const flags = ["--test", "--test-concurrency=1", "--test-force-exit", "--test-timeout=60000"];
const failed = FLAVOURS.filter((flavour) => {
  const env = { ...process.env, SDK: flavour };
  return spawnSync(process.execPath, [...flags, ...files], { stdio: "inherit", env }).status !== 0;
});
if (failed.length) console.error(`failed with ${failed.join(", ")}`);
process.exit(failed.length ? 1 : 0);
