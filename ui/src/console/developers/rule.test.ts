import { expect, test } from "vitest";
import { createRule, partsOf, tidy } from "./rule";
import { meaningWords } from "./try";
import type { Meaning, Rule } from "./types";

test("a rule is sent with the parts of its kind and no others", () => {
  const rule: Rule = {
    field: "/cmd",
    equals: "x",
    becomes: "gift",
    gift: "=rose",
    count: "",
    text: "/t",
  };
  expect(tidy(rule)).toEqual({ field: "/cmd", equals: "x", becomes: "gift", gift: "=rose" });
  expect(tidy({ ...rule, becomes: "comment" })).toEqual({
    field: "/cmd",
    equals: "x",
    becomes: "comment",
    text: "/t",
  });
  expect(partsOf("ignore")).toEqual([]);
});

test("what a row shows follows what its rule becomes", () => {
  const rule: Rule = { field: "/cmd", equals: "x", becomes: "like" };
  let changes = 0;
  const row = createRule(rule, 1, { changed: () => changes++, up: undefined, remove: () => {} });
  const names = () => [...row.querySelectorAll("input")].map((input) => input.dataset.test);
  expect(names()).toEqual(["rule-1-field", "rule-1-equals", "rule-1-count"]);
  const becomes = row.querySelector("select") as HTMLSelectElement;
  becomes.value = "comment";
  becomes.dispatchEvent(new Event("change"));
  expect(names()).toEqual(["rule-1-field", "rule-1-equals", "rule-1-text"]);
  expect([rule.becomes, changes]).toEqual(["comment", 1]);
  for (const input of row.querySelectorAll("input, select")) {
    expect(input.getAttribute("aria-label")).toMatch(/^Rule 1: /);
  }
});

const meaning: Meaning = {
  becomes: "custom",
  body: { kind: "custom" },
  likes: 0,
  follows: 0,
  order: false,
};

test("a meaning is said in words", () => {
  const words = (part: Partial<Meaning>) => meaningWords({ ...meaning, ...part });
  expect(words({ becomes: "gift", body: { kind: "gift", gift: "rose", count: 3 } })).toBe(
    "A gift: rose ×3",
  );
  expect(words({ becomes: "comment", body: { kind: "comment", text: "hi" } })).toBe(
    "A comment: hi",
  );
  expect([words({ becomes: "like", likes: 1 }), words({ becomes: "like", likes: 9 })]).toEqual([
    "1 like",
    "9 likes",
  ]);
  expect(words({})).toMatch(/^Nothing on the picture/);
  expect(words({ order: true })).toMatch(/^An order/);
});
