/**
 * One chart: lines over time on a canvas, with words beside it for those who
 * do not see it. Arrow keys walk through time; each step is told.
 */
import type UPlot from "uplot";
import { h } from "../../shared/dom";
import { put } from "../put";
import type { Stroke } from "./palette";
import { type Data, isShort, type Line, loadLibrary, NARROW, options } from "./plot";
import { withGaps } from "./series";
import { words } from "./words";

export interface Chart {
  readonly element: HTMLElement;
  draw: (data: Data) => void;
  destroy: () => void;
}

/** Height of the canvas, px. */
const HEIGHT = 180;
export function createChart(name: string, title: string): Chart {
  const summary = h("p", { class: "chart-summary", "data-test": `summary-${name}` });
  const legend = h("ul", { class: "chart-legend" });
  const place = h("div", { class: "chart-place" });
  const plot = h(
    "div",
    {
      class: "chart-plot",
      tabindex: 0,
      role: "slider",
      "aria-label": title,
      "aria-valuemin": 0,
      "aria-valuemax": 0,
      "aria-valuenow": 0,
      "data-test": `chart-${name}`,
      on: { keydown: walk },
    },
    place,
  );
  const element = h("figure", { class: "panel chart" }, h("h2", {}, title), summary, plot, legend);

  let drawn: UPlot | undefined;
  let shape = "";
  let data: Data | undefined;
  let times: number[] = [];
  let columns: (number | null)[][] = [];
  let row: number | undefined;
  let gone = false;
  const hidden = new Set<string>();
  const readouts: HTMLElement[] = [];

  /** What makes a new plot necessary: other lines, other colours, other shape. */
  function shapeOf({ at, lines }: Data): string {
    const scheme = document.documentElement.dataset.scheme ?? "";
    return JSON.stringify([
      lines.map(({ label, right }) => [label, right]),
      scheme,
      isNarrow(),
      isShort(at),
    ]);
  }

  const isNarrow = () => place.clientWidth < NARROW;

  async function draw(next: Data): Promise<void> {
    data = next;
    const values = next.lines.map(({ values }) => values);
    ({ times, lines: columns } = withGaps(next.at, next.spans, values));
    put(summary, next.summary);
    plot.hidden = next.lines.length === 0;
    plot.setAttribute("aria-valuemax", String(Math.max(0, times.length - 1)));
    if (row !== undefined && row >= times.length) row = undefined;
    // A reader on the chart is not talked to every second.
    if (row === undefined && document.activeElement !== plot) tell(undefined);
    if (next.lines.length === 0) {
      legend.replaceChildren();
      shape = "";
      return;
    }
    const Plot = await loadLibrary();
    // A newer one, or the end, came while the library was loaded.
    if (gone || data !== next || place.clientWidth === 0) return;
    const wanted = shapeOf(next);
    if (wanted !== shape || !drawn) {
      shape = wanted;
      drawn?.destroy();
      buildLegend(next.lines);
      drawn = made(Plot, next);
    } else {
      drawn.batch(() => {
        drawn?.setData([times, ...columns], false);
        drawn?.setScale("x", { min: next.from / 1_000, max: next.to / 1_000 });
      });
    }
    read(row ?? times.length - 1);
  }

  /** The plot with its cursor's row in the legend. */
  function made(Plot: typeof UPlot, next: Data): UPlot {
    const style = getComputedStyle(element);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const ground = { width: place.clientWidth, height: HEIGHT, colour };
    const setCursor = (u: UPlot) => {
      const at = u.cursor.idx;
      const over = typeof at === "number" && (u.cursor.left ?? -1) >= 0;
      read(over ? at : (row ?? times.length - 1));
    };
    const wanted = { ...options(Plot, next, ground, hidden), hooks: { setCursor: [setCursor] } };
    return new Plot(wanted, [times, ...columns], place);
  }

  function buildLegend(lines: readonly Line[]): void {
    readouts.length = 0;
    legend.replaceChildren(
      ...lines.map((line, i) => {
        const value = h("b");
        readouts.push(value);
        const button = h(
          "button",
          {
            type: "button",
            class: "bare chart-key",
            "aria-pressed": String(!hidden.has(line.label)),
            on: {
              click() {
                if (!hidden.delete(line.label)) hidden.add(line.label);
                const on = !hidden.has(line.label);
                button.setAttribute("aria-pressed", String(on));
                drawn?.setSeries(i + 1, { show: on });
              },
            },
          },
          swatch(line.stroke),
          h("span", { dir: "auto" }, line.label),
          value,
        );
        return h("li", {}, button);
      }),
    );
  }

  /** Puts the values of a row beside the names of the lines. */
  function read(at: number): void {
    data?.lines.forEach((line, i) => {
      const value = columns[i]?.[at];
      const readout = readouts[i];
      if (readout) put(readout, value === null || value === undefined ? "–" : line.say(value));
    });
  }

  /** Tells the row that the keys stand on, or nothing more. */
  function tell(at: number | undefined): void {
    row = at;
    const last = Math.max(0, times.length - 1);
    plot.setAttribute("aria-valuenow", String(at ?? last));
    const time = times[at ?? last];
    const values = data?.lines.map(({ label, say }, i) => {
      const value = columns[i]?.[at ?? last];
      return `${label} ${value === null || value === undefined ? "–" : say(value)}`;
    });
    const text = time === undefined ? words.nothing : words.row(time * 1_000, values ?? []);
    plot.setAttribute("aria-valuetext", text);
  }

  function walk(event: KeyboardEvent): void {
    const last = times.length - 1;
    const now = row ?? last;
    const steps: Record<string, number> = {
      ArrowLeft: now - 1,
      ArrowRight: now + 1,
      PageUp: now - 10,
      PageDown: now + 10,
      Home: 0,
      End: last,
    };
    const next = steps[event.key];
    if (next === undefined || last < 0) {
      if (event.key === "Escape" && row !== undefined) {
        event.preventDefault();
        tell(undefined);
        drawn?.setCursor({ left: -10, top: -10 });
      }
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    const at = Math.min(last, Math.max(0, next));
    tell(at);
    read(at);
    const time = times[at];
    if (drawn && time !== undefined) {
      drawn.setCursor({ left: drawn.valToPos(time, "x"), top: 0 }, false);
    }
  }

  const again = () => {
    if (data) void draw(data);
  };
  const sizes = new ResizeObserver(() => {
    const width = place.clientWidth;
    if (width === 0) return;
    if (drawn && drawn.width !== width) drawn.setSize({ width, height: HEIGHT });
    if (data && shapeOf(data) !== shape) again();
  });
  sizes.observe(place);
  const schemes = new MutationObserver(again);
  schemes.observe(document.documentElement, { attributeFilter: ["data-scheme"] });

  return {
    element,
    draw: (next) => void draw(next),
    destroy() {
      gone = true;
      sizes.disconnect();
      schemes.disconnect();
      drawn?.destroy();
    },
  };
}

/** A short piece of the line. */
function swatch({ colour, dash }: Stroke): HTMLElement {
  return h("i", {
    class: "chart-swatch",
    "aria-hidden": "true",
    "data-dashed": dash.length > 0,
    style: { "--swatch": `var(${colour})` },
  });
}
