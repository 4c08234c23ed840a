import { afterEach, expect, test, vi } from "vitest";
import type { Notice } from "../notices";
import { keep } from "../token";
import { createApi, path, Refused } from "./api";

afterEach(() => vi.unstubAllGlobals());

/** Answers every request with this; what was asked is in the list. */
function server(status: number, body: string): [string, RequestInit][] {
  const asked: [string, RequestInit][] = [];
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => {
    asked.push([address, init]);
    return new Response(body, { status });
  });
  return asked;
}

test("a path keeps what an id holds in its own part", () => {
  expect(path("apps", 7, "rooms", "a/b?c %")).toBe("/apps/7/rooms/a%2Fb%3Fc%20%25");
});

test("the console's token is sent, in a header and nowhere else", async () => {
  keep("host-token");
  const asked = server(200, '{"apps":[]}');
  await createApi(() => {}).call("POST", "/apps", { name: "A" });
  const [address, init] = asked[0] ?? [];
  expect(address).toBe("/api/apps");
  expect(init?.headers).toEqual({
    authorization: "Bearer host-token",
    "content-type": "application/json",
  });
  expect(init?.body).toBe('{"name":"A"}');
  expect(address).not.toContain("host-token");
  expect(String(init?.body)).not.toContain("host-token");
});

test("a file is sent as it is", async () => {
  const asked = server(200, "{}");
  const file = new Blob(["x"], { type: "image/png" });
  await createApi(() => {}).call("PUT", "/emotes/hi", file);
  const [, init] = asked[0] ?? [];
  expect(init?.body).toBe(file);
  expect(init?.headers).not.toHaveProperty("content-type");
});

test("a refusal comes with the server's words and code, and is shown once", async () => {
  server(409, '{"code":2306,"message":"this server has 300 apps"}');
  const shown: Notice[] = [];
  const api = createApi((notice) => shown.push(notice));
  await expect(api.get("/apps")).rejects.toEqual(new Refused("This server has 300 apps.", 2306));
  expect(await api.attempt(() => api.get("/apps"))).toBeUndefined();
  expect(shown).toEqual([{ kind: "error", text: "This server has 300 apps.", code: 2306 }]);
});

test("an answer that is no JSON and no answer at all are refusals too", async () => {
  server(502, "<html>");
  const api = createApi(() => {});
  await expect(api.get("/apps")).rejects.toThrow("The server answered 502.");
  vi.stubGlobal("fetch", async () => {
    throw new TypeError("failed");
  });
  await expect(api.get("/apps")).rejects.toThrow("Surtitle does not answer.");
  const shown: Notice[] = [];
  const loud = createApi((notice) => shown.push(notice));
  await loud.look(() => loud.get("/apps"));
  expect(shown).toEqual([]);
  await loud.attempt(() => loud.get("/apps"));
  expect(shown).toHaveLength(1);
});
