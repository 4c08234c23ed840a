import { expect, it } from "vitest";
import type { Placard } from "../../shared/wire";
import { TURN_MS, Turns } from "./turns";

const card = (id: string): Placard => ({ id, kind: "question", text: id });
const [a, b, c] = ["a", "b", "c"].map(card) as [Placard, Placard, Placard];

it("those that stand together take turns by the clock", () => {
  const turns = new Turns();
  expect(turns.take([a, b], 0)).toEqual({ turn: a, next: TURN_MS });
  expect(turns.take([a, b], TURN_MS + 1)).toEqual({ turn: b, next: TURN_MS - 1 });
  expect(turns.take([a], TURN_MS)).toEqual({ turn: a, next: Number.POSITIVE_INFINITY });
  expect(turns.take([], TURN_MS).turn).toBeUndefined();
});

it("what is put up while others stand has a whole turn at once, and then its own by the clock", () => {
  const turns = new Turns();
  turns.take([a, b], 10);
  expect(turns.take([a, b, c], 20)).toEqual({ turn: c, next: TURN_MS });
  expect(turns.take([a, b, c], 20 + TURN_MS - 1).turn).toBe(c);
  expect(turns.take([a, b, c], 20 + TURN_MS).turn).toBe(b);
  expect(turns.take([a, b, c], 2 * TURN_MS).turn).toBe(c);
});

it("what is taken off gives its turn away, and what is there when the page opens has none first", () => {
  const turns = new Turns();
  expect(turns.take([a, b, c], TURN_MS).turn).toBe(b);
  turns.take([a, b], TURN_MS);
  turns.take([a, b, c], TURN_MS);
  expect(turns.take([a, b], TURN_MS).turn).toBe(b);
});
