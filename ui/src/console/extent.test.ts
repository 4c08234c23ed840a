import { expect, test } from "vitest";
import { Extent } from "./extent";

const keys = (n: number, from = 0) => Array.from({ length: n }, (_, i) => `k${i + from}`);

test("rows nobody measured have the guessed height", () => {
  const extent = new Extent(20);
  extent.setRows(keys(100));
  expect(extent.total).toBe(2_000);
  expect(extent.at(45)).toBe(2);
});

test("a measured row moves those after it", () => {
  const extent = new Extent(20);
  extent.setRows(keys(3));
  expect(extent.measure([["k1", 50]])).toBe(true);
  expect(extent.measure([["k1", 50]])).toBe(false);
  expect([extent.top(1), extent.top(2), extent.total]).toEqual([20, 70, 90]);
  expect(extent.topOf("k2")).toBe(70);
  expect(extent.topOf("gone")).toBeUndefined();
});

test("heights survive rows that leave at the front", () => {
  const extent = new Extent(20);
  extent.setRows(keys(3));
  extent.measure([["k1", 50]]);
  extent.setRows(keys(3, 1));
  expect(extent.top(1)).toBe(50);
});

test("the drawn range covers the view and stays inside the list", () => {
  const extent = new Extent(20);
  expect(extent.range(0, 100, 0)).toEqual({ from: 0, to: 0 });
  extent.setRows(keys(2_000));
  expect(extent.range(1_000, 100, 0)).toEqual({ from: 50, to: 56 });
  expect(extent.range(39_950, 400, 100).to).toBe(2_000);
  expect(extent.range(-50, 40, 0)).toEqual({ from: 0, to: 1 });
});

test("forgetting goes back to the guess", () => {
  const extent = new Extent(20);
  extent.setRows(keys(2));
  extent.measure([["k0", 99]]);
  extent.forget();
  expect(extent.total).toBe(40);
});
