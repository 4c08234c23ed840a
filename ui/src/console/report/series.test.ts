import { expect, it } from "vitest";
import type { RecordSeries } from "../../shared/wire";
import { emptySeries, extended, peak, rates, running, withGaps } from "./series";

function series(from: number, rows: number, stock: RecordSeries["stock"] = []): RecordSeries {
  const made = emptySeries();
  for (let row = 0; row < rows; row++) {
    made.at.push((from + row) * 1_000);
    made.span_s.push(1);
    made.online.push(from + row);
    for (const column of Object.values(made.counts)) column.push(from + row);
  }
  return { ...made, stock };
}

it("puts newer rows behind the known ones and drops what is too old", () => {
  const ten = { offer: "voucher:ten", title: "Ten", left: [3, 2] };
  const known = extended(emptySeries(), series(1, 5), 0);
  expect(known.at).toHaveLength(5);
  // Row 5 comes again; it is the same row.
  const next = extended(known, series(5, 2, [ten]), 3_000);
  expect(next.at).toEqual([3_000, 4_000, 5_000, 6_000]);
  expect(next.counts.likes).toEqual([3, 4, 5, 6]);
  expect(next.online).toEqual([3, 4, 5, 6]);
  expect(next.stock).toEqual([{ ...ten, left: [null, null, null, 2] }]);
  expect(extended(next, series(90, 1), 90_000).stock).toEqual([]);
});

it("counts by the second whatever a row spans", () => {
  expect(rates([10, 10, 5], [1, 10, 0])).toEqual([10, 1, 5]);
  expect(running([1, 0, 2])).toEqual([1, 1, 3]);
});

it("breaks a line where nothing was counted", () => {
  const { times, lines } = withGaps([1_000, 2_000, 60_000], [1, 1, 1], [[1, 2, 3]]);
  expect(times).toEqual([1, 2, 3, 60]);
  expect(lines).toEqual([[1, 2, null, 3]]);
  expect(peak(lines[0] ?? [])).toEqual({ value: 3, row: 3 });
  expect(peak([null])).toBeUndefined();
});
