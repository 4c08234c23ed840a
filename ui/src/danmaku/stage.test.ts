import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { h } from "../shared/dom";
import { COURSE, sampleComment as comment, sampleContext, samplePainter } from "./sample";
import { Danmaku } from "./stage";

function danmaku() {
  const { painter, alive } = samplePainter();
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(sampleContext() as never);
  const element = h("div");
  const stage = new Danmaku(element, painter);
  stage.apply(COURSE);
  return { stage, alive, element };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it("the loop ends and every sprite is released when the last comment has left", () => {
  const { stage, alive } = danmaku();
  for (const id of ["a", "b", "c", "d", "e"]) stage.offer(comment(id));
  vi.advanceTimersByTime(100);
  expect(stage.live().map(({ lane }) => lane)).toEqual([0, 1]);
  expect(stage.waiting()).toBe(3);
  expect(alive()).toBe(2);
  vi.advanceTimersByTime(30_000);
  expect([stage.live().length, stage.waiting(), alive()]).toEqual([0, 0, 0]);
  expect(vi.getTimerCount()).toBe(0);
});

it("position depends on the time, not on the frames drawn", () => {
  const { stage } = danmaku();
  stage.offer(comment("a", { text: "x".repeat(50) }));
  vi.advanceTimersByTime(20);
  const [start] = stage.live();
  vi.advanceTimersByTime(2_000);
  const [later] = stage.live();
  const speed = ((start?.x ?? 0) - (later?.x ?? 0)) / 2_000;
  expect(speed).toBeCloseTo(1_000 / 8_000, 3);
});

it("a comment taken off is gone at once, whether it flies or waits", () => {
  const { stage, alive } = danmaku();
  for (const id of ["a", "b", "c", "d"]) stage.offer(comment(id, { user: id < "c" ? "u1" : "u2" }));
  vi.advanceTimersByTime(100);
  stage.remove(({ id }) => id === "a" || id === "c");
  expect(stage.live().map(({ id }) => id)).toEqual(["b"]);
  expect([stage.waiting(), alive()]).toEqual([1, 1]);
  stage.clear();
  expect([stage.live().length, stage.waiting(), alive()]).toEqual([0, 0, 0]);
});

it("nothing runs while nobody can see it, and what is offered then never flies", () => {
  const { stage } = danmaku();
  stage.offer(comment("a"));
  vi.advanceTimersByTime(100);
  stage.wake(false);
  expect(vi.getTimerCount()).toBe(0);
  expect(stage.offer(comment("b"))).toBe("refused");
  vi.advanceTimersByTime(2_000);
  stage.wake(true);
  vi.advanceTimersByTime(20);
  expect(stage.live().map(({ id }) => id)).toEqual(["a"]);
  expect(stage.live()[0]?.x).toBeLessThan(750);
});

it("a layer that is switched off is empty", () => {
  const { stage, alive } = danmaku();
  stage.offer(comment("a"));
  vi.advanceTimersByTime(100);
  stage.apply({ ...COURSE, on: false });
  expect([stage.live().length, alive()]).toEqual([0, 0]);
  expect(stage.offer(comment("b"))).toBe("refused");
});

it("a picture without a size, as in a hidden frame, leaves nothing behind", () => {
  const { stage, alive } = danmaku();
  for (const id of ["a", "b", "c", "d"]) stage.offer(comment(id));
  vi.advanceTimersByTime(100);
  const none = { width: 1, top: 0, bottom: 1, ink: { ...COURSE.ink, size: 0, widest: 1 } };
  stage.apply({ ...COURSE, ...none });
  stage.apply(COURSE);
  vi.advanceTimersByTime(30_000);
  expect([stage.live().length, stage.waiting(), alive()]).toEqual([0, 0, 0]);
  expect(vi.getTimerCount()).toBe(0);
});

it("a larger text size keeps comments apart", () => {
  const { stage } = danmaku();
  for (const id of ["a", "b"]) stage.offer(comment(id));
  vi.advanceTimersByTime(1_000);
  stage.apply({ ...COURSE, ink: { ...COURSE.ink, size: 90 } });
  // Only one lane of 113 px fits now; who has no place in it goes.
  expect(stage.live().map(({ id, h }) => [id, h])).toEqual([["a", 113]]);
});

it("a thousand comments are moved by as few transforms as ten", () => {
  const { stage, element } = danmaku();
  stage.apply({ ...COURSE, bottom: 4_000, lanes: 70 });
  for (let n = 0; n < 1_000; n += 1) {
    stage.offer(comment(String(n), { text: "short" }));
    if (n % 4 === 3) vi.advanceTimersByTime(17);
  }
  expect(stage.live().length).toBeGreaterThan(450);
  // Two tiles and what reaches in from a third; nothing that stands.
  expect(element.childElementCount).toBeLessThanOrEqual(4);
});

it("what scrolls left, scrolls right and stands is on the picture at once, and leaves nothing", () => {
  const { stage, element } = danmaku();
  stage.apply({ ...COURSE, bottom: 400 });
  for (const mode of ["scroll-rtl", "scroll-ltr", "top", "bottom"] as const) {
    stage.offer(comment(mode, { mode }));
  }
  vi.advanceTimersByTime(500);
  expect(stage.live().map(({ mode }) => mode)).toEqual([
    "scroll-rtl",
    "scroll-ltr",
    "top",
    "bottom",
  ]);
  expect(element.childElementCount).toBeGreaterThan(0);
  vi.advanceTimersByTime(20_000);
  expect(element.childElementCount).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

it("equal lines fly once and count, the host's own never does", () => {
  const { stage } = danmaku();
  stage.apply({ ...COURSE, merge: true });
  const said = ["Wow", "wow", "ｗｏｗ"];
  expect(said.map((text, n) => stage.offer(comment(String(n), { text })))).toEqual([
    "waits",
    "merged",
    "merged",
  ]);
  expect(stage.offer(comment("h", { text: "wow", plate: "#000" }))).toBe("waits");
  vi.advanceTimersByTime(100);
  expect(stage.live().map(({ text, count }) => [text, count])).toEqual([
    ["Wow", 3],
    ["wow", 1],
  ]);
  stage.remove(({ id }) => id === "0");
  expect(stage.live().map(({ id, count }) => [id, count])).toEqual([
    ["1", 2],
    ["h", 1],
  ]);
});

it("nobody sees it: no pixels are kept, and they come back", () => {
  const { stage, element } = danmaku();
  stage.offer(comment("a"));
  vi.advanceTimersByTime(100);
  stage.wake(false);
  expect(element.childElementCount).toBe(0);
  stage.wake(true);
  vi.advanceTimersByTime(20);
  expect(element.childElementCount).toBeGreaterThan(0);
});

it("what comes before the stage is set waits for it, no longer than for a lane", () => {
  const early = new Danmaku(h("div"), samplePainter().painter);
  early.offer(comment("old"));
  vi.advanceTimersByTime(3_000);
  early.offer(comment("new"));
  early.renew();
  expect([early.live().length, early.waiting(), vi.getTimerCount()]).toEqual([0, 2, 0]);
  vi.advanceTimersByTime(2_000);
  early.apply(COURSE);
  vi.advanceTimersByTime(20);
  expect(early.live().map(({ id }) => id)).toEqual(["new"]);
  expect(early.waiting()).toBe(0);
});

it("what came before a stage that lets nobody fly is dropped", () => {
  const early = new Danmaku(h("div"), samplePainter().painter);
  early.offer(comment("a"));
  early.apply({ ...COURSE, on: false });
  expect(early.waiting()).toBe(0);
});

it("a font that comes late changes the widths and lets nobody touch", () => {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(sampleContext() as never);
  let wide = 10;
  const { painter } = samplePainter();
  const late = new Danmaku(h("div"), { ...painter, measure: (line) => wide * line.text.length });
  late.apply(COURSE);
  for (const id of ["a", "b", "c"]) late.offer(comment(id, { text: "x".repeat(20) }));
  vi.advanceTimersByTime(3_000);
  wide = 25;
  late.renew();
  const boxes = late.live();
  expect(boxes.map(({ w }) => w)).toContain(500);
  for (const a of boxes) {
    for (const b of boxes) {
      if (a !== b && a.lane === b.lane) expect(a.x >= b.x + b.w || b.x >= a.x + a.w).toBe(true);
    }
  }
});
