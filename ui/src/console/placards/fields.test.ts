import { expect, test } from "vitest";
import type { Placard } from "../../shared/wire";
import { FIELDS, KINDS, placardOf, summary, valuesOf } from "./fields";

test("every kind comes back from its own form as it was", () => {
  const placards: Placard[] = [
    { id: "v", kind: "voucher", title: "t", value: "€5", stock: 9, left: 4, ends_at: 7_000 },
    { id: "p", kind: "product", title: "t", price: "€1", picture: "/a.png", number: 3 },
    { id: "q", kind: "question", text: "why" },
    {
      id: "o",
      kind: "poll",
      question: "q",
      open: false,
      options: ["a", "b"].map((text) => ({ text, votes: 0 })),
    },
    { id: "g", kind: "goal", title: "t", unit: "likes", target: 5, value: 2 },
    { id: "t", kind: "ticker", lines: ["a", "b"] },
    { id: "r", kind: "rank", title: "t", places: 5, rows: [] },
  ];
  expect(placards.map(({ kind }) => kind)).toEqual(KINDS.map(([kind]) => kind));
  for (const placard of placards) {
    const again = placardOf(placard.id, placard.kind, valuesOf(placard), placard);
    expect(again).toEqual(placard);
    expect(summary(placard)).not.toBe("");
    expect(FIELDS[placard.kind].length).toBeGreaterThan(0);
  }
});

test("minutes set the end anew", () => {
  const before = Date.now();
  const made = placardOf("v", "voucher", { minutes: "5", stock: "3", left: "3" });
  expect(made.kind === "voucher" && (made.ends_at ?? 0)).toBeGreaterThanOrEqual(before + 300_000);
});
