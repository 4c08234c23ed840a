/** The page Report: charts of the last ten minutes, and what each show added up to. */
import { h } from "../../shared/dom";
import { createApi } from "../developers/api";
import type { Control, View } from "../state";
import { createCharts } from "./charts";
import { createLive, LIVE_MS } from "./live";
import { words } from "./words";

export function createReport(control: Control): View {
  const api = createApi(control.notify);
  const charts = createCharts("live");
  const live = createLive(api, ({ now, series }) => {
    charts.draw(series, { from: now - LIVE_MS, to: now });
  });
  return {
    element: h(
      "div",
      { class: "view report" },
      h("h1", {}, words.title),
      h("section", { "aria-label": words.live }, h("h2", {}, words.live), charts.element),
    ),
    update() {},
    show: (on) => live.show(on),
  };
}
