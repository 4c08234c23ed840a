import { expect, test } from "vitest";
import { queueWords, sum, unaccounted } from "./books";
import { light } from "./light";

test("the sum names every fate", () => {
  const accounts = {
    received: 1_234,
    shown: 1_200,
    merged: 20,
    aged_out: 5,
    removed: 4,
    blocked: 3,
    refused: 2,
    waiting: 0,
  };
  expect(sum(accounts)).toBe(
    "received 1,234 = 1,200 shown + 20 merged + 5 aged out + 4 removed + 3 blocked + 2 refused + 0 waiting",
  );
  expect([unaccounted(0), unaccounted(-3)]).toEqual(["0 unaccounted", "-3 unaccounted"]);
  expect(queueWords([1, 2, 3, 4])).toBe("high 1, normal 2, low 3, lowest 4");
});

test("the light names the room, or the remote address", () => {
  const session = { room: "main", state: "live", lost: 0 } as const;
  expect(light("open", undefined, session)).toMatchObject({ colour: "green", where: "room main" });
  const remote = { ...session, remote: "wss://a.example/main", state: "retrying" } as const;
  expect(light("open", undefined, remote)).toMatchObject({
    colour: "amber",
    word: "Retrying",
    where: "wss://a.example/main",
  });
});

test("the page's own line comes before the session", () => {
  const session = { room: "main", state: "live", lost: 0 } as const;
  expect(light("waiting", "gone", session)).toMatchObject({ colour: "amber", detail: "gone" });
  expect(light("stopped", undefined, session).colour).toBe("red");
  expect(light("open", undefined, undefined).colour).toBe("grey");
});
