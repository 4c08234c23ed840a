import { expect, it } from "vitest";
import { byCode, fragments, frameAt } from "./fragments";
import type { Emote } from "./wire";

const still = (code: string): Emote => ({ code, src: `/image/${code}`, width: 32, height: 32 });
const moving: Emote = {
  ...still("jump"),
  frames: { count: 3, columns: 2, ms: [100, 50, 50] },
};
const known = byCode([still("hi"), still("b-2"), moving]);

const shape = (text: string) =>
  fragments(text, known).map((part) => (part.kind === "text" ? part.text : { e: part.emote.code }));

it("cuts emotes out of text and leaves the rest as it was", () => {
  expect(shape("a :hi: b:b-2::jump:")).toEqual([
    "a ",
    { e: "hi" },
    " b",
    { e: "b-2" },
    { e: "jump" },
  ]);
  expect(shape(":hi:")).toEqual([{ e: "hi" }]);
  expect(shape("")).toEqual([""]);
});

it("leaves unknown codes and lone colons as text", () => {
  for (const text of [":no:", "10:30:00", ":hi", "hi:", "::", ":", ":HI:", ": hi :", ":<b>:"]) {
    expect(shape(text)).toEqual([text]);
  }
});

it("finds an emote whose first colon also closes something unknown", () => {
  expect(shape("12:hi:30")).toEqual(["12", { e: "hi" }, "30"]);
  expect(shape(":no:hi:no:")).toEqual([":no", { e: "hi" }, "no:"]);
  expect(shape(":::hi:::")).toEqual(["::", { e: "hi" }, "::"]);
});

it("gives back the same text when put together again", () => {
  const bits = [":", "hi", "b-2", " ", "中", "👩‍👩‍👧", ":hi:", "a"];
  let seed = 7;
  for (let round = 0; round < 2_000; round += 1) {
    let text = "";
    for (let n = 0; n < 12; n += 1) {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      text += bits[(seed >>> 16) % bits.length];
    }
    const again = fragments(text, known)
      .map((part) => (part.kind === "text" ? part.text : `:${part.emote.code}:`))
      .join("");
    expect(again).toBe(text);
  }
});

it("does not know emotes with an outside address or broken figures", () => {
  const bad: Emote[] = [
    { ...still("a"), src: "https://elsewhere.example/a.png" },
    { ...still("b"), src: "//elsewhere.example/b.png" },
    { ...still("c"), src: "/\\elsewhere.example/c.png" },
    { ...still("d"), src: "javascript:alert(1)" },
    { ...still("e"), width: 0 },
    { ...still("f f") },
    { ...still("g"), frames: { count: 2, columns: 0, ms: [10, 10] } },
    { ...still("h"), frames: { count: 2, columns: 1, ms: [10] } },
    { ...still("i"), frames: { count: 2, columns: 1, ms: [0, 0] } },
  ];
  expect(byCode(bad).size).toBe(0);
});

it("shows a frame by the clock alone", () => {
  const places = [0, 99, 100, 149, 150, 199, 200, 1_000_350].map((t) => frameAt(moving, t));
  const cells = places.map(({ x, y }) => `${x},${y}`);
  expect(cells).toEqual(["0,0", "0,0", "32,0", "32,0", "0,32", "0,32", "0,0", "0,32"]);
  expect(frameAt(still("hi"), 12_345)).toEqual({ x: 0, y: 0, width: 32, height: 32 });
});
