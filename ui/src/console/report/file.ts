/** A report as one HTML file that needs nothing else: to send, to keep, to print. */
import type { OfferInfo, ShowReport } from "../../shared/wire";
import { language } from "../../shared/words/language";
import { CHARTS, chartData, wholeOf } from "./charts";
import { type Data, type Library, loadLibrary, options } from "./plot";
import { withGaps } from "./series";
import { tables, totals } from "./totals";
import { words } from "./words";

/** Size of a chart in the file, px. */
const WIDTH = 920;
const HEIGHT = 220;
/** The light scheme, whatever the page wears: a file is printed. */
const COLOURS: Readonly<Record<string, string>> = {
  "--text-dim": "#4d5666",
  "--line": "#d8dce3",
  "--font": "system-ui, sans-serif",
  "--chart-1": "#c2185b",
  "--chart-2": "#1f5fd6",
  "--chart-3": "#0f7a46",
  "--chart-4": "#6a3fd1",
  "--chart-5": "#8a5a00",
  "--chart-6": "#00727f",
  "--chart-7": "#b3401a",
  "--chart-8": "#5c6b00",
};

const STYLE = `
body { margin: 32px auto; max-width: 960px; padding: 0 16px; color: #171a21; background: #fff;
  font: 14px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 24px; margin: 0; } h2 { font-size: 16px; margin: 28px 0 4px; }
p { margin: 0 0 8px; color: #4d5666; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); gap: 12px; margin: 20px 0; }
dl div { padding: 10px 12px; border: 1px solid #d8dce3; border-radius: 8px; }
dt { color: #4d5666; font-size: 12px; } dd { margin: 0; font-size: 20px; font-weight: 600; }
dd small { display: block; font-size: 12px; font-weight: 400; color: #4d5666; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 4px 8px 4px 0; text-align: start; border-bottom: 1px solid #d8dce3; overflow-wrap: anywhere; }
th { color: #4d5666; font-size: 12px; }
img { width: 100%; height: auto; } section { break-inside: avoid; }
ul { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 0; padding: 0; list-style: none; }
li span { display: inline-block; width: 20px; margin-inline-end: 6px; vertical-align: middle; }
@media print { body { margin: 0; } }
`;

/** The file of a report. */
export async function file(
  report: ShowReport,
  now: number,
  offers: readonly OfferInfo[],
): Promise<string> {
  const { show, series } = report;
  const Plot = await loadLibrary();
  const end = show.ended ?? now;
  const title = words.showName(show);
  // A document of its own: what is put into it loads nothing and runs nothing.
  const page = document.implementation.createHTMLDocument(title);
  const add = (to: Element, tag: string, text = "") => {
    const element = page.createElement(tag);
    element.textContent = text;
    to.append(element);
    return element;
  };
  page.documentElement.lang = language;
  const meta = page.createElement("meta");
  meta.setAttribute("charset", "utf-8");
  page.head.prepend(meta);
  const policy = page.createElement("meta");
  policy.setAttribute("http-equiv", "Content-Security-Policy");
  policy.setAttribute("content", "default-src 'none'; img-src data:; style-src 'unsafe-inline'");
  meta.after(policy);
  add(page.head, "style", STYLE);
  add(page.body, "h1", title);
  add(page.body, "p", words.fromTo(show.began, end));
  const list = add(page.body, "dl");
  for (const { label, value, more } of totals(show, now)) {
    const one = add(list, "div");
    add(one, "dt", label);
    const figure = add(one, "dd", value);
    if (more !== undefined) add(figure, "small", more);
  }
  for (const { title, head, rows } of tables(show, offers)) {
    if (rows.length === 0) continue;
    const section = add(page.body, "section");
    add(section, "h2", title);
    const table = add(section, "table");
    const top = add(add(table, "thead"), "tr");
    for (const name of head) add(top, "th", name).setAttribute("scope", "col");
    const body = add(table, "tbody");
    for (const row of rows) {
      const line = add(body, "tr");
      for (const cell of row) add(line, "td", cell).setAttribute("dir", "auto");
    }
  }
  const data = chartData(series, wholeOf(report, now));
  for (const name of CHARTS) {
    const section = add(page.body, "section");
    add(section, "h2", words.charts[name]);
    add(section, "p", data[name].summary);
    if (data[name].lines.length === 0) continue;
    const image = add(section, "img");
    image.setAttribute("alt", data[name].summary);
    image.setAttribute("src", await picture(Plot, data[name]));
    const key = add(section, "ul");
    for (const { label, stroke } of data[name].lines) {
      const item = add(key, "li");
      const colour = COLOURS[stroke.colour] ?? "#171a21";
      const line = `border-top: 3px ${stroke.dash.length > 0 ? "dashed" : "solid"} ${colour}`;
      add(item, "span").setAttribute("style", line);
      item.append(page.createTextNode(label));
    }
  }
  add(page.body, "p", words.made);
  return new XMLSerializer().serializeToString(page);
}

/** A chart as a PNG in an address. */
async function picture(Plot: Library, data: Data): Promise<string> {
  const place = document.createElement("div");
  const colour = (name: string) => COLOURS[name] ?? "#171a21";
  const ground = { width: WIDTH, height: HEIGHT, colour };
  const values = data.lines.map(({ values }) => values);
  const { times, lines } = withGaps(data.at, data.spans, values);
  const plot = new Plot(options(Plot, data, ground, new Set()), [times, ...lines], place);
  // It draws at the end of the turn.
  await new Promise((drawn) => setTimeout(drawn));
  const address = plot.ctx.canvas.toDataURL("image/png");
  plot.destroy();
  return address;
}
