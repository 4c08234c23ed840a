import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Announcer, EVERY } from "./announcer";
import type { Line } from "./messages";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

let key = 0;
function line(text: string, mine = false): Line {
  key += 1;
  const from = { id: "u", nick: "Ann", role: "viewer" as const };
  const event = {
    id: `${key}`,
    at: 0,
    source: "room",
    priority: "normal",
    kind: "comment",
  } as const;
  return { key, kind: "event", mine, state: "sent", event: { ...event, text, from } };
}

const read = ({ element }: Announcer) => [...element.children].map((each) => each.textContent);

it("reads a line at once and one's own never", () => {
  const announcer = new Announcer();
  announcer.say(line("mine", true));
  announcer.say(line("hello"));
  expect(read(announcer)).toEqual(["Ann: hello"]);
});

it("reads the last lines of a flood and counts the others", () => {
  const announcer = new Announcer();
  for (let i = 0; i < 100; i += 1) announcer.say(line(`line ${i}`));
  expect(read(announcer)).toEqual(["Ann: line 0"]);
  vi.advanceTimersByTime(EVERY);
  expect(read(announcer)).toEqual(["97 more messages", "Ann: line 98", "Ann: line 99"]);
  vi.advanceTimersByTime(EVERY);
  announcer.say(line("later"));
  expect(read(announcer)).toEqual(["Ann: later"]);
});

it("does not read what was taken off, and lets none of it stand", () => {
  const announcer = new Announcer();
  const [bad, worse] = [line("bad"), line("worse")];
  announcer.say(bad);
  announcer.say(worse);
  announcer.drop(bad);
  announcer.drop(worse);
  expect(read(announcer)).toEqual([]);
  vi.advanceTimersByTime(EVERY);
  expect(read(announcer)).toEqual([]);
});
