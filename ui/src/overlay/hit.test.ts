import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { h } from "../shared/dom";
import type { Rect } from "../shared/shell";
import { EVERY_MS, Hits, measure, STILL_MS } from "./hit";

let root: HTMLElement;
let told: (readonly Rect[])[];

beforeEach(() => {
  vi.useFakeTimers();
  root = h("main");
  document.body.replaceChildren(root);
  told = [];
});
afterEach(() => vi.useRealTimers());

const tell = async (rects: readonly Rect[]) => {
  told.push(rects);
};

/** An element with a place of its own, which happy-dom does not lay out. */
function control(x: number, y: number, width: number, height: number): HTMLElement {
  const element = h("button", { "data-hit": "unpin" });
  element.getBoundingClientRect = () => new DOMRect(x, y, width, height);
  return element;
}

/** Lets mutation observers and `ms` of timers run. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

it("measures controls outwards to whole pixels, inside the page only", () => {
  root.append(
    control(10.6, 20.2, 30, 5.5),
    control(-50, 10, 60, 20),
    control(5, 5, 0, 0),
    control(innerWidth + 5, 5, 20, 20),
  );
  expect(measure(root)).toEqual([
    [10, 20, 31, 6],
    [0, 10, 10, 20],
  ]);
});

it("tells once at the start though there is no control, and then only changes", async () => {
  new Hits(root, tell);
  await pass(5 * STILL_MS);
  expect(told).toEqual([[]]);
  root.append(h("p", null, "a line"));
  await pass(STILL_MS);
  expect(told).toEqual([[]]);
  root.append(control(1, 2, 3, 4));
  await pass(STILL_MS);
  expect(told).toEqual([[], [[1, 2, 3, 4]]]);
});

it("follows a control that moves without a change of the page", async () => {
  const moving = control(0, 0, 9, 9);
  root.append(moving);
  new Hits(root, tell);
  await pass(EVERY_MS);
  moving.getBoundingClientRect = () => new DOMRect(50, 0, 9, 9);
  await pass(STILL_MS + EVERY_MS);
  expect(told).toEqual([[[0, 0, 9, 9]], [[50, 0, 9, 9]]]);
});

it("measures at most ten times a second, however often the page changes", async () => {
  const moving = control(0, 0, 9, 9);
  root.append(moving);
  new Hits(root, tell);
  for (let ms = 0; ms < 1_000; ms += 10) {
    moving.getBoundingClientRect = () => new DOMRect(ms, 0, 9, 9);
    moving.title = String(ms);
    await pass(10);
  }
  expect(told.length).toBeGreaterThan(5);
  expect(told.length).toBeLessThan(13);
});

it("tells again what was not taken", async () => {
  let refusals = 2;
  new Hits(root, async (rects) => {
    if (refusals > 0) {
      refusals -= 1;
      throw new Error("not there yet");
    }
    await tell(rects);
  });
  await pass(5 * STILL_MS);
  expect(told).toEqual([[]]);
});
