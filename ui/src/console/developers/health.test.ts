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
  expect(hookLight(null, health()).colour).toBe("grey");
  expect(hookLight("http://x/", health()).colour).toBe("green");
  const behind = health({ waiting: 3, telling: { ...closed, last: failed } });
  expect(hookLight("http://x/", behind)).toEqual({ colour: "amber", word: "Behind" });
  const open = health({ asking: { ...closed, is_open: true, tries_at: 5_000 } });
  expect(hookLight("http://x/", open)).toMatchObject({ colour: "red" });
  expect(hookLight("http://x/", open).word).toMatch(/next try \d\d:\d\d:\d\d$/);
  const trying = health({ telling: { ...closed, is_open: true } });
  expect(hookLight("http://x/", trying).word).toMatch(/trying now$/);
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
