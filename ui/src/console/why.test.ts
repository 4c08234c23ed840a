/** What the servers say of a line that is down is known here as they say it. */
import { expect, test, vi } from "vitest";

const rust = Object.values(
  import.meta.glob(
    [
      "../../../src-tauri/crates/core/src/wire/close.rs",
      "../../../src-tauri/crates/connectors/src/surtitle/{client,link,dial}.rs",
    ],
    { query: "?raw", import: "default", eager: true },
  ),
)
  .map(String)
  .join("\n")
  .replaceAll(/\{\w*(?::[^}]*)?\}/g, "{}");

async function speaking(language: string) {
  localStorage.setItem("surtitle.language", language);
  vi.resetModules();
  const found = await import("./why");
  localStorage.removeItem("surtitle.language");
  return found;
}

for (const language of ["zh-Hans", "ja"]) {
  test(`every reason of a close is told in ${language}, and none that nobody gives`, async () => {
    const { sentences } = await speaking(language);
    const closes = [...rust.matchAll(/=> "([a-z][^"]+)",/g)].map(([, reason]) => reason ?? "");
    expect(closes.length).toBeGreaterThan(10);
    expect(closes.filter((reason) => sentences[reason] === undefined)).toEqual([]);
    const told = Object.keys(sentences);
    expect(told.filter((sentence) => !rust.includes(`"${sentence}"`))).toEqual([]);
  });
}

test("places, figures and reasons inside a sentence stay in their order", async () => {
  const { why } = await speaking("ja");
  expect(why("nothing heard from demo.example for 20.1 s; trying again")).toBe(
    "demo.example から 20.1 秒間応答がありません。再試行しています。",
  );
  expect(why("demo.example ended the connection for good: too many bad frames")).toBe(
    "demo.example が接続を終了しました：不正なフレームが多すぎます。",
  );
  expect(why("a reason of a newer server")).toBe("a reason of a newer server");
});
