/** What the desktop window says it cannot do is known here as it says it. */
import { expect, test, vi } from "vitest";

const rust = Object.values(
  import.meta.glob("../../../src-tauri/src/gui/{session,overlay}.rs", {
    query: "?raw",
    import: "default",
    eager: true,
  }),
)
  .map(String)
  .join("\n")
  .replaceAll(/\\\n\s+/g, "")
  .replaceAll("\\n", "\n");

for (const language of ["zh-Hans", "ja"]) {
  test(`every limit of the overlay windows is said in ${language}`, async () => {
    localStorage.setItem("surtitle.language", language);
    vi.resetModules();
    const { sentences } = await import("./limits");
    localStorage.removeItem("surtitle.language");
    const spoken = Object.keys(sentences);
    expect(spoken).toHaveLength(5);
    const said = (sentence: string) => rust.includes(sentence.replaceAll(/WEBKIT_\w+/g, "{name}"));
    expect(spoken.filter((sentence) => !said(sentence))).toEqual([]);
    const settings = [...rust.matchAll(/"(WEBKIT_\w+)"/g)].map(([, name]) => name ?? "");
    for (const name of settings) expect(spoken.some((text) => text.includes(name))).toBe(true);
  });
}
