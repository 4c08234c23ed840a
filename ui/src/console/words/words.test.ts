/** No word of the console stays English in another language, shown on a page or not. */
import { expect, test, vi } from "vitest";

const catalogues = import.meta.glob<Record<string, unknown>>([
  "./*.ts",
  "../**/words.ts",
  "../**/*-words.ts",
  "!../field-words.ts",
  "!./*.test.ts",
]);

type Sentence = (...gaps: unknown[]) => unknown;

/** Words that every language spells alike. */
const ALIKE = new Set(["px", "CSS", "REST API", "your-room"]);

/** Every word of every catalogue by its path; of a sentence with gaps, one with the gaps filled. */
async function spoken(language: string): Promise<Map<string, string>> {
  localStorage.setItem("surtitle.language", language);
  vi.resetModules();
  const all = new Map<string, string>();
  for (const [file, load] of Object.entries(catalogues)) leaves((await load()).words, file, all);
  localStorage.removeItem("surtitle.language");
  return all;
}

function leaves(value: unknown, path: string, all: Map<string, string>): void {
  if (typeof value === "string") all.set(path, value);
  else if (typeof value === "function") leaves(filled(value as Sentence), `${path}()`, all);
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) leaves(inner, `${path} ${key}`, all);
  }
}

/** What a sentence says of three of everything. */
function filled(sentence: Sentence): unknown {
  for (const gap of [3, "3", ["3", "3"]]) {
    try {
      const said = sentence(gap, 3, 3, 3, 3);
      if (said !== undefined) return said;
    } catch {
      // It wants something else there.
    }
  }
  return undefined;
}

for (const language of ["zh-Hans", "ja"]) {
  test(`every word of the console has one of its own in ${language}`, async () => {
    const english = await spoken("en");
    const other = await spoken(language);
    expect(english.size).toBeGreaterThan(500);
    const same = [...english]
      .filter(([path, word]) => /[A-Za-z]{2}/.test(word) && other.get(path) === word)
      .filter(([, word]) => !ALIKE.has(word))
      .map(([path, word]) => `${path}: ${word}`);
    expect(same).toEqual([]);
  });
}
