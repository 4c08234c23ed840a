/** The report of one show: what it added up to, its charts, and files to take along. */
import { h } from "../../shared/dom";
import type { OfferInfo, ShowReport } from "../../shared/wire";
import { type Api, path } from "../developers/api";
import { createConfirm } from "../developers/confirm";
import { createCharts, wholeOf } from "./charts";
import { file } from "./file";
import { fileName, save } from "./save";
import { type Table, type Total, tables, totals } from "./totals";
import { words } from "./words";

/** What the page around it does. */
export interface EveningEvents {
  back: () => void;
  /** It was named or deleted. */
  changed: () => void;
}

/** The report of one show, host or helper. */
export function createEvening(
  api: Api,
  host: boolean,
  { back, changed }: EveningEvents,
): {
  element: HTMLElement;
  open: (id: number) => Promise<void>;
  /** Asks again, for a show that runs. */
  refresh: () => Promise<void>;
  offers: (offers: readonly OfferInfo[]) => void;
} {
  const charts = createCharts("show");
  const heading = h("h2", {
    class: "evening-name",
    dir: "auto",
    tabindex: -1,
    "data-test": "evening-name",
  });
  const when = h("p", { class: "hint", "data-test": "evening-when" });
  const figures = h("dl", { class: "evening-totals" });
  const lists = h("div", { class: "evening-tables" });
  const name = h("input", {
    type: "text",
    id: "evening-rename",
    maxlength: 80,
    autocomplete: "off",
    "data-test": "evening-rename",
  });
  let id: number | undefined;
  let shown: { report: ShowReport; now: number } | undefined;
  let known: readonly OfferInfo[] = [];

  async function load(): Promise<boolean> {
    const wanted = id;
    if (wanted === undefined) return false;
    const report = await api.attempt(() => api.get<ShowReport>(path("report", wanted)));
    if (!report || wanted !== id) return false;
    // The page's clock is near enough: a running show is drawn as far as it is known.
    const at = report.series.at;
    const now = report.show.ended ?? Math.max(Date.now(), at[at.length - 1] ?? 0);
    shown = { report, now };
    draw();
    return true;
  }

  function draw(): void {
    if (!shown) return;
    const { report, now } = shown;
    const { show, series } = report;
    heading.textContent = words.showName(show);
    when.textContent = show.ended === undefined ? words.runs : words.fromTo(show.began, show.ended);
    figures.replaceChildren(...totals(show, now).map(total));
    lists.replaceChildren(
      ...tables(show, known)
        .filter(({ rows }) => rows.length > 0)
        .map(table),
    );
    removal.hidden = show.ended === undefined;
    if (document.activeElement !== name) name.value = show.name;
    charts.draw(series, wholeOf(report, now));
  }

  /** The newest figures, for a file. */
  async function fresh(): Promise<{ report: ShowReport; now: number } | undefined> {
    return (await load()) ? shown : undefined;
  }

  const button = (label: string, test: string, act: () => Promise<unknown>) => {
    const made = h("button", { type: "button", "data-test": test }, label);
    made.addEventListener("click", async () => {
      made.disabled = true;
      await act();
      made.disabled = false;
    });
    return made;
  };
  const exportCsv = button(words.csv, "evening-csv", async () => {
    const now = await fresh();
    const csv =
      now && (await api.attempt(() => api.text(path("report", now.report.show.id, "csv"))));
    if (now && csv) save(`${fileName(now.report.show.began)}.csv`, csv, "text/csv");
  });
  const exportJson = button(words.json, "evening-json", async () => {
    const now = await fresh();
    if (!now) return;
    const json = JSON.stringify(now.report, undefined, 2);
    save(`${fileName(now.report.show.began)}.json`, json, "application/json");
  });
  const exportHtml = button(words.html, "evening-html", async () => {
    const now = await fresh();
    if (!now) return;
    const html = await file(now.report, now.now, known);
    save(`${fileName(now.report.show.began)}.html`, html, "text/html");
  });
  exportHtml.classList.add("primary");
  const removal = createConfirm(words.remove, words.removeAsks, "evening-delete", async () => {
    const wanted = id;
    if (wanted === undefined) return;
    const done = await api.attempt(() => api.call("DELETE", path("report", wanted)));
    if (done === undefined) return;
    changed();
    back();
  });
  const rename = async (event: Event) => {
    event.preventDefault();
    const wanted = id;
    if (wanted === undefined) return;
    const said = { name: name.value };
    const done = await api.attempt(() => api.call("PATCH", path("report", wanted), said));
    if (done === undefined) return;
    name.blur();
    changed();
    await load();
  };
  const naming = h(
    "form",
    { class: "evening-naming", on: { submit: (event) => void rename(event) } },
    h("label", { for: "evening-rename" }, words.name),
    name,
    h("button", { type: "submit", "data-test": "evening-rename-save" }, words.saveName),
  );

  return {
    element: h(
      "section",
      { class: "evening", "aria-label": words.evening },
      h(
        "div",
        { class: "evening-head" },
        h(
          "button",
          { type: "button", class: "quiet", "data-test": "evening-back", on: { click: back } },
          words.back,
        ),
        h("div", { class: "evening-title" }, heading, when),
        h("div", { class: "buttons" }, exportHtml, exportCsv, exportJson),
      ),
      figures,
      lists,
      charts.element,
      host && h("div", { class: "panel evening-foot" }, naming, removal),
    ),
    async open(wanted) {
      [id, shown] = [wanted, undefined];
      heading.textContent = "";
      figures.replaceChildren();
      lists.replaceChildren();
      if (await load()) heading.focus();
    },
    async refresh() {
      if (shown && shown.report.show.ended === undefined) await load();
    },
    offers(offers) {
      if (known === offers) return;
      known = offers;
      draw();
    },
  };
}

function total({ key, label, value, more }: Total): HTMLElement {
  return h(
    "div",
    { class: "evening-total", "data-test": `total-${key}` },
    h("dt", {}, label),
    h("dd", {}, h("b", {}, value), more !== undefined && h("small", {}, more)),
  );
}

function table({ key, title, head, rows }: Table): HTMLElement {
  const cell = (text: string) => h("td", { dir: "auto" }, text);
  return h(
    "div",
    { class: "panel" },
    h("h2", {}, title),
    h(
      "div",
      { class: "evening-scroll", tabindex: 0, role: "region", "aria-label": title },
      h(
        "table",
        { "data-test": `table-${key}` },
        h("thead", {}, h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map(cell)))),
      ),
    ),
  );
}
