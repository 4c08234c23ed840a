import { expect, test } from "vitest";
import type { Event, Fate } from "../shared/wire";
import type { Line } from "./desk";
import { isMissing, mark, sentence } from "./fate";
import { passing } from "./filter";
import { names, what } from "./wording";

const base = { id: "1", at: 0, source: "room", priority: "normal" } as const;
const ada = { id: "a", nick: "Ada", role: "viewer" } as const;
const bo = { id: "b", nick: "Bo", role: "viewer" } as const;

test("people are listed as one would say it", () => {
  expect(names([ada], 0)).toBe("Ada");
  expect(names([ada, bo], 0)).toBe("Ada and Bo");
  expect(names([ada, bo], 3)).toBe("Ada, Bo and 3 more");
  expect(names([], 12)).toBe("12 people");
  expect(names([], 0)).toBe("somebody");
});

test("markup in a comment stays text", () => {
  expect(what({ ...base, kind: "comment", text: "<b>hi</b>" })).toBe("<b>hi</b>");
});

test("a gift says how many, a tip who", () => {
  const gift = { id: "rose", name: "Rose", icon: "/gifts/rose.png", coins: 1 };
  expect(what({ ...base, kind: "gift", gift, count: 1_314 })).toBe("Rose ×1,314");
  expect(what({ ...base, kind: "tip", tip: "join", users: [ada], more: 0 })).toBe("Ada came in");
});

test("a kind or fate of a newer server is named, not hidden", () => {
  expect(what({ ...base, kind: "poll" } as unknown as Event)).toBe("poll");
  const odd = { fate: "held" } as unknown as Fate;
  expect([mark(odd), sentence(odd)]).toEqual(["·", "held"]);
});

test("not shown means a fate other than shown or merged", () => {
  expect(isMissing(undefined)).toBe(false);
  expect(isMissing({ fate: "merged", into: "x" })).toBe(false);
  expect(isMissing({ fate: "blocked", rule: "duplicate" })).toBe(true);
});

test("a filter keeps its kind and drops notes of skipped entries", () => {
  const lines: Line[] = [
    { kind: "skip", key: "skip-0", count: 9 },
    { kind: "entry", key: "1", entry: { event: { ...base, kind: "comment", text: "hi" } } },
    {
      kind: "entry",
      key: "2",
      entry: {
        event: { ...base, id: "2", kind: "custom", data: "" },
        fate: { fate: "aged_out", stage: "queue" },
      },
    },
  ];
  expect(passing(lines, "all")).toBe(lines);
  expect(passing(lines, "comments").map((line) => line.key)).toEqual(["1"]);
  expect(passing(lines, "missing").map((line) => line.key)).toEqual(["2"]);
});
