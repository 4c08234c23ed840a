/** A goal: a bar that fills. */
import { directionOf } from "../../danmaku/direction";
import { h } from "../../shared/dom";
import { grouped } from "../../shared/format";
import { short } from "../words/figures";
import { bar, figure, type Made, type Of, words } from "./part";

export function goal(first: Of<"goal">): Made<Of<"goal">> {
  const title = words("goal-title", "");
  const value = h("div", { class: "goal-value" });
  const fill = bar("goal-bar");
  const element = h(
    "div",
    { class: "goal" },
    h("div", { class: "goal-head" }, title, value),
    fill.element,
  );
  function update(placard: Of<"goal">): void {
    element.dir = directionOf(placard.title);
    title.textContent = placard.title;
    const written = (n: number) => (placard.target >= 100_000 ? short(n) : grouped(n));
    figure(value, `${written(placard.value)} / ${written(placard.target)}`);
    fill.fill(placard.value / placard.target);
    element.dataset.unit = placard.unit;
    element.dataset.state = placard.value >= placard.target ? "reached" : "open";
  }
  update(first);
  return { element, update };
}
