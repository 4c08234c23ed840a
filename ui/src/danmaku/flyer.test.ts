import { expect, it } from "vitest";
import { comment } from "../overlay/sample";
import { h } from "../shared/dom";
import type { Event } from "../shared/wire";
import { flyer } from "./flyer";

const air = h("div");
const paid = (tier: number): Event => {
  const event = comment("a");
  if (event.kind !== "comment") throw new Error("a sample comment is a comment");
  return { ...event, paid: { amount: 500, currency: "EUR", tier } };
};

it("a paid comment stands on the plate of its tier with its amount", () => {
  const flown = flyer(paid(5), "hi", air);
  expect(flown).toMatchObject({ mode: "top", paid: "€5.00", plate: "#984000" });
  expect(flyer(paid(1), "hi", air).plate).not.toBe(flown.plate);
});

it("any other comment flies without", () => {
  expect(flyer(comment("a"), "hi", air)).toMatchObject({ mode: null, paid: null, plate: null });
});
