import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { backoff, Socket, type SocketOptions, verdict } from "./socket";

/** The browser's WebSocket as far as `Socket` uses it, moved by the test. */
class Line {
  static readonly OPEN = 1;
  static all: Line[] = [];
  readyState = 0;
  sent: Record<string, unknown>[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((close: { code: number; reason: string }) => void) | null = null;

  constructor(readonly url: string) {
    Line.all.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  welcome(): void {
    this.open();
    this.say({ t: "welcome", v: 1, role: "guest", room: "r", beat_ms: 20_000, gifts: [] });
  }
  end(code: number, reason = ""): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}

let socket: Socket | undefined;
const said: [string, string | undefined][] = [];

function start(options: Partial<SocketOptions> = {}): Line {
  socket = new Socket({
    hello: () => ({}),
    onFrame: () => {},
    onState: (state, detail) => said.push([state, detail]),
    ...options,
  });
  vi.advanceTimersByTime(0);
  return latest();
}

function latest(): Line {
  const line = Line.all[Line.all.length - 1];
  if (!line) throw new Error("nothing was opened");
  return line;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("WebSocket", Line);
  vi.spyOn(Math, "random").mockReturnValue(1);
  Line.all = [];
  said.length = 0;
});

afterEach(() => {
  socket?.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("says hello with the token and hands on every frame after welcome", () => {
  const frames: object[] = [];
  const line = start({
    hello: () => ({ token: "secret" }),
    onFrame: (frame) => frames.push(frame),
  });
  line.open();
  expect(line.sent).toEqual([{ t: "hello", v: 1, token: "secret" }]);
  expect(line.url).not.toContain("secret");
  expect(socket?.send({ t: "monitor" })).toBe(false);
  line.welcome();
  line.say({ t: "state", likes: 3 });
  expect(frames).toEqual([{ t: "state", likes: 3 }]);
  expect(socket?.send({ t: "monitor" })).toBe(true);
});

it("tells the states of a page started before its server", () => {
  start().end(1006);
  vi.advanceTimersByTime(250);
  latest().welcome();
  expect(said.map(([state]) => state)).toEqual(["connecting", "waiting", "connecting", "open"]);
});

it("doubles the wait up to its ceiling and never gives up", () => {
  start();
  for (const wait of [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]) {
    const before = Line.all.length;
    latest().end(1006);
    vi.advanceTimersByTime(wait - 1);
    expect(Line.all.length).toBe(before);
    vi.advanceTimersByTime(1);
    expect(Line.all.length).toBe(before + 1);
  }
});

it("spreads a wait over its whole length", () => {
  expect(backoff(3, 0)).toBe(0);
  expect(backoff(3, 0.5)).toBe(1_000);
  expect(backoff(5_000, 1)).toBe(8_000);
});

it("starts short again only after a line that lasted", () => {
  start().end(1006);
  vi.advanceTimersByTime(250);
  latest().welcome();
  latest().end(1006);
  vi.advanceTimersByTime(499);
  expect(Line.all.length).toBe(2);
  vi.advanceTimersByTime(1);
  latest().welcome();
  vi.advanceTimersByTime(5_000);
  latest().end(1006);
  vi.advanceTimersByTime(250);
  expect(Line.all.length).toBe(4);
});

it("obeys the ranges of close codes", () => {
  for (const code of [1000, 1001, 1005, 1006, 1011, 1012, 1013, 4000, 4001, 4099]) {
    expect(verdict(code), `${code}`).toBe("backoff");
  }
  for (const code of [4100, 4199]) expect(verdict(code), `${code}`).toBe("token");
  for (const code of [1002, 1003, 1007, 1009, 4200, 4201, 4299]) {
    expect(verdict(code), `${code}`).toBe("stop");
  }
});

it("comes back without a token that was refused", () => {
  let token: string | undefined = "old";
  const line = start({
    hello: () => ({ token }),
    onTokenRefused: () => {
      token = undefined;
    },
  });
  line.open();
  line.say({ t: "error", code: 2203, message: "token has run out", retry: false });
  line.end(4100, "token not accepted");
  expect(said[said.length - 1]).toEqual(["waiting", "token has run out"]);
  vi.advanceTimersByTime(250);
  latest().open();
  expect(latest().sent).toEqual([{ t: "hello", v: 1 }]);
});

it("stays away when the server says so, until restarted", () => {
  const line = start();
  line.welcome();
  line.end(4201, "too many bad frames");
  vi.advanceTimersByTime(60_000);
  window.dispatchEvent(new Event("online"));
  expect(Line.all.length).toBe(1);
  expect(said[said.length - 1]).toEqual(["stopped", "too many bad frames"]);
  socket?.restart();
  expect(Line.all.length).toBe(2);
});

it("pings a silent line and cuts a dead one", () => {
  const line = start();
  line.welcome();
  vi.advanceTimersByTime(20_000);
  expect(line.sent[1]).toEqual({ t: "ping", n: 1 });
  line.say({ t: "pong", n: 1 });
  vi.advanceTimersByTime(20_000);
  expect(line.sent[2]).toEqual({ t: "ping", n: 2 });
  vi.advanceTimersByTime(39_999);
  expect(line.closed).toBe(false);
  vi.advanceTimersByTime(1);
  expect(line.closed).toBe(true);
  expect(said[said.length - 1]?.[0]).toBe("waiting");
});

it("pings for its own silence however much the server says", () => {
  const line = start();
  line.welcome();
  for (let i = 0; i < 40; i += 1) {
    vi.advanceTimersByTime(1_000);
    line.say({ t: "state", online: i });
  }
  expect(line.sent.filter((frame) => frame.t === "ping").length).toBe(2);
});

it("notices a dead server while it only sends", () => {
  const line = start();
  line.welcome();
  for (let i = 0; i < 70; i += 1) {
    vi.advanceTimersByTime(1_000);
    socket?.send({ t: "like", count: 1 });
  }
  expect(line.closed).toBe(true);
});

it("gives up a server that accepts and says nothing", () => {
  const line = start();
  line.open();
  vi.advanceTimersByTime(10_000);
  expect(line.closed).toBe(true);
  vi.advanceTimersByTime(250);
  expect(Line.all.length).toBe(2);
});

it("tries at once when the machine is online again", () => {
  start();
  for (let i = 0; i < 8; i += 1) {
    latest().end(1006);
    if (i < 7) vi.advanceTimersByTime(8_000);
  }
  const before = Line.all.length;
  window.dispatchEvent(new Event("online"));
  expect(Line.all.length).toBe(before + 1);
});

it("proves an open line soon after the page was asleep", () => {
  const line = start();
  line.welcome();
  vi.advanceTimersByTime(15_000);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(line.sent[1]).toEqual({ t: "ping", n: 1 });
  vi.advanceTimersByTime(5_000);
  expect(line.closed).toBe(true);
});

it("takes no notice of what is no frame, and of a line it let go", () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  const frames: object[] = [];
  const line = start({ onFrame: (frame) => frames.push(frame) });
  line.welcome();
  const { onmessage } = line;
  for (const data of ["{", "7", "null", '"t"', new ArrayBuffer(1)]) onmessage?.({ data });
  expect(frames).toEqual([]);
  socket?.close();
  vi.advanceTimersByTime(60_000);
  expect(Line.all.length).toBe(1);
  expect(line.onmessage).toBe(null);
});
