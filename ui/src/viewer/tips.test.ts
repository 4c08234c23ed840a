import { expect, it } from "vitest";
import type { Event } from "../shared/wire";
import { sentence } from "./tips";

function tip(nicks: string[], more = 0): Event {
  const users = nicks.map((nick) => ({ id: nick, nick, role: "viewer" as const }));
  return {
    id: "1",
    at: 0,
    source: "room",
    priority: "lowest",
    kind: "tip",
    tip: "join",
    users,
    more,
  };
}

function plain(event: Event): string {
  return sentence(event).replace(/[\u2068\u2069]/g, "");
}

it("names up to three and counts the rest", () => {
  expect(plain(tip(["Ann"]))).toBe("Ann joined");
  expect(plain(tip(["Ann", "Bo"]))).toBe("Ann and Bo joined");
  expect(plain(tip(["Ann", "Bo", "Cy"]))).toBe("Ann, Bo and Cy joined");
  expect(plain(tip(["Ann", "Bo", "Cy", "Di"]))).toBe("Ann, Bo, Cy and 1 other joined");
  expect(plain(tip(["Ann"], 40))).toBe("Ann and 40 others joined");
  expect(plain(tip([]))).toBe("");
});
