/** The charts of a show: the same for the last ten minutes and for a whole evening. */
import { h } from "../../shared/dom";
import type { RecordSeries, ShowReport } from "../../shared/wire";
import { type Chart, createChart } from "./chart";
import { stroke, strokeOf } from "./palette";
import type { Data, Line } from "./plot";
import { peak, rates, running, sum, type Values } from "./series";
import { words } from "./words";

/** Names of the charts, in their order. */
export const CHARTS = ["messages", "online", "likes", "gifts", "stock"] as const;

/** A chart spans at least this much, ms. */
export const LEAST_MS = 60_000;

/** Name of a chart. */
export type Name = (typeof CHARTS)[number];

/** First and last moment shown, ms. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** From the begin of a show, or of its first sample, to its end. */
export function wholeOf({ show, series }: ShowReport, now: number): Range {
  const from = Math.min(show.began, series.at[0] ?? show.began);
  return { from, to: Math.max(show.ended ?? now, from + LEAST_MS) };
}

/** What each chart shows of a series. */
export function chartData(series: RecordSeries, range: Range): Record<Name, Data> {
  const { at, span_s: spans, counts, online, stock } = series;
  const of = (lines: readonly Line[], summary: string): Data => ({
    at,
    spans,
    lines,
    summary: at.length === 0 ? words.nothing : summary,
    ...range,
  });
  const rate = (column: readonly number[]) => rates(column, spans);
  const strokes = {
    high: stroke(1),
    normal: stroke(2),
    low: stroke(3, "dashed"),
    lowest: stroke(4, "dotted"),
  };
  const levels = (["high", "normal", "low", "lowest"] as const).map((name) => ({
    label: words.levels[name],
    values: rate(counts[name]),
    stroke: strokes[name],
    say: words.rate,
    filled: name === "normal",
  }));
  const all = at.map((_, row) => levels.reduce((n, { values }) => n + (values[row] ?? 0), 0));
  const likes = rate(counts.likes);
  const when = (values: Values) => {
    const most = peak(values);
    return most ? { value: most.value, at: at[most.row] ?? 0 } : { value: 0, at: 0 };
  };
  const messages = sum([counts.high, counts.normal, counts.low, counts.lowest].map(sum));
  const left = (values: Values) => [...values].reverse().find((n) => n !== null) ?? 0;
  return {
    messages: of(levels, words.messagesAre(messages, when(all))),
    online: of(
      [{ label: words.online, values: online, stroke: stroke(2), say: words.count, filled: true }],
      words.onlineIs(online[online.length - 1] ?? 0, when(online)),
    ),
    likes: of(
      [{ label: words.likesRate, values: likes, stroke: stroke(1), say: words.rate, filled: true }],
      words.likesAre(sum(counts.likes), when(likes)),
    ),
    gifts: of(
      [
        {
          label: words.gifts,
          values: running(counts.gifts),
          stroke: stroke(3),
          say: words.count,
          steps: true,
        },
        {
          label: words.coins,
          values: running(counts.coins),
          stroke: stroke(5, "dashed"),
          say: words.count,
          steps: true,
          right: true,
        },
      ],
      words.giftsAre(sum(counts.gifts), sum(counts.coins)),
    ),
    stock: of(
      stock.map(({ title, left }, n) => ({
        label: title,
        values: left,
        stroke: strokeOf(n),
        say: words.count,
        steps: true,
      })),
      stock.length === 0
        ? words.noStock
        : words.listed(stock.map(({ title, left: values }) => words.stockIs(title, left(values)))),
    ),
  };
}

/** All charts in their places. */
export function createCharts(prefix: string): {
  element: HTMLElement;
  draw: (series: RecordSeries, range: Range) => void;
} {
  const charts = new Map<Name, Chart>(
    CHARTS.map((name) => [name, createChart(`${prefix}-${name}`, words.charts[name])]),
  );
  return {
    element: h("div", { class: "charts" }, ...[...charts.values()].map(({ element }) => element)),
    draw(series, range) {
      const data = chartData(series, range);
      for (const [name, chart] of charts) chart.draw(data[name]);
    },
  };
}
