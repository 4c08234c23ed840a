// docs/compatibility says of everything that the vendor has whether it is here, and names the test that shows it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { exists, rows, source, sources } from "./rows.mjs";
import { surfaces } from "./surfaces.mjs";

const PAGES = ["sdk", "rest", "webhooks", "codes", "differences"];
/** `untested` is the honest word for code without a test, `unused` for a number without code; all others need one. */
const STATES = ["supported", "refused", "different", "absent", "untested", "unused"];
/** Those without a test. */
const BARE = ["untested", "unused"];
/** Those with the vendor's number, or ours. */
const NUMBERED = ["refused", "absent"];
const all = PAGES.flatMap(rows);
const at = ({ page, line, key }) => `docs/compatibility/${page}.md:${line} ${key}`;

/** The rows of a page, one for each key. */
function keys(page, accepts = () => true) {
  const found = rows(page).filter(accepts).map(({ key }) => key);
  assert.deepEqual(found.filter((key, i) => found.indexOf(key) !== i), [], `${page}: one row each`);
  return found.toSorted();
}

test("every row has a state, and a test unless it says that there is none", () => {
  assert.ok(all.length > 250, `${all.length} rows`);
  for (const row of all) {
    assert.ok(STATES.includes(row.state), `${at(row)}: no state ${row.state}`);
    assert.equal(NUMBERED.includes(row.state), row.codes.length > 0, `${at(row)}: ${row.state} with ${row.codes}`);
    for (const code of row.codes) assert.ok(code > 0, `${at(row)}: no number`);
    assert.equal(row.tests.length > 0, !BARE.includes(row.state), `${at(row)}: ${row.state}`);
    assert.equal(row.state === "different" && !row.note, false, `${at(row)}: what differs?`);
  }
});

test("every test that a row names is there", () => {
  const lost = all.flatMap((row) => row.tests.filter((named) => !exists(named)).map(({ file, name }) =>
    `${at(row)}: ${file} has no test "${name}"`));
  assert.deepEqual(lost, []);
  assert.equal(exists({ file: "sdk/room", name: "a guest joins" }), false);
  assert.equal(exists({ file: "sdk/nothing", name: "a guest joins without a login" }), false);
});

test("every webhook has a row", () => {
  const table = source("src-tauri/crates/tim/src/hook/command.rs");
  const commands = [...table.matchAll(/^ {4}\w+ = "([\w.]+)", \w+;$/gm)].map(([, name]) => name);
  assert.ok(commands.length >= 17);
  assert.deepEqual(keys("webhooks", ({ table }) => table === "webhook"), commands.toSorted());
});

test("every code that this program can answer has a row", () => {
  const table = source("src-tauri/crates/tim/src/code/table.rs");
  const numbers = [...table.matchAll(/^ {4}\w+ = (\d+),/gm)].map(([, number]) => number);
  const [, reject] = source("src-tauri/crates/tim/src/usersig.rs").split("pub fn code(self) -> u32");
  const [body] = reject.split("\n    }\n");
  const signatures = [...body.matchAll(/=> (\d[\d_]*)/g)].map(([, number]) => number.replaceAll("_", ""));
  assert.ok(numbers.length > 60 && signatures.length >= 7);
  assert.deepEqual(keys("codes"), [...new Set([...numbers, ...signatures])].toSorted());
});

test("a code is called unused if and only if nothing answers with it", () => {
  const texts = sources("src-tauri/crates").filter(([, text]) => /(tim|crate)::code\b|Refusal/.test(text));
  const code = texts.map(([path, text]) => (path.endsWith("code/table.rs") ? "" : text)).join("\n");
  const table = source("src-tauri/crates/tim/src/code/table.rs");
  for (const [, name, number] of table.matchAll(/^ {4}(\w+) = (\d+),/gm)) {
    const used = new RegExp(`\\bCode::${name}\\b|\\b${number}\\b`).test(code);
    const { state } = rows("codes").find(({ key }) => key === number);
    assert.equal(used, state !== "unused", `${number} ${name} is ${state}`);
  }
});

test("every command of the REST API has a row", () => {
  const paths = Object.keys(JSON.parse(source("docs/openapi.json")).paths);
  const commands = paths.map((path) => path.replace("/v4/", ""));
  assert.ok(commands.length > 40);
  const known = keys("rest", ({ table }) => table === "command");
  for (const command of commands) assert.ok(known.includes(command), `docs/compatibility/rest.md has no ${command}`);
  for (const { key, state, table } of rows("rest")) {
    if (table === "command") assert.equal(commands.includes(key), state !== "absent", `${key} is ${state}`);
  }
});

test("every method and event of the two newest packages has a row that says where it is", async () => {
  const packages = await surfaces();
  const newest = packages.filter(({ name }) => ["chat 3.6.6", "tim 2.27.6"].includes(name));
  assert.equal(newest.length, 2);
  for (const kind of ["method", "event"]) {
    const wanted = new Set(newest.flatMap((one) => one[kind]));
    const listed = rows("sdk").filter(({ table }) => table === kind);
    assert.deepEqual(keys("sdk", ({ table }) => table === kind), [...wanted].toSorted());
    for (const row of listed) {
      const having = packages.filter((one) => one[kind].includes(row.key)).map(({ name }) => name);
      const last = having.at(-1) === packages.at(-1).name ? "" : ` to ${having.at(-1)}`;
      assert.equal(row.versions, `${having[0]}${last || " on"}`, at(row));
    }
  }
});
