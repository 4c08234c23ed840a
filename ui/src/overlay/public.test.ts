/** What docs/theming.md promises to people who write CSS is what the pages make. */
import { expect, it } from "vitest";

const sources: Record<string, string> = import.meta.glob(["./**/*.ts", "!./**/*.test.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const shared: Record<string, string> = import.meta.glob(
  ["../shared/fragments.ts", "../shared/emotes.ts"],
  {
    query: "?raw",
    import: "default",
    eager: true,
  },
);
const styles = import.meta.glob(["./**/*.css", "../themes/*/theme.css"], {
  query: "?raw",
  import: "default",
  eager: true,
}) as Record<string, string>;

const guide = Object.values<string>(
  import.meta.glob("../../../docs/theming.md", { query: "?raw", import: "default", eager: true }),
).join("\n");
const code = Object.values({ ...sources, ...shared }).join("\n");

const all = (text: string, pattern: RegExp) =>
  new Set(Array.from(text.matchAll(pattern), (found) => found[1] ?? ""));

/** `.name` and `data-name` in the code spans of the guide. */
const spans = Array.from(guide.matchAll(/`([^`\n]+)`/g), (found) => found[1] ?? "").join(" ");
const promised = all(spans, /(?:^|[\s>(])(?:canvas)?\.([a-z][a-z0-9-]*)/g);
const promisedData = all(spans, /\b(data-[a-z][a-z-]*)/g);

/** Every string of the sources, split into words. */
const words = new Set(
  Array.from(code.matchAll(/"([^"\n]*)"|`([^`]*)`/g), (found) => found[1] ?? found[2] ?? "")
    .join(" ")
    .split(/[\s${}]+/),
);
const written = all(code, /class: "([^"]+)"/g);
const madeData = new Set([
  ...all(code, /"(data-[a-z][a-z-]*)"/g),
  ...Array.from(
    all(code, /dataset\.([a-zA-Z]+)/g),
    (name) => `data-${name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`,
  ),
]);

const withoutComments = (css: string) => css.replace(/\/\*[\s\S]*?\*\/|@import[^;]*;/g, "");
const styled = (path: string) => all(withoutComments(styles[path] ?? ""), /\.([a-z][a-z0-9-]*)/g);

it("every class that the overlay makes or styles is in the guide", () => {
  const made = new Set([...written].flatMap((list) => list.split(/\s+/)));
  const own = Object.keys(styles).filter((path) => path.startsWith("./"));
  for (const path of own) for (const name of styled(path)) made.add(name);
  const missing = [...made].filter((name) => !promised.has(name));
  expect(missing.sort()).toEqual([]);
});

it("every class of the guide is made", () => {
  const isMade = (name: string) => words.has(name) || words.has(name.replace(/-fill$/, ""));
  expect([...promised].filter((name) => !isMade(name)).sort()).toEqual([]);
});

it("data attributes of the guide are those of the overlay, both ways", () => {
  expect([...madeData].sort()).toEqual([...promisedData].sort());
});

it("every theme styles each kind of card", () => {
  const kinds = ["feed-line", "gift-plate", "pinned", "like-counter", "online-count"];
  for (const path of Object.keys(styles).filter((name) => name.includes("themes/"))) {
    const names = styled(path);
    expect(
      kinds.filter((name) => !names.has(name)),
      path,
    ).toEqual([]);
  }
});

it("style sheets use nothing that the oldest engine does not know", () => {
  // Chromium 103 of OBS 30: no nesting, :has(), color-mix(), container queries.
  const newer = /:has\(|color-mix\(|@container|@layer|@property|^\s+&/m;
  const guilty = Object.entries(styles).filter(([, css]) => newer.test(withoutComments(css)));
  expect(guilty.map(([path]) => path)).toEqual([]);
});
