import { expect, it } from "vitest";
import type { Fragment } from "../shared/fragments";
import type { Emote } from "../shared/wire";
import { compose, type Ruler } from "./compose";
import { keyOf } from "./group";
import { letters } from "./letters";
import { COURSE, sampleComment } from "./sample";

/** Ten px a character. */
const ruler: Ruler = (text) => ({ width: 10 * Array.from(text).length, up: 30, down: 10 });
const INK = { ...COURSE.ink, size: 40, outline: 3, names: true };
const EMOTE: Emote = { code: "hi", src: "/image/1", width: 32, height: 32 };

function line(text: string, parts: readonly Fragment[] = [{ kind: "text", text }]) {
  return sampleComment("a", { text, parts, nick: "Ann" });
}

const read = (composition: ReturnType<typeof compose>) =>
  composition.pieces.map((piece) => (piece.kind === "text" ? piece.text : piece.kind));

it("name first, then words and emotes, each behind the other", () => {
  const parts: Fragment[] = [
    { kind: "text", text: "so " },
    { kind: "emote", emote: EMOTE },
    { kind: "text", text: " good" },
  ];
  const { pieces, width, direction } = compose(line("so :hi: good", parts), INK, ruler);
  expect(pieces.map(({ kind }) => kind)).toEqual(["text", "text", "emote", "text"]);
  for (const [index, piece] of pieces.entries()) {
    const before = pieces[index - 1];
    if (before) expect(piece.x).toBeGreaterThanOrEqual(before.x + before.width);
  }
  const last = pieces[pieces.length - 1];
  expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(width);
  expect(direction).toBe("ltr");
});

it("a line that is read from the right has its name at the right", () => {
  const composition = compose(line("مرحبا"), INK, ruler);
  expect([composition.direction, read(composition)]).toEqual(["rtl", ["مرحبا", "Ann"]]);
});

it("the host has picture, badge and name in this order", () => {
  const host = { ...line("welcome"), role: "host" as const, plate: "#000" };
  const composition = compose(host, { ...INK, avatars: true }, ruler);
  expect(read(composition)).toEqual(["face", "badge", "Ann", "welcome"]);
});

it("what is too wide ends in an ellipsis, between whole characters, and stays in its room", () => {
  const family = "👨‍👩‍👧‍👦".repeat(30);
  for (const text of ["x".repeat(500), family]) {
    const { pieces, width } = compose(line(text), { ...INK, widest: 600 }, ruler);
    const last = pieces[pieces.length - 1];
    const cut = last?.kind === "text" ? last.text : "";
    expect(cut.endsWith("…")).toBe(true);
    expect(width).toBeLessThanOrEqual(600);
    // No joiner at the end: no family is torn apart.
    expect(cut).not.toMatch(/\u200d…$/);
  }
});

it("emotes that do not fit end in an ellipsis too", () => {
  const parts = Array.from({ length: 40 }, (): Fragment => ({ kind: "emote", emote: EMOTE }));
  const { pieces, width } = compose(line(":hi:", parts), { ...INK, widest: 600 }, ruler);
  expect(pieces[pieces.length - 1]).toMatchObject({ kind: "text", text: "…" });
  expect(width).toBeLessThanOrEqual(600);
});

it("a wide character counts twice, a mark on another one not at all", () => {
  expect(["abc", "哈哈", "e\u0301", "👍🏽", "a b"].map(letters)).toEqual([3, 4, 1, 2, 3]);
});

it("lines are equal whatever their case, width and spaces", () => {
  expect(new Set(["WOW  so", " wow so", "ｗｏｗ ｓｏ"].map(keyOf)).size).toBe(1);
  expect(keyOf("666")).not.toBe(keyOf("6666"));
});
