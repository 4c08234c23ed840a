/** The language of the look is the picture's, at once and whole. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { samplePainter } from "../../danmaku/sample";
import { h } from "../../shared/dom";
import type { Event, Language, Placard, Stage } from "../../shared/wire";
import { Clock } from "../clock";
import { Handle } from "../handle";
import { Overlay } from "../overlay";
import { card, comment, look, stage, tip } from "../sample";
import { Scene } from "../scene";
import { speak } from "./language";

let root: HTMLElement;
let overlay: Overlay;
let now = 1_000;

beforeEach(() => {
  root = h("main", { class: "overlay" });
  document.body.replaceChildren(root);
  const { painter } = samplePainter(400);
  now = 1_000;
  overlay = new Overlay(new Scene(root, painter), new Clock(() => now));
});
afterEach(() => speak("en"));

const host = { id: "r", nick: "阿明", role: "viewer" } as const;
const placards: Placard[] = [
  {
    id: "voucher-ten",
    kind: "voucher",
    title: "新規",
    value: "10% off",
    worth: { kind: "percent", percent: 10 },
    by: "阿明",
    keyword: "割引",
    stock: 5,
    left: 0,
  },
  { id: "rank", kind: "rank", title: "", places: 3, rows: [{ who: host, coins: 99 }] },
  { id: "lottery-mug", kind: "ticker", lines: ["マグ"], enter: {} },
];

const joined = { ...tip("t", ["小雨", "阿明"]), more: 3 } as Event;

function whole(): Stage {
  return stage({
    feed: [comment("c", { text: "優惠" }, "阿明"), joined],
    cards: [card("g", {}, "小雨")],
    placards,
  });
}

const texts = (selector: string) =>
  Array.from(root.querySelectorAll(selector), (element) => element.textContent);
const change = (language: Language) =>
  overlay.cues([{ cue: "look", look: { ...look(), language } }], false);
const drawn = () =>
  [
    ".voucher-value",
    ".voucher-title",
    ".voucher-how",
    ".voucher-time",
    ".rank-title",
    ".ticker-line",
    ".feed-tip",
    ".gift-name",
  ].map((selector) => texts(selector));

const ENGLISH = [
  ["10% off"],
  ["阿明: 新規"],
  ["Write “割引” to claim"],
  ["Sold out"],
  ["Top gifters"],
  ["マグ: press the button to enter"],
  ["小雨, 阿明 and 3 more joined"],
  ["Rose"],
];

it("a change of the language changes every word that stands, and back again", () => {
  overlay.stage(whole());
  expect(drawn()).toEqual(ENGLISH);
  change("ja");
  expect(drawn()).toEqual([
    ["10% オフ"],
    ["阿明：新規"],
    ["「割引」とコメントで受け取り"],
    ["配布終了"],
    ["ギフトランキング"],
    ["マグ：ボタンを押して抽選に参加"],
    ["小雨さん、阿明さん、ほか3人が入室しました"],
    ["バラ"],
  ]);
  expect(root.textContent).not.toMatch(/[A-Za-z]{2}/);
  expect(document.documentElement.lang).toBe("ja");
  change("zh-Hans");
  expect(texts(".voucher-value, .rank-title")).toEqual(["9 折", "礼物榜"]);
  expect(root.textContent).not.toMatch(/[A-Za-z]{2}|[ぁ-ん]/);
  change("en");
  expect(drawn()).toEqual(ENGLISH);
});

it("a look that says the language it said keeps every element", () => {
  overlay.stage(whole());
  change("ja");
  const before = Array.from(root.querySelectorAll(".placard, .feed-line, .gift-card"));
  change("ja");
  expect(Array.from(root.querySelectorAll(".placard, .feed-line, .gift-card"))).toEqual(before);
});

it("a voucher the host wrote is as written in every language", () => {
  const own: Placard = { id: "v", kind: "voucher", title: "Tea", value: "Half", stock: 2, left: 1 };
  overlay.stage(stage({ placards: [own] }));
  change("ja");
  expect(texts(".voucher-value, .voucher-title")).toEqual(["Half", "Tea"]);
  expect(root.querySelector<HTMLElement>(".voucher-how")?.hidden).toBe(true);
});

it("counters and the window's handle follow", () => {
  const handle = new Handle();
  overlay.stage({ ...whole(), likes: 12_345, online: 23_456 });
  expect(texts(".like-total, .online-number")).toEqual(["23k", "12k"]);
  change("ja");
  expect(texts(".like-total, .online-number")).toEqual(["2.3万", "1.2万"]);
  handle.update({ taken: true, opacity: 80 });
  expect(handle.element.textContent).toContain("クリックを通す");
  expect(handle.element.textContent).toContain("80 %");
});
