import { expect, it, vi } from "vitest";
import { h } from "../shared/dom";
import { Belt, type Box, TILE } from "./belt";
import { sampleContext } from "./sample";

/** A belt of half a px a ms to the left under a picture 1000 px wide, and what it asked to draw. */
function belt(speed = -0.5) {
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(sampleContext() as never);
  const element = h("div");
  const drawn: { origin: number; box: Box }[] = [];
  const frame = { element, width: 1_000, height: 50, ratio: 1 };
  const it = new Belt(frame, speed, 0, (_context, origin, box) => drawn.push({ origin, box }));
  const lefts = () =>
    Array.from(element.children, (tile) =>
      Number(/translateX\((-?[\d.]+)px\)/.exec((tile as HTMLElement).style.transform)?.[1]),
    ).sort((a, b) => a - b);
  return { belt: it, element, drawn, lefts };
}

it("tiles cover the whole picture at any time, without a gap", () => {
  for (const speed of [-0.5, 0.5, -0.013, 0]) {
    const { belt: moving, lefts } = belt(speed);
    for (let now = 0; now < 60_000; now += 37) {
      moving.move(now);
      const seen = lefts().filter((left) => left > -TILE && left < 1_000);
      expect(seen[0]).toBeLessThanOrEqual(0);
      expect((seen[seen.length - 1] ?? 0) + TILE).toBeGreaterThanOrEqual(1_000);
      for (const [index, left] of seen.entries()) {
        if (index > 0) expect(left - (seen[index - 1] ?? 0)).toBe(TILE);
      }
    }
  }
});

it("no more tiles are made than the picture needs, however long it runs", () => {
  const { belt: moving, element } = belt();
  for (let now = 0; now < 600_000; now += 50) moving.move(now);
  expect(element.childElementCount).toBeLessThanOrEqual(4);
});

it("what is between two tiles is drawn on both, what is outside on none", () => {
  const { belt: moving, drawn } = belt();
  moving.move(0);
  drawn.length = 0;
  moving.paint({ x: TILE - 10, y: 0, width: 20, height: 50 });
  expect(drawn.map(({ origin }) => origin)).toEqual([0, TILE]);
  moving.paint({ x: 3 * TILE, y: 0, width: 20, height: 50 });
  expect(drawn.length).toBe(2);
});

it("a tile that comes in is drawn as a whole", () => {
  const { belt: moving, drawn } = belt();
  moving.move(0);
  expect(drawn.map(({ origin }) => origin)).toEqual([0, TILE]);
  moving.move(100);
  expect(drawn[2]).toEqual({
    origin: 2 * TILE,
    box: { x: 2 * TILE, y: 0, width: TILE, height: 50 },
  });
});

it("a place on the belt stays where it is while the belt moves", () => {
  const { belt: moving } = belt();
  expect(moving.placeOf(1_000, 0)).toBe(1_000);
  expect(moving.placeOf(500, 1_000)).toBe(1_000);
});
