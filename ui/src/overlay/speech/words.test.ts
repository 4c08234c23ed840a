import { expect, it } from "vitest";
import { languageOf } from "../../shared/speech/utterance";
import type { Language } from "../../shared/wire";
import { look } from "../sample";
import { spoken, spokenName } from "./words";

const speech = { ...look().speech, words: ["spam", "坏话"] };
const say = (text: string, length = 160) => spoken(text, { ...speech, length });

it("links are called links, whatever they look like", () => {
  expect(say("see https://evil.example/x?token=1 now")).toBe("see link now");
  expect(say("cheap.shop/deal and www.x.y")).toBe("link and link");
  expect(say("3.5 stars, ok?")).toBe("3.5 stars, ok?");
});

it("emoji, emotes and signs alone are not read", () => {
  expect(say("🎉🎉🎉🎉🎉 👩‍👩‍👧‍👦 🇩🇪")).toBe(null);
  expect(say(":wave: :wave:")).toBe(null);
  expect(say("!!!???…")).toBe(null);
  expect(say("nice 🎉🎉🎉 one")).toBe("nice one");
});

it("drawn-out letters and repeated words are said twice", () => {
  expect(say("nooooooooooo")).toBe("noo");
  expect(say("哈哈哈哈哈哈哈")).toBe("哈哈");
  expect(say("1000000 wooow")).toBe("1000000 wooow");
  expect(say("buy buy buy buy buy buy")).toBe("buy buy");
});

it("a line with a blocked word is not read, a longer word that holds it is", () => {
  expect(say("this is SPAM")).toBe(null);
  expect(say("ｓｐａｍ here")).toBe(null);
  expect(say("他说坏话了")).toBe(null);
  expect(say("spamalot is a musical")).toBe("spamalot is a musical");
});

it("a long line ends between words", () => {
  expect(say("one two three four five six", 20)).toBe("one two three four");
  expect([...(say("字".repeat(3) + "好的天气".repeat(90), 50) ?? "")].length).toBeLessThanOrEqual(
    50,
  );
});

it("names are letters and digits", () => {
  expect(spokenName("xX_Ann_Xx★★★")).toBe("xX Ann Xx");
  expect(spokenName("🎉")).toBe("");
});

it("a line's letters name its language", () => {
  expect(
    ["hello", "今日は", "안녕", "你好", "привет", "مرحبا"].map((line) => languageOf(line)),
  ).toEqual(["", "ja", "ko", "zh", "ru", "ar"]);
});

it("a hundred thousand signs are read through at once", () => {
  const before = performance.now();
  for (const sign of ["a", "a ", "a.", ":", "https://", "🎉"]) say(sign.repeat(300), 300);
  expect(performance.now() - before).toBeLessThan(2_000);
});

it("a link is called so in the language of its line, alone in the picture's", () => {
  const link = (text: string, home: Language) => spoken(text, speech, home);
  expect(link("看 https://a.example/x", "en")).toBe("看 链接");
  expect(link("これ https://a.example/x", "en")).toBe("これ リンク");
  expect(link("see https://a.example/x", "ja")).toBe("see link");
  expect(link("https://a.example/x", "ja")).toBe("リンク");
  expect(link("https://a.example/x", "zh-Hans")).toBe("链接");
  expect(link("https://a.example/x", "en")).toBe("link");
});

it("Han signs alone are Japanese where the picture is", () => {
  expect([languageOf("送料無料", "ja"), languageOf("送料無料", "zh-Hans")]).toEqual(["ja", "zh"]);
});
