import { expect, it } from "vitest";
import type { Cue } from "../shared/wire";
import { after, at, FEED_LIMIT, fromStage, nextChange } from "./picture";
import { card, comment, look, stage, tip } from "./sample";

const empty = fromStage(stage());
const play = (...cues: Cue[]) => cues.reduce(after, empty);
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

it("a comment that comes twice is there once, in its old place", () => {
  const picture = play(
    { cue: "comment", event: comment("a") },
    { cue: "comment", event: comment("b") },
    { cue: "comment", event: comment("a", { text: "edited" }) },
  );
  expect(ids(picture.feed)).toEqual(["a", "b"]);
  expect(picture.feed[0]).toMatchObject({ text: "edited" });
});

it("the feed forgets the oldest beyond its limit", () => {
  const cues = Array.from({ length: FEED_LIMIT + 5 }, (_, n): Cue => {
    return { cue: "comment", event: comment(`c${n}`) };
  });
  const { feed } = play(...cues);
  expect([feed.length, feed[0]?.id]).toEqual([FEED_LIMIT, "c5"]);
});

it("a gift that grows keeps one card", () => {
  const picture = play(
    { cue: "gift", card: card("g") },
    { cue: "gift", card: card("h") },
    { cue: "gift", card: card("g", { count: 9 }) },
    { cue: "card_end", id: "h" },
  );
  expect(picture.cards).toEqual([card("g", { count: 9 })]);
});

it("remove takes an item off the feed, the cards and the banner", () => {
  const filled: Cue[] = [
    { cue: "comment", event: comment("a") },
    { cue: "comment", event: comment("b") },
    { cue: "gift", card: card("g") },
    { cue: "pin", event: comment("a") },
  ];
  const picture = play(...filled, { cue: "remove", ids: ["a", "g"] });
  expect([ids(picture.feed), picture.cards, picture.pinned]).toEqual([["b"], [], null]);
});

it("remove_user takes everything by one person off, their name in tips too", () => {
  const picture = play(
    { cue: "comment", event: comment("a", {}, "bad") },
    { cue: "comment", event: comment("b", {}, "good") },
    { cue: "comment", event: tip("t", ["bad", "good"]) },
    { cue: "comment", event: tip("only", ["bad"]) },
    { cue: "gift", card: card("g", {}, "bad") },
    { cue: "pin", event: comment("a", {}, "bad") },
    { cue: "remove_user", user: "bad" },
  );
  expect(ids(picture.feed)).toEqual(["b", "t"]);
  expect(JSON.stringify(picture)).not.toContain("bad");
});

it("clear empties the layers and leaves the counters", () => {
  const picture = play(
    { cue: "comment", event: comment("a") },
    { cue: "gift", card: card("g") },
    { cue: "pin", event: comment("a") },
    { cue: "likes", total: 9, add: 9 },
    { cue: "online", count: 3 },
    { cue: "clear" },
  );
  expect(picture).toEqual({ ...empty, likes: 9, online: 3 });
});

it("time takes cards and lines, and says when it takes the next", () => {
  const timed = after(
    play({ cue: "comment", event: comment("a", { at: 1_000 }) }, { cue: "gift", card: card("g") }),
    { cue: "look", look: look({ feed: { seconds: 10 } }) },
  );
  const until = timed.cards[0]?.until ?? 0;
  expect(nextChange(timed)).toBe(11_000);
  expect(ids(at(timed, 11_000).feed)).toEqual([]);
  expect(ids(at(timed, until).cards)).toEqual(["g"]);
  expect(ids(at(timed, until + 1_000).cards)).toEqual([]);
  expect(nextChange(at(timed, until + 1_000))).toBeNull();
  expect(at(empty, 5)).toBe(empty);
});

it("a cue of a newer server changes nothing", () => {
  expect(play({ cue: "fireworks" } as unknown as Cue)).toBe(empty);
});
