import { expect, it } from "vitest";

const sources: Record<string, string> = import.meta.glob(
  ["./**/*.ts", "!./**/*.test.ts", "!./**/words.ts"],
  { query: "?raw", import: "default", eager: true },
);

/** Words of the web itself, in strings that nobody reads. */
const NAMES = /^(?:Escape|Enter|Arrow|Tab|Home|End|Bearer |NotAllowedError)/;

/** Strings a reader might see: they begin with a capital, or stand where only words do. */
function bare(text: string): string[] {
  const code = text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "")
    .replace(/^import .*$/gm, "")
    .replace(/console\.\w+\(.*\);/g, "");
  const strings = [...code.matchAll(/"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)];
  const seen = strings
    .map(([, quoted, template]) => quoted ?? template ?? "")
    .map(plain)
    // A path of an icon begins with a capital too.
    .filter((string) => /^[A-Z][a-z]/.test(string) && !NAMES.test(string));
  const places =
    /(?:"aria-label"|"aria-valuetext"|title|placeholder|alt|textContent)\s*[:=]\s*["`]([^"`]*[a-z][^"`]*)["`]/g;
  const placed = [...code.matchAll(places)].map(([, string]) => plain(string ?? ""));
  return [...seen, ...placed.filter((string) => /[a-z]/.test(string))];
}

/** Without what is put into it, and without the program's own name. */
function plain(string: string): string {
  return string.replace(/\$\{[^}]*\}|Surtitle/g, "");
}

it("no source of the viewer shows a bare string", () => {
  expect(Object.keys(sources).length).toBeGreaterThan(20);
  const guilty = Object.entries(sources).flatMap(([path, text]) =>
    bare(text).map((string) => `${path}: ${string}`),
  );
  expect(guilty).toEqual([]);
});

it("finds one where there is one", () => {
  expect(bare(`h("p", null, "Not sent")`)).toEqual(["Not sent"]);
  expect(bare(`h("img", { alt: "a rose" })`)).toEqual(["a rose"]);
  expect(bare("x.textContent = `Hello $" + "{name}`")).toContain("Hello ");
});
