import { expect, test } from "vitest";
import { HOOK_GROUPS } from "./events";
import { createHealth, hookLight } from "./health";
import type { Gate, Health } from "./types";

const closed: Gate = {
  is_open: false,
  tries_at: null,
  in_flight: 0,
  failures: 0,
  skipped: 0,
  last: null,
};
const failed = { at: 1_000, command: "Group.CallbackAfterSendMsg", note: "answered HTTP 500" };

function health(part: Partial<Health> = {}): Health {
  return { asking: closed, telling: closed, waiting: 0, dropped: 0, ...part };
}

test("the light is green, amber, red or grey, each with words", () => {
  const light = (part: Partial<Health>, url: string | null = "http://x/") =>
    hookLight(url, health(part), 30_000);
  expect(light({}, null).colour).toBe("grey");
  expect(light({})).toEqual({ colour: "green", word: "Ready" });
  expect(light({ waiting: 3 }).colour).toBe("green");
  expect(light({ waiting: 300 })).toEqual({ colour: "amber", word: "Behind with the events" });
  expect(light({ telling: { ...closed, last: failed } }).word).toMatch(/^A call failed/);
  expect(light({ telling: { ...closed, last: { ...failed, at: -40_000 } } }).colour).toBe("green");
  const open = light({ asking: { ...closed, is_open: true, tries_at: 5_000 } });
  expect(open.colour).toBe("red");
  expect(open.word).toMatch(/next try \d\d:\d\d:\d\d$/);
  expect(light({ telling: { ...closed, is_open: true } }).word).toMatch(/trying now$/);
});

test("the newest failure of both kinds is named", () => {
  const view = createHealth();
  const older = { ...failed, at: 500, note: "older" };
  view.update(
    "http://x/",
    health({ asking: { ...closed, last: older }, telling: { ...closed, last: failed } }),
  );
  expect(view.element.textContent).toContain("answered HTTP 500");
  expect(view.element.textContent).not.toContain("older");
});

test("no webhook is offered twice, and each says what it is for", () => {
  const all = HOOK_GROUPS.flatMap((group) => group.events);
  expect(new Set(all.map((event) => event.command)).size).toBe(all.length);
  for (const { label, does } of all) expect(label.length > 0 && /[.]$/.test(does)).toBe(true);
});
