import { expect, test } from "vitest";
import { KINDS, snippet, type Target } from "./snippet";

const target: Target = {
  app: 1400000007,
  group: 'salon "7"',
  origin: "https://live.example.org:8443",
  admin: "boss & co",
};

test("new SDKs get one option, the server's socket address", () => {
  for (const kind of ["web", "wx"] as const) {
    const text = snippet(kind, target);
    expect(text).toContain('proxyServer: "wss://live.example.org:8443"');
    expect(text).toContain("SDKAppID: 1400000007");
    expect(text).not.toContain("WebSocket");
  }
});

test("a room's id is a string of the language, whatever is in it", () => {
  for (const kind of KINDS.filter((kind) => kind !== "rest")) {
    expect(snippet(kind, target)).toContain(String.raw`groupID: "salon \"7\""`);
  }
});

test("every step of the introduction is there", () => {
  for (const kind of KINDS.filter((kind) => kind !== "rest")) {
    for (const step of [4, 5, 6, 7, 8]) expect(snippet(kind, target)).toContain(`Step ${step}`);
  }
});

test("an old SDK's socket and requests go here, path and parameters kept", () => {
  const asked: string[] = [];
  class Socket {
    constructor(address: string) {
      asked.push(address);
    }
  }
  class Asked {
    open(_method: string, address: string) {
      asked.push(address);
    }
  }
  const text = snippet("old-web", target);
  const shim = text.slice(0, text.indexOf("// Step 4"));
  const page = { WebSocket: Socket, XMLHttpRequest: Asked };
  new Function("window", "location", shim)(page, { href: "https://shop.example/" });
  new page.WebSocket("wss://built.in.example/info?sdkappid=1");
  new page.XMLHttpRequest().open("POST", "https://built.in.example/v4/openim/login?a=1");
  expect(asked).toEqual([
    "wss://live.example.org:8443/info?sdkappid=1",
    "https://live.example.org:8443/v4/openim/login?a=1",
  ]);
});

test("an old mini program's socket and requests go here", () => {
  const asked: string[] = [];
  const take = ({ url }: { url: string }) => asked.push(url);
  const wx = { connectSocket: take, request: take };
  const text = snippet("old-wx", target);
  new Function("wx", text.slice(0, text.indexOf("const TIM")))(wx);
  wx.connectSocket({ url: "wss://built.in.example/?sdkappid=1" });
  wx.request({ url: "https://built.in.example/v4/openim/login?a=1" });
  expect(asked).toEqual([
    "wss://live.example.org:8443/?sdkappid=1",
    "https://live.example.org:8443/v4/openim/login?a=1",
  ]);
});

test("the REST example names an admin and holds its quotes", () => {
  const text = snippet("rest", { ...target, group: "it's" });
  expect(text).toContain("identifier=boss%20%26%20co");
  expect(text).toContain(String.raw`"GroupId":"it'\''s"`);
});
