import { expect, test } from "vitest";
import { DEFAULT_LOOK } from "../shared/wire/default-look";
import { Draft, SETTLE_MS } from "./draft";
import { PATHS, valueAt, withValue } from "./settings";

const remote = (size: number, lanes: number) =>
  withValue(withValue(DEFAULT_LOOK, "danmaku.size", size), "danmaku.lanes", lanes);

test("a change by another console flows in", () => {
  const draft = new Draft(DEFAULT_LOOK);
  draft.receive(remote(50, 4));
  expect(draft.look(0).danmaku).toMatchObject({ size: 50, lanes: 4 });
});

test("a setting in use here is not moved, the others are", () => {
  const draft = new Draft(DEFAULT_LOOK);
  draft.hold("danmaku.size", 0);
  draft.set("danmaku.size", 80, 0);
  draft.receive(remote(50, 4));
  expect(draft.look(60_000).danmaku).toMatchObject({ size: 80, lanes: 4 });
});

test("after it was let go and settled the server's value counts", () => {
  const draft = new Draft(DEFAULT_LOOK);
  draft.hold("danmaku.size", 0);
  draft.set("danmaku.size", 80, 0);
  draft.hold(undefined, 5_000);
  draft.receive(remote(96, 4));
  expect(draft.look(5_000 + SETTLE_MS - 1).danmaku.size).toBe(80);
  expect(draft.look(5_000 + SETTLE_MS).danmaku.size).toBe(96);
});

test("what is sent keeps what others set meanwhile", () => {
  const draft = new Draft(DEFAULT_LOOK);
  draft.receive(remote(36, 4));
  expect(draft.set("pace", 30, 0)).toMatchObject({ pace: 30, danmaku: { lanes: 4 } });
});

test("a reset wins over the server until it settles", () => {
  const draft = new Draft(remote(50, 4));
  expect(draft.setAll(DEFAULT_LOOK, 0)).toEqual(DEFAULT_LOOK);
  draft.receive(remote(50, 4));
  expect(draft.look(100)).toEqual(DEFAULT_LOOK);
});

test("every field of a look has a control", () => {
  const leaves = (tree: object, before: string): string[] =>
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === "object" && !Array.isArray(value)
        ? leaves(value, `${before}${key}.`)
        : [`${before}${key}`],
    );
  expect([...PATHS].sort()).toEqual(leaves(DEFAULT_LOOK, "").sort());
});

test("setting one value leaves the rest and the original alone", () => {
  const changed = withValue(DEFAULT_LOOK, "feed.corner", "top-right");
  expect(valueAt(changed, "feed.corner")).toBe("top-right");
  expect(DEFAULT_LOOK.feed.corner).toBe("bottom-left");
  expect(changed.danmaku).toBe(DEFAULT_LOOK.danmaku);
});
