import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { samplePainter } from "../danmaku/sample";
import { h } from "../shared/dom";
import type { Cue } from "../shared/wire";
import { Clock } from "./clock";
import { Overlay } from "./overlay";
import { card, comment, look, stage, tip } from "./sample";
import { Scene } from "./scene";

const { painter } = samplePainter(400);

let root: HTMLElement;
let scene: Scene;
let overlay: Overlay;

beforeEach(() => {
  vi.useFakeTimers();
  root = h("main", { class: "overlay" });
  document.body.replaceChildren(root);
  scene = new Scene(root, painter);
  overlay = new Overlay(scene, new Clock(() => performance.now()));
});
afterEach(() => vi.useRealTimers());

const all = (selector: string) => Array.from(root.querySelectorAll<HTMLElement>(selector));
const ids = (selector: string) =>
  all(`${selector}:not(.leaving)`).map((element) => element.dataset.id);
const flying = () => scene.danmaku.live().map(({ id }) => id);
const frame = () => vi.advanceTimersByTime(50);

it("an empty stage draws nothing", () => {
  overlay.stage(stage());
  expect(root.textContent).toBe("");
  expect(all("img, .feed-line, .gift-card, .pinned")).toEqual([]);
  expect(all(".like-counter, .online-count").every((element) => element.hidden)).toBe(true);
});

it("a stage that says the same again keeps every element", () => {
  const same = stage({
    feed: [comment("a"), comment("b")],
    cards: [card("g")],
    pinned: comment("a"),
  });
  overlay.stage(same);
  const before = all(".feed-line, .gift-card, .pinned");
  expect(before.length).toBe(4);
  overlay.stage(structuredClone(same));
  expect(all(".feed-line, .gift-card, .pinned")).toEqual(before);
});

it("a stage after a restart takes off what it does not name and adds what is new, in order", () => {
  overlay.stage(stage({ feed: [comment("a"), comment("b"), comment("c")], cards: [card("g")] }));
  overlay.stage(stage({ feed: [comment("b"), comment("x"), comment("c")], likes: 12 }));
  expect(ids(".feed-line")).toEqual(["b", "x", "c"]);
  expect(ids(".gift-card")).toEqual([]);
  expect(all(".like-total")[0]?.textContent).toBe("12");
});

it("a comment flies and stands in the feed; a tip only stands", () => {
  overlay.stage(stage());
  overlay.cues(
    [
      { cue: "comment", event: comment("a") },
      { cue: "comment", event: tip("t", ["Ann"]) },
    ],
    false,
  );
  frame();
  expect(flying()).toEqual(["a"]);
  expect(ids(".feed-line")).toEqual(["a", "t"]);
  expect(all(".feed-line")[1]?.textContent).toBe("Ann joined");
});

it("old comments of a resume stand in the feed only", () => {
  overlay.stage(stage({ now: 100_000 }));
  overlay.cues(
    [
      { cue: "comment", event: comment("old", { at: 94_000 }) },
      { cue: "comment", event: comment("new", { at: 97_000 }) },
    ],
    true,
  );
  frame();
  expect(flying()).toEqual(["new"]);
  expect(ids(".feed-line")).toEqual(["old", "new"]);
});

it.each<{ name: string; cue: Cue; left: string[] }>([
  { name: "remove", cue: { cue: "remove", ids: ["a", "d"] }, left: ["b", "c"] },
  { name: "remove_user", cue: { cue: "remove_user", user: "bad" }, left: ["b", "c"] },
  { name: "clear", cue: { cue: "clear" }, left: [] },
])("$name reaches the feed, the air and the queue at once", ({ cue, left }) => {
  // One lane a few comments share: the first flies, the rest wait.
  const one = look();
  one.danmaku.lanes = 1;
  overlay.stage(stage({ look: one }));
  const events = [comment("a", {}, "bad"), comment("b"), comment("c"), comment("d", {}, "bad")];
  overlay.cues(
    events.map((event) => ({ cue: "comment", event })),
    false,
  );
  frame();
  expect([flying(), scene.danmaku.waiting()]).toEqual([["a"], 3]);
  overlay.cues([cue], false);
  expect(flying()).toEqual([]);
  expect(scene.danmaku.waiting()).toBe(left.length);
  expect(all(".feed-line").map((element) => element.dataset.id)).toEqual(left);
});

it("an overlay that is switched off shows nothing and comes back with the feed, not with old comments in the air", () => {
  overlay.stage(stage());
  overlay.cues([{ cue: "comment", event: comment("a") }], false);
  frame();
  overlay.cues([{ cue: "visible", on: false }], false);
  expect(flying()).toEqual([]);
  expect(all(".layers")[0]?.hidden).toBe(true);
  overlay.cues([{ cue: "comment", event: comment("b") }], false);
  overlay.cues([{ cue: "visible", on: true }], false);
  frame();
  expect(flying()).toEqual([]);
  expect(ids(".feed-line")).toEqual(["a", "b"]);
});

it("a card leaves by the server's clock even when the line is down", () => {
  overlay.stage(stage({ now: 50_000, cards: [card("g", { until: 54_000 })] }));
  vi.advanceTimersByTime(3_900);
  expect(ids(".gift-card")).toEqual(["g"]);
  vi.advanceTimersByTime(1_000);
  expect(ids(".gift-card")).toEqual([]);
});

it("a layer moves to another corner without a reload", () => {
  overlay.stage(stage({ feed: [comment("a")] }));
  const [line] = all(".feed-line");
  overlay.cues([{ cue: "look", look: look({ feed: { corner: "top-right" } }) }], false);
  expect(line?.closest<HTMLElement>(".corner")?.dataset.corner).toBe("top-right");
});

it("markup in every field stays text", () => {
  const bad = "<img src=x onerror=alert(1)>";
  const event = comment("a", { text: bad }, bad);
  const gift = { id: "x", name: bad, icon: "javascript:alert(1)", coins: 1 };
  overlay.stage(stage({ feed: [event], cards: [{ ...card("g", {}, bad), gift }], pinned: event }));
  expect(all("img").map((image) => image.getAttribute("src"))).toEqual([null]);
  expect(all(".feed-text, .pinned-text, .gift-name").map((el) => el.textContent)).toEqual([
    bad,
    bad,
    bad,
  ]);
});

it("a page that is not allowed any more shows nothing", () => {
  overlay.stage(stage({ feed: [comment("a")], cards: [card("g")], likes: 4, online: 2 }));
  overlay.withdrawn();
  expect(all(".feed-line, .gift-card")).toEqual([]);
  overlay.code("123456");
  expect(all(".pairing-code")[0]?.textContent).toBe("123456");
});
