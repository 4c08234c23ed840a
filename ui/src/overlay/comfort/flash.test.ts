import { expect, it } from "vitest";
import { type Area, FlashGovernor, GRID } from "./flash";

const CELLS = GRID.width * GRID.height;

/** A frame whose first `part` of cells is `level` grey, the rest clear. */
function grey(level: number, part = 1): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(CELLS * 4);
  for (let cell = 0; cell < CELLS * part; cell += 1) rgba.set([level, level, level, 255], cell * 4);
  return rgba;
}

/** How often the middle of what is shown turns by a tenth or more in any second. */
function turns(shown: readonly (readonly [number, number])[]): number {
  const changes = shown.filter(([, level], index) => index > 0 && level !== shown[index - 1]?.[1]);
  return Math.max(
    0,
    ...changes.map(([from]) => changes.filter(([at]) => at >= from && at < from + 1_000).length),
  );
}

function strobe(governor: FlashGovernor, hz: number, part = 1): [number, number][] {
  const shown: [number, number][] = [];
  let last = 0;
  for (let now = 0; now < 5_000; now += 1000 / 60) {
    const level = Math.floor((now / 1000) * hz * 2) % 2 ? 255 : 0;
    if (governor.frame(now, grey(level, part))) last = level;
    shown.push([now, last]);
  }
  return shown;
}

it("a strobe of any speed shows no more than three flashes in any second", () => {
  for (const hz of [4, 7, 15, 30]) {
    expect(turns(strobe(new FlashGovernor(), hz)), `${hz} Hz`).toBeLessThanOrEqual(6);
  }
});

it("two flashes a second pass untouched", () => {
  const governor = new FlashGovernor();
  for (let now = 0; now < 5_000; now += 20) {
    expect(governor.frame(now, grey(Math.floor(now / 250) % 2 ? 255 : 0))).toBe(true);
  }
});

it("a strobe too small to count passes", () => {
  expect(turns(strobe(new FlashGovernor(), 15, 0.02))).toBeGreaterThan(20);
});

it("switched off it keeps nothing back", () => {
  const governor = new FlashGovernor();
  governor.on = false;
  expect(turns(strobe(governor, 15))).toBeGreaterThan(20);
});

it("a slow brightening is no flash, whatever its steps", () => {
  const governor = new FlashGovernor();
  for (let level = 0; level < 256; level += 1) {
    expect(governor.frame(level * 5, grey(level))).toBe(true);
  }
});

it("a clear frame that comes and goes flashes over a bright picture too", () => {
  const governor = new FlashGovernor();
  const kept: boolean[] = [];
  for (let n = 0; n < 40; n += 1) kept.push(governor.frame(n * 50, grey(0, n % 2)));
  expect(kept.includes(false)).toBe(true);
});

it("ten large things a second in one place come softly after the third, elsewhere they may", () => {
  const governor = new FlashGovernor();
  const here: Area = { left: 0, top: 0, width: 0.3, height: 0.3 };
  const passed = Array.from({ length: 10 }, (_, n) => governor.entry(n * 100, here));
  expect(passed.filter(Boolean).length).toBeLessThanOrEqual(6);
  expect(governor.entry(950, { left: 0.6, top: 0.6, width: 0.3, height: 0.3 })).toBe(true);
  expect(governor.entry(2_500, here)).toBe(true);
});
