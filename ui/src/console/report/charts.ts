/** The charts of a show: the same for the last ten minutes and for a whole evening. */
import { h } from "../../shared/dom";
import type { RecordSeries } from "../../shared/wire";
import { type Chart, createChart, type Data, type Line } from "./chart";
import { peak, rates, running, sum, type Values } from "./series";
import { words } from "./words";

/** Names of the charts, in their order. */
export const CHARTS = ["messages", "online", "likes", "gifts", "stock"] as const;

/** Name of a chart. */
export type Name = (typeof CHARTS)[number];

/** First and last moment shown, ms. */
export interface Range {
  readonly from: number;
  readonly to: number;
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
  const levels = (["high", "normal", "low", "lowest"] as const).map((name) => ({
    label: words.levels[name],
    values: rate(counts[name]),
    say: words.rate,
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
      [{ label: words.online, values: online, say: words.count }],
      words.onlineIs(online[online.length - 1] ?? 0, when(online)),
    ),
    likes: of(
      [{ label: words.likesRate, values: likes, say: words.rate }],
      words.likesAre(sum(counts.likes), when(likes)),
    ),
    gifts: of(
      [
        { label: words.gifts, values: running(counts.gifts), say: words.count, steps: true },
        {
          label: words.coins,
          values: running(counts.coins),
          say: words.count,
          steps: true,
          right: true,
        },
      ],
      words.giftsAre(sum(counts.gifts), sum(counts.coins)),
    ),
    stock: of(
      stock.map(({ title, left }) => ({
        label: title,
        values: left,
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
