// The tables of docs/compatibility, and the tests that their rows name.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
/** Folders of tests; any other first word is a crate. */
const FOLDERS = ["integration", "sdk", "usersig", "compat", "e2e", "desktop"];

export const source = (path) => readFileSync(join(root, path), "utf8");

/** The Rust sources under a folder without their tests and comments: pairs of path and text. */
export function sources(folder) {
  const names = readdirSync(join(root, folder), { recursive: true });
  const files = names.filter((name) => name.endsWith(".rs") && name.includes("src/") && !/\/tests?[/.]/.test(name));
  return files.map((name) => {
    const [code] = source(join(folder, name)).split("#[cfg(test)]\nmod tests {");
    return [name, code.replace(/\/\/.*$/gm, "").replace(/(\d)_(?=\d)/g, "$1")];
  });
}

/** A table's line by its columns: `\|` is a bar in a cell. */
function cells(line) {
  const bare = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return bare.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/**
 * The rows of all tables of a page that name tests: `{ key, table, line, state, codes, tests }` and a member for each
 * column. `key` is the first cell without its backticks, `table` the name of the first column, `codes` the numbers in
 * the state, `tests` a list of `{ file, name }`. The page of differences has no states: there all is different.
 */
export function rows(page) {
  const found = [];
  let columns;
  for (const [index, line] of source(`docs/compatibility/${page}.md`).split("\n").entries()) {
    if (!line.startsWith("|")) columns = undefined;
    else if (!columns) columns = cells(line);
    else if (!/^\|[-|: ]+$/.test(line) && columns.includes("test")) {
      const row = Object.fromEntries(cells(line).map((cell, i) => [columns[i], cell]));
      const [state, ...codes] = (row.state ?? (row.test === "untested" ? row.test : "different")).split(/[ ,]+/);
      const tests = (row.test ?? "").split(/; (?=`)/).filter((cell) => cell.startsWith("`")).map((cell) => {
        const [, file, name] = /^`([^`]+)`: (.+)$/.exec(cell) ?? [undefined, cell, ""];
        return { file, name };
      });
      const key = row[columns[0]].replaceAll("`", "");
      found.push({ ...row, note: row.note ?? row.here, page, line: index + 1, key, table: columns[0], state, codes: codes.map(Number), tests });
    }
  }
  return found;
}

/** The file of tests that a row means: `sdk/room`, `integration/rest/frame`, `tim/usersig`, `store/tests/open`. */
function testFile(name) {
  const [first, ...rest] = name.split("/");
  const path = rest.join("/");
  const candidates = FOLDERS.includes(first)
    ? [`tests/${name}.test.mjs`, `tests/${name}.rs`]
    : [`src-tauri/crates/${first}/src/${path}.rs`, `src-tauri/crates/${first}/${path}.rs`];
  return candidates.find((candidate) => existsSync(join(root, candidate)));
}

const RUST = /#\[(?:tokio::)?test\b[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*(?:async )?fn (\w+)/g;
const SCRIPT = /\btest\(\s*(?:"((?:[^"\\]|\\.)*)"|`((?:[^`\\]|\\.)*)`)/g;
const names = new Map();

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** A name in a script may have parts that are filled in when it runs. */
const pattern = (name) => new RegExp(`^${name.split(/\$\{[^}]*\}/).map(escape).join(".+")}$`);

/** Whether there is such a test. */
export function exists({ file, name }) {
  if (!names.has(file)) {
    const path = testFile(file);
    const text = path ? source(path) : "";
    const matches = [...text.matchAll(path?.endsWith(".rs") ? RUST : SCRIPT)];
    names.set(file, matches.map(([, one, other]) => pattern(one ?? other)));
  }
  return names.get(file).some((known) => known.test(name));
}
