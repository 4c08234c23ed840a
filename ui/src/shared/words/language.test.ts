import { expect, it } from "vitest";
import { fit, inLanguage } from "./language";

it("takes the first language there are words in", () => {
  expect(fit(["de-AT", "ja-JP", "en"])).toBe("ja");
  expect(fit(["zh-TW"])).toBe("zh-Hans");
  expect(fit(["zh-Hans-CN", "en"])).toBe("zh-Hans");
  expect(fit(["fr"])).toBe("en");
  expect(fit([])).toBe("en");
});

it("gives the words of the page's language", () => {
  const words = inLanguage({ ask: "Ask" }, { "zh-Hans": { ask: "提问" }, ja: { ask: "質問" } });
  expect(words.ask).toBe("Ask");
  // @ts-expect-error A language that lacks a word does not compile.
  inLanguage({ ask: "Ask" }, { "zh-Hans": { ask: "提问" }, ja: {} });
});
