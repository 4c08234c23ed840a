import { expect, test } from "vitest";
import { roomLink } from "./link";

const HERE = "http://127.0.0.1:8787/console";

test("a room of this server has a link that names it", () => {
  expect(roomLink("/viewer/main", HERE)).toBe("surtitle://join/main");
  expect(roomLink("/viewer/@TGS%23aC72", HERE)).toBe("surtitle://join/@TGS%23aC72");
});

test("a room elsewhere has none, nor has a page of another kind", () => {
  expect(roomLink("https://live.example/viewer/main", HERE)).toBeUndefined();
  expect(roomLink("/console", HERE)).toBeUndefined();
  expect(roomLink("/viewer/", HERE)).toBeUndefined();
});
