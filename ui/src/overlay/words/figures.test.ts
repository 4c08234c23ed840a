import { afterEach, expect, it } from "vitest";
import { giftName, short, worthOf } from "./figures";
import { speak } from "./language";

afterEach(() => speak("en"));

it("a figure in little room counts in thousands or in ten thousands", () => {
  const of = () => [999, 8_412, 12_999, 123_456, 120_000_000].map(short);
  expect(of()).toEqual(["999", "8.4k", "12k", "123k", "120M"]);
  speak("zh-Hans");
  expect(of()).toEqual(["999", "8,412", "1.2万", "12万", "1.2亿"]);
  speak("ja");
  expect(of()).toEqual(["999", "8,412", "1.2万", "12万", "1.2億"]);
});

it("what a voucher is worth is said as shops of the language do", () => {
  const off = (amount: number, currency: string) =>
    worthOf({ kind: "fixed", off: { amount, currency } });
  const all = () => [
    off(500, "EUR"),
    off(490, "EUR"),
    worthOf({ kind: "percent", percent: 15 }),
    worthOf({ kind: "free_shipping" }),
  ];
  expect(all()).toEqual(["€5 off", "€4.90 off", "15% off", "Free shipping"]);
  speak("zh-Hans");
  expect(all()).toEqual(["立减 €5", "立减 €4.90", "8.5 折", "包邮"]);
  expect(worthOf({ kind: "percent", percent: 100 })).toBe("免单");
  speak("ja");
  expect(all()).toEqual(["€5 引き", "€4.90 引き", "15% オフ", "送料無料"]);
});

it("gifts of the program have names in every language, others keep theirs", () => {
  speak("ja");
  expect([giftName({ name: "Cake" }), giftName({ name: "Pelmeni" })]).toEqual([
    "ケーキ",
    "Pelmeni",
  ]);
});

it("a language this page is too old to know is English", () => {
  speak("ja");
  speak("constructor" as "ja");
  expect(worthOf({ kind: "free_shipping" })).toBe("Free shipping");
  expect(document.documentElement.lang).toBe("en");
});
