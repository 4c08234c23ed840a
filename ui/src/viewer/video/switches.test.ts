import { expect, it } from "vitest";
import type { Event, Role } from "../../shared/wire";
import { DEFAULTS, flies, hides, read, withPerson, withWord } from "./switches";

function comment(text: string, role: Role = "viewer", id = "u1"): Event {
  const from = { id, nick: "Ann", role };
  return { id: "1", at: 0, source: "room", priority: "normal", kind: "comment", text, from };
}

it("reads back what it keeps and makes sense of anything else", () => {
  const mine = withPerson(withWord({ ...DEFAULTS, area: 80, on: false }, "x"), {
    id: "u",
    nick: "U",
  });
  expect(read(JSON.parse(JSON.stringify(mine)))).toEqual(mine);
  for (const nonsense of [
    null,
    7,
    "x",
    [],
    { area: "wide", words: [1, {}], people: [null, { id: 1 }] },
  ]) {
    expect(read(nonsense)).toEqual(DEFAULTS);
  }
  expect(read({ area: 9_000, size: -1, seconds: Number.NaN })).toMatchObject({
    area: 100,
    size: 60,
    seconds: DEFAULTS.seconds,
  });
});

it("blocks a word in any case and width", () => {
  const switches = withWord(DEFAULTS, " Spoiler ");
  expect(flies(switches, comment("the ＳＰＯＩＬＥＲ is"))).toBe(false);
  expect(flies(switches, comment("the spoil is"))).toBe(true);
  expect(withWord(switches, "SPOILER")).toBe(switches);
  expect(withWord(switches, "")).toBe(switches);
  expect(withWord(switches, "x".repeat(41))).toBe(switches);
});

it("hides people, and lets staff and paid lines alone fly", () => {
  const hidden = withPerson(DEFAULTS, { id: "u1", nick: "Ann" });
  expect(hides(hidden, comment("hi"))).toBe(true);
  expect(flies(hidden, comment("hi"))).toBe(false);
  expect(flies(hidden, comment("hi", "viewer", "u2"))).toBe(true);
  const staff = { ...DEFAULTS, whose: "staff" as const };
  expect(flies(staff, comment("hi"))).toBe(false);
  expect(flies(staff, comment("hi", "host"))).toBe(true);
  expect(flies({ ...DEFAULTS, on: false }, comment("hi", "host"))).toBe(false);
});

it("keeps at most 200 hidden people, the latest", () => {
  let switches = DEFAULTS;
  for (let i = 0; i < 250; i += 1) switches = withPerson(switches, { id: `u${i}`, nick: "x" });
  expect(switches.people.length).toBe(200);
  expect(switches.people[199]?.id).toBe("u249");
});
