import { expect, it } from "vitest";
import { HEIGHT, type Point, PRESSURE, pack, quantise, unpack, WIDTH } from "./ink";

const POINTS: Point[] = [
  [0, 0, 0],
  [WIDTH, HEIGHT, PRESSURE],
  [WIDTH - 1, 8_000, 128],
  [WIDTH - 1, 8_000, 128],
  [3, 4, 5],
];

it("reads back what it packs", () => {
  expect(unpack(pack(POINTS))).toEqual(POINTS);
});

it("takes pieces after each other as the whole", () => {
  const rest = pack(POINTS.slice(2), POINTS[1]);
  expect(pack(POINTS.slice(0, 2)) + rest).toBe(pack(POINTS));
});

it("packs as the server does", () => {
  expect(pack([[10, 10, 9]])).toBe("UUS");
  expect(pack([[16_000, 0, 0]])).toBe("gofAA");
});

it("stops where the ink is no ink", () => {
  expect(unpack("UUS?")).toEqual([[10, 10, 9]]);
});

it("moves what lies outside to the edge", () => {
  expect(quantise(-5, 1e9, 300)).toEqual([0, HEIGHT, PRESSURE]);
});
