import { expect, test } from "vitest";
import type { Event, Role } from "../shared/wire";
import { FOLD_MS, folded } from "./fold";

let n = 0;
function said(text: string, at = 0, role: Role = "viewer"): Event {
  n += 1;
  const from = { id: `u${n}`, nick: `u${n}`, role };
  return { id: `e${n}`, at, source: "room", from, priority: "normal", kind: "comment", text };
}

const short = (events: Event[]) =>
  folded(events).map(({ event, times }) => `${event.kind === "comment" && event.text} ${times}`);

test("equal lines of many are one line that counts, where the newest stands", () => {
  expect(short([said("gg"), said("hi"), said("GG "), said("ｇｇ")])).toEqual(["hi 1", "ｇｇ 3"]);
});

test("lines far apart and the host's own are not folded", () => {
  expect(short([said("gg", 0), said("gg", FOLD_MS + 1)])).toEqual(["gg 1", "gg 1"]);
  expect(short([said("gg"), said("gg", 0, "host"), said("gg", 0, "helper")])).toEqual([
    "gg 1",
    "gg 1",
    "gg 1",
  ]);
});
