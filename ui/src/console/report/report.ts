/** The page Report: charts of the last ten minutes, and what each show added up to. */
import { h } from "../../shared/dom";
import type { OfferInfo } from "../../shared/wire";
import { createApi } from "../developers/api";
import type { Control, View } from "../state";
import { createCharts, LEAST_MS } from "./charts";
import { createEvening } from "./evening";
import { createLive, LIVE_MS } from "./live";
import { createShows } from "./shows";
import { words } from "./words";

/** The report of a show that runs is asked for this often, in answers of the live charts. */
const REFRESH = 5;
const NO_OFFERS: readonly OfferInfo[] = [];

export function createReport(control: Control, host: boolean): View {
  const api = createApi(control.notify);
  const charts = createCharts("live");
  const evening = createEvening(api, host, {
    back: () => open(undefined),
    changed: () => void shows.load(),
  });
  const shows = createShows(api, host, open);
  const live = createLive(api, ({ now, running, series }) => {
    shows.update(running ?? undefined, now);
    heard += 1;
    if (reading) {
      if (heard % REFRESH === 0) void evening.refresh();
      return;
    }
    const from = Math.min(now - LEAST_MS, series.at[0] ?? now);
    charts.draw(series, { from: Math.max(now - LIVE_MS, from), to: now });
  });
  const front = h(
    "div",
    { class: "report-front" },
    h("section", { "aria-label": words.live }, h("h2", {}, words.live), charts.element),
    shows.list,
  );
  let reading = false;
  let heard = 0;

  /** Opens the report of a show, or goes back to the live charts. */
  function open(id: number | undefined): void {
    reading = id !== undefined;
    front.hidden = reading;
    evening.element.hidden = !reading;
    if (id !== undefined) void evening.open(id);
  }

  open(undefined);
  return {
    element: h(
      "div",
      { class: "view report" },
      h("h1", {}, words.title),
      shows.bar,
      front,
      evening.element,
    ),
    update({ desk }) {
      evening.offers(desk.sale?.offers ?? NO_OFFERS);
    },
    show(on) {
      live.show(on);
      if (on) void shows.load();
    },
  };
}
