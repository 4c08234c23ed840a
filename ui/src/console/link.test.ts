import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SocketState } from "../shared/socket";
import type { Role, ServerFrame } from "../shared/wire";
import { ANSWER_WITHIN, COMMAND_LIMIT, Link, Refusal } from "./link";

/** The browser's WebSocket as far as the socket uses it, moved by the test. */
class Line {
  static readonly OPEN = 1;
  static last: Line | undefined;
  readyState = 0;
  sent: { t: string; id?: number }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((close: { code: number; reason: string }) => void) | null = null;

  constructor() {
    Line.last = this;
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {}
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  welcome(role: Role): void {
    this.readyState = 1;
    this.onopen?.();
    this.say({ t: "welcome", v: 1, role, room: "r", beat_ms: 20_000, limits: {}, gifts: [] });
  }
  end(code: number): void {
    this.onclose?.({ code, reason: "" });
  }
}

const heard: ServerFrame[] = [];
const states: SocketState[] = [];
let refused = 0;
let link: Link;

function start(): Line {
  link = new Link("token", {
    welcome: () => {},
    frame: (frame) => heard.push(frame),
    state: (state) => states.push(state),
    refused: () => {
      refused += 1;
    },
  });
  vi.advanceTimersByTime(0);
  if (!Line.last) throw new Error("nothing was opened");
  return Line.last;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Line);
  heard.length = 0;
  states.length = 0;
  refused = 0;
});

afterEach(() => {
  link.close();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test("a host says hello, then monitors; a viewer does not", () => {
  const host = start();
  host.welcome("host");
  expect(host.sent.map((frame) => frame.t)).toEqual(["hello", "monitor"]);
  link.close();
  const viewer = start();
  viewer.welcome("viewer");
  expect(viewer.sent.map((frame) => frame.t)).toEqual(["hello"]);
});

test("each command gets its own answer", async () => {
  const line = start();
  line.welcome("host");
  const clear = link.command({ do: "clear" });
  const pin = link.command({ do: "pin", id: "1-1" });
  const [first, second] = line.sent.slice(2).map((frame) => frame.id);
  line.say({ t: "error", re: second, code: 2303, message: "item gone", retry: false });
  line.say({ t: "done", id: first });
  await expect(clear).resolves.toBeUndefined();
  await expect(pin).rejects.toMatchObject({ code: 2303, message: "item gone" });
  expect(heard).toEqual([]);
});

test("an error that answers nothing is handed on", () => {
  const line = start();
  line.welcome("host");
  line.say({ t: "error", code: 2001, message: "not json", retry: false });
  expect(heard).toHaveLength(1);
});

test("a command without a line, an answer or room is refused here", async () => {
  const line = start();
  await expect(link.command({ do: "clear" })).rejects.toBeInstanceOf(Refusal);
  line.welcome("host");
  const silent = link.command({ do: "clear" });
  vi.advanceTimersByTime(ANSWER_WITHIN);
  await expect(silent).rejects.toThrow("did not answer");
  const many = Array.from({ length: COMMAND_LIMIT }, () => link.command({ do: "clear" }));
  await expect(link.command({ do: "clear" })).rejects.toThrow("Too many");
  line.end(1001);
  for (const one of many) await expect(one).rejects.toThrow("line was lost");
});

test("a refused token ends the link", async () => {
  const line = start();
  line.end(4100);
  expect(refused).toBe(1);
  await Promise.resolve();
  expect(states[states.length - 1]).toBe("stopped");
});
