/** What the server says of OBS is known here in every language, and nothing it does not say. */
import { expect, test, vi } from "vitest";

const rust = Object.values(
  import.meta.glob("../../../../src-tauri/crates/server/src/obs/{words,item,put}.rs", {
    query: "?raw",
    import: "default",
    eager: true,
  }),
)
  .map(String)
  .join("\n")
  .replaceAll("{WHERE}", "in OBS, open Tools, WebSocket Server Settings")
  .replaceAll(/\{\w*(?:\.\w+\(\))?\}/g, "{}");

async function speaking(language: string) {
  localStorage.setItem("surtitle.language", language);
  vi.resetModules();
  const found = await import("./said");
  localStorage.removeItem("surtitle.language");
  return found;
}

for (const language of ["zh-Hans", "ja"]) {
  test(`every sentence the server has for the light is said in ${language}`, async () => {
    const { sentences } = await speaking(language);
    const spoken = [...rust.matchAll(/"([A-Z][^"]*[a-z}]\.)"/g)].map(([, sentence]) => sentence);
    expect(spoken.length).toBeGreaterThan(20);
    expect(spoken.filter((sentence) => sentences[sentence ?? ""] === undefined)).toEqual([]);
    expect(Object.keys(sentences).filter((sentence) => !rust.includes(`"${sentence}"`))).toEqual(
      [],
    );
  });
}

test("a sentence with a name in it keeps the name; one of a newer server stays", async () => {
  const { said } = await speaking("ja");
  expect(said("The scene on air, Game, does not show Surtitle.")).toBe(
    "配信中のシーン Game に Surtitle が映っていません。",
  );
  expect(said("But other sources lie over it.")).toBe("ただし、ほかのソースが重なっています。");
  expect(said("OBS is on fire.")).toBe("OBS is on fire.");
});
