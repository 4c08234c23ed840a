/** What was said while a lesson was held, beside its replay. */
import "./said.css";
import { h } from "../shared/dom";
import type { SaidLine } from "../shared/wire";
import { words } from "../shared/words/board";
import type { Lesson } from "./lesson";

/** Most lines that are shown; older ones go. */
const LINES = 100;

export interface Said {
  readonly element: HTMLElement;
  /** More lines, later ones than before. */
  hear(lines: readonly SaidLine[], film: Lesson): void;
  /** Shows what had been said at a moment of the replay. */
  show(time: number): void;
}

export function createSaid(): Said {
  const lines: { line: SaidLine; at: number }[] = [];
  const list = h("ol", { class: "board-lines", "data-test": "replay-said" });
  const element = h(
    "aside",
    { class: "board-said", "aria-label": words.said, hidden: true },
    h("h2", {}, words.said),
    list,
  );
  /** How many lines had been said when last shown. */
  let shown = 0;

  return {
    element,
    hear(more, film) {
      for (const line of more) lines.push({ line, at: film.moment(line.at) });
      element.hidden = lines.length === 0;
    },
    show(time) {
      let now = shown;
      while (now < lines.length && (lines[now]?.at ?? 0) <= time) now += 1;
      while (now > 0 && (lines[now - 1]?.at ?? 0) > time) now -= 1;
      if (now === shown) return;
      shown = now;
      list.replaceChildren(
        ...lines
          .slice(Math.max(0, now - LINES), now)
          .map(({ line: { nick, text } }) =>
            h("li", {}, h("b", {}, h("bdi", {}, nick)), " ", text),
          ),
      );
      list.scrollTop = list.scrollHeight;
    },
  };
}
