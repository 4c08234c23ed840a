/** The last ten minutes, asked for once a second while somebody looks. */
import type { RecordSeries, ShowRecord } from "../../shared/wire";
import type { Api } from "../developers/api";
import { emptySeries, extended } from "./series";

/** How far back the live charts go, ms. */
export const LIVE_MS = 600_000;
/** Time between two questions, ms. */
const EVERY = 1_000;

/** What the server says. */
export interface Live {
  /** The server's clock. */
  readonly now: number;
  /** The show under way. */
  readonly running?: ShowRecord | null;
  readonly series: RecordSeries;
}

/** Asks until it is switched off; a hidden page does not ask. */
export function createLive(
  api: Api,
  onNews: (live: Live) => void,
): { show: (on: boolean) => void } {
  let series = emptySeries();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let on = false;
  /** Answers to an earlier showing come too late. */
  let turn = 0;

  async function ask(): Promise<void> {
    const mine = turn;
    if (!document.hidden) {
      const after = series.at[series.at.length - 1] ?? 0;
      const live = await api.look(() => api.get<Live>(`/report/live?after=${after}`));
      if (mine !== turn) return;
      if (live) {
        series = extended(series, live.series, live.now - LIVE_MS);
        onNews({ ...live, series });
      }
    }
    timer = setTimeout(() => void ask(), EVERY);
  }

  return {
    show(next) {
      if (next === on) return;
      on = next;
      turn += 1;
      clearTimeout(timer);
      if (on) void ask();
    },
  };
}
