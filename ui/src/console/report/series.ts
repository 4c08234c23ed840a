/** A show's series as charts want it: rates, running totals, and the gaps between. */
import type { RecordSeries } from "../../shared/wire";

/** One value a row; `null` where nothing is known. */
export type Values = readonly (number | null)[];

/** A series without rows. */
export function emptySeries(): RecordSeries {
  return {
    at: [],
    span_s: [],
    counts: {
      high: [],
      normal: [],
      low: [],
      lowest: [],
      shown: [],
      dropped: [],
      removed: [],
      likes: [],
      gifts: [],
      coins: [],
      paid: [],
      questions: [],
      answered: [],
      claims: [],
      muted: [],
      people: [],
    },
    online: [],
    stock: [],
  };
}

/** A series with newer rows behind it, without what begins before `from`. */
export function extended(known: RecordSeries, more: RecordSeries, from: number): RecordSeries {
  const last = known.at[known.at.length - 1] ?? Number.NEGATIVE_INFINITY;
  const fresh = more.at.findIndex((at) => at > last);
  const start = fresh < 0 ? more.at.length : fresh;
  const first = known.at.findIndex((at) => at >= from);
  const cut = first < 0 ? known.at.length : first;
  const join = <T>(a: readonly T[], b: readonly T[]) => [...a.slice(cut), ...b.slice(start)];
  const counts = emptySeries().counts;
  for (const name of Object.keys(counts) as (keyof typeof counts)[]) {
    counts[name] = join(known.counts[name], more.counts[name]);
  }
  const none = (rows: number): null[] => Array.from({ length: rows }, () => null);
  const offers = new Map([...known.stock, ...more.stock].map(({ offer, title }) => [offer, title]));
  const left = (series: RecordSeries, offer: string) =>
    series.stock.find((line) => line.offer === offer)?.left ?? none(series.at.length);
  const stock = [...offers].map(([offer, title]) => ({
    offer,
    title,
    left: join(left(known, offer), left(more, offer)),
  }));
  return {
    at: join(known.at, more.at),
    span_s: join(known.span_s, more.span_s),
    counts,
    online: join(known.online, more.online),
    stock: stock.filter(({ left }) => left.some((n) => n !== null)),
  };
}

/** How often a second, row by row. */
export function rates(counts: readonly number[], spans: readonly number[]): number[] {
  return counts.map((n, row) => n / Math.max(1, spans[row] ?? 1));
}

/** The running total, row by row. */
export function running(counts: readonly number[]): number[] {
  let total = 0;
  return counts.map((n) => {
    total += n;
    return total;
  });
}

/** Times in seconds and lines over them, with a row of nulls where the program was not running. */
export function withGaps(
  at: readonly number[],
  spans: readonly number[],
  lines: readonly Values[],
): { times: number[]; lines: (number | null)[][] } {
  const times: number[] = [];
  const out: (number | null)[][] = lines.map(() => []);
  at.forEach((begin, row) => {
    const before = at[row - 1];
    const span = Math.max(spans[row - 1] ?? 1, spans[row] ?? 1) * 1_000;
    if (before !== undefined && begin - before > 4 * span + 2_000) {
      times.push((before + span) / 1_000);
      for (const line of out) line.push(null);
    }
    times.push(begin / 1_000);
    lines.forEach((line, i) => {
      out[i]?.push(line[row] ?? null);
    });
  });
  return { times, lines: out };
}

/** The largest value and its row; `undefined` if there is none. */
export function peak(values: Values): { value: number; row: number } | undefined {
  let most: { value: number; row: number } | undefined;
  values.forEach((value, row) => {
    if (value !== null && (!most || value > most.value)) most = { value, row };
  });
  return most;
}

/** The sum of counts. */
export function sum(counts: readonly number[]): number {
  return counts.reduce((all, n) => all + n, 0);
}
