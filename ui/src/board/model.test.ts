import { expect, it } from "vitest";
import type { BoardEntry, Stroke } from "../shared/wire";
import { Lesson } from "./lesson";
import { Model } from "./model";

const stroke = (id: number, by = "h", page = 1): Stroke => ({
  id,
  by,
  page,
  tool: "pen",
  colour: 0,
  width: 40,
  ink: "UUSUUS",
});
const drawn = (id: number, by?: string): BoardEntry => ({
  seq: id,
  at: id * 1_000,
  kind: "stroke",
  stroke: stroke(id, by),
});
const seen = (model: Model) => model.page.strokes.map(({ id }) => id);

it("puts a stroke back where it lay", () => {
  const model = new Model();
  for (const id of [1, 2, 3]) model.apply(drawn(id));
  model.apply({ seq: 4, at: 4_000, kind: "hide", id: 2 });
  expect(seen(model)).toEqual([1, 3]);
  model.apply({ seq: 5, at: 5_000, kind: "show", id: 2 });
  expect(seen(model)).toEqual([1, 2, 3]);
});

it("takes a stroke that comes live and in a piece once", () => {
  const model = new Model();
  model.apply(drawn(5));
  const fresh = model.piece({
    t: "board",
    say: "piece",
    page: 1,
    strokes: [stroke(1), stroke(5)],
  });
  expect(fresh.map(({ id }) => id)).toEqual([1]);
  expect(seen(model)).toEqual([1, 5]);
});

it("brings back what one wipe took and nothing else", () => {
  const model = new Model();
  model.apply(drawn(1));
  model.apply({ seq: 2, at: 2_000, kind: "hide", id: 1 });
  model.apply(drawn(3));
  model.apply({ seq: 4, at: 4_000, kind: "wipe", page: 1, by: "h" });
  expect(seen(model)).toEqual([]);
  model.apply({ seq: 5, at: 5_000, kind: "unwipe", wipe: 4 });
  expect(seen(model)).toEqual([3]);
});

it("forgets somebody's ink, hidden ink too", () => {
  const model = new Model();
  model.apply(drawn(1, "v"));
  model.apply(drawn(2));
  model.apply(drawn(3, "v"));
  model.apply({ seq: 4, at: 4_000, kind: "hide", id: 3 });
  model.apply({ seq: 5, at: 5_000, kind: "forget", user: "v" });
  model.apply({ seq: 6, at: 6_000, kind: "show", id: 3 });
  expect(seen(model)).toEqual([2]);
});

it("shows a lesson at a moment the same from both sides", () => {
  const film = new Lesson([drawn(1), drawn(2), drawn(9)], true);
  const at = (time: number) => {
    const { model, half } = film.at(time);
    return [seen(model), half.map(({ stroke: { id }, points }) => [id, points.length])];
  };
  expect(film.length).toBeLessThan(6_000);
  const middle = at(film.length - 20);
  at(film.length);
  expect(at(film.length - 20)).toEqual(middle);
  expect(at(film.length)[0]).toEqual([1, 2, 9]);
});

it("puts what was said where it was said, between the same strokes", () => {
  const film = new Lesson([drawn(1), drawn(2), drawn(60)], true);
  const [first, second, last] = [1_000, 2_000, 60_000].map((at) => film.moment(at));
  expect(film.moment(0)).toBe(0);
  expect(film.moment(1_500)).toBe(((first ?? 0) + (second ?? 0)) / 2);
  // A pause is cut: what was said late in it is said as the next stroke ends.
  expect(film.moment(59_000)).toBe(last);
  expect(film.moment(90_000)).toBe(film.length);
});
