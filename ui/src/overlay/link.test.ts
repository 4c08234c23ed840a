import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { SocketOptions, Welcome } from "../shared/socket";
import type { ClientFrame, Role, ServerFrame } from "../shared/wire";
import { Link } from "./link";
import { comment, stage } from "./sample";
import { Tokens } from "./tokens";

/** A line whose other end is the test. */
function rig(pairs = true, preview = false) {
  const sent: ClientFrame[] = [];
  const heard: unknown[] = [];
  const proved: number[] = [];
  let options!: SocketOptions;
  const line = {
    send: (frame: ClientFrame) => sent.push(frame) > 0,
    restart: vi.fn(),
  };
  const listener = {
    stage: () => heard.push("stage"),
    cues: (cues: readonly unknown[], late: boolean) => heard.push(["cues", cues.length, late]),
    code: (code: string | null) => heard.push(["code", code]),
    withdrawn: () => heard.push("withdrawn"),
    watching: () => {},
    heard: () => {},
    prove: (ms: number) => proved.push(ms),
  };
  const tokens = new Tokens("main", preview);
  const link = new Link("main", tokens, listener, pairs, (given) => {
    options = given;
    return line;
  });
  return {
    link,
    line,
    sent,
    heard,
    proved,
    token: () => options.hello().token,
    welcome: (role: Role) =>
      options.onWelcome?.({ t: "welcome", role } as Welcome, undefined as never),
    hear: (frame: ServerFrame) => options.onFrame(frame),
    cut: () => options.onState?.("waiting"),
    refuse: () => options.onTokenRefused?.(),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});
afterEach(() => {
  vi.useRealTimers();
  delete window.__SURTITLE__;
});

it("with a token it watches, and resumes from the last cue after a cut", () => {
  localStorage.setItem("surtitle.display.main", "kept");
  const page = rig();
  expect(page.token()).toBe("kept");
  page.welcome("display");
  page.hear({ t: "stage", stage: stage({ position: { epoch: 3, seq: 7 } }) });
  page.hear({
    t: "cues",
    position: { epoch: 3, seq: 8 },
    cues: [{ cue: "comment", event: comment("a") }],
  });
  page.cut();
  page.welcome("display");
  page.hear({ t: "cues", position: { epoch: 3, seq: 8 }, cues: [] });
  expect(page.sent).toEqual([
    { t: "watch", overlay: "main" },
    { t: "watch", overlay: "main", resume: { epoch: 3, seq: 8 } },
  ]);
  const drawn = page.heard.filter((what) => !String(what).startsWith("code"));
  expect(drawn).toEqual(["stage", ["cues", 1, false], ["cues", 0, true]]);
});

it("the desktop window's token goes before the kept one", () => {
  localStorage.setItem("surtitle.display.main", "kept");
  window.__SURTITLE__ = { token: "window", shell: true };
  expect(rig().token()).toBe("window");
});

it("without a token it shows a code, asks again when that runs out, and keeps what it gets", () => {
  const page = rig();
  expect(page.token()).toBeUndefined();
  page.welcome("guest");
  page.hear({ t: "pairing", code: "123456", until: Date.now() + 60_000 });
  vi.advanceTimersByTime(60_001);
  page.hear({ t: "pairing", code: "654321", until: Date.now() + 60_000 });
  expect(page.sent).toEqual([
    { t: "pair", overlay: "main" },
    { t: "pair", overlay: "main" },
  ]);
  page.hear({ t: "paired", token: "new" });
  expect(page.heard).toEqual([
    ["code", "123456"],
    ["code", "654321"],
    ["code", null],
  ]);
  expect(page.line.restart).toHaveBeenCalledOnce();
  expect([page.token(), localStorage.getItem("surtitle.display.main")]).toEqual(["new", "new"]);
});

it("a refused token is forgotten, the picture goes and a code is asked for", () => {
  localStorage.setItem("surtitle.display.main", "old");
  const page = rig();
  page.welcome("display");
  page.hear({ t: "stage", stage: stage() });
  page.refuse();
  expect(page.token()).toBeUndefined();
  expect(localStorage.length).toBe(0);
  expect(page.heard).toContain("withdrawn");
  page.welcome("guest");
  expect(page.sent).toContainEqual({ t: "pair", overlay: "main" });
});

it("a code goes with the line it came over", () => {
  const page = rig();
  page.welcome("guest");
  page.hear({ t: "pairing", code: "123456", until: Date.now() + 60_000 });
  page.cut();
  expect(page.heard).toEqual([
    ["code", "123456"],
    ["code", null],
  ]);
  vi.advanceTimersByTime(120_000);
  expect(page.sent.length).toBe(1);
});

it("the console's miniature uses the console's token, never deletes it and never asks for a code", () => {
  localStorage.setItem("surtitle.console", "host");
  localStorage.setItem("surtitle.display.main", "kept");
  const page = rig(false, true);
  expect(page.token()).toBe("host");
  page.refuse();
  expect(page.token()).toBeUndefined();
  page.welcome("guest");
  expect(page.sent).toEqual([]);
  expect(localStorage.getItem("surtitle.console")).toBe("host");
});

it("proof marks are drawn as the server asks, and anew on every line", () => {
  const page = rig();
  page.welcome("display");
  page.hear({ t: "prove", every_ms: 500 });
  page.cut();
  page.welcome("display");
  page.link.send({ t: "beat", page: 1, n: 2 });
  expect(page.proved).toEqual([0, 500, 0]);
  expect(page.sent[page.sent.length - 1]).toEqual({ t: "beat", page: 1, n: 2 });
});
