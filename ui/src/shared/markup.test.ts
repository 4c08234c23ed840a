import { expect, it } from "vitest";

const sources: Record<string, string> = import.meta.glob(["../**/*.ts", "!../**/*.test.ts"], {
  query: "?raw",
  import: "default",
  eager: true,
});
const pages: Record<string, string> = import.meta.glob("../../*.html", {
  query: "?raw",
  import: "default",
  eager: true,
});

const WAYS_IN =
  /\b(innerHTML|outerHTML|insertAdjacentHTML|setHTML\w*|parseHTML\w*|createContextualFragment|DOMParser|srcdoc)\b|document\.write|\beval\(|new Function\b/;

it("no source turns text into markup or code", () => {
  expect(Object.keys(sources).length).toBeGreaterThan(5);
  const guilty = Object.entries(sources).filter(([, text]) => WAYS_IN.test(text));
  expect(guilty.map(([path]) => path)).toEqual([]);
});

it("only the shell module imports the desktop shell", () => {
  const guilty = Object.entries(sources).filter(
    ([path, text]) => text.includes("@tauri-apps/") && path !== "./shell.ts",
  );
  expect(guilty.map(([path]) => path)).toEqual([]);
});

it("no page holds an inline script, style or listener", () => {
  for (const [path, text] of Object.entries(pages)) {
    expect(text, path).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son[a-z]+\s*=|\sstyle\s*=/i);
  }
});
