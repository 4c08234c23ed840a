import { h } from "../shared/dom";
import { grouped } from "../shared/format";
import { put } from "./put";
import type { State } from "./state";
import { words } from "./words/picture";

/** The depth that fills a bar even if nothing is deeper. */
const FLOOR = 20;

/** What waits for the picture, by priority. */
export function createQueue(): { element: HTMLElement; update: (state: State) => void } {
  const bars = words.levels.map((label) => {
    const fill = h("span", { class: "bar-fill" });
    const value = h("b", {}, "0");
    const bar = h("span", { class: "bar", "aria-hidden": "true" }, fill);
    return { fill, value, row: h("li", {}, h("span", {}, label), bar, value) };
  });

  function update({ desk: { stats } }: State): void {
    if (!stats) return;
    const full = Math.max(FLOOR, ...stats.queue);
    bars.forEach(({ fill, value }, level) => {
      const depth = stats.queue[level] ?? 0;
      fill.style.transform = `scaleX(${depth / full})`;
      put(value, grouped(depth));
    });
  }

  const element = h(
    "section",
    { class: "panel queue-panel" },
    h("h2", {}, words.waiting),
    h("ul", { class: "bars" }, ...bars.map(({ row }) => row)),
  );
  return { element, update };
}
