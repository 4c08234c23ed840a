/** Announcements along the bottom, one line after the other by the clock. */
import { directionOf } from "../../danmaku/direction";
import { h } from "../../shared/dom";
import { words } from "../words/language";
import { emotive, type Made, type Of } from "./part";

/** How long a line stays, ms. */
const LINE_MS = 7_000;

export function ticker(first: Of<"ticker">): Made<Of<"ticker">> {
  const element = h("div", { class: "ticker" });
  let lines: readonly string[] = [];
  let shown = "";
  function update(placard: Of<"ticker">): void {
    const { enter } = placard;
    lines = enter ? placard.lines.map((line) => entered(line, enter.keyword)) : placard.lines;
  }
  update(first);
  return {
    element,
    update,
    tick(now) {
      const line = lines[Math.floor(now / LINE_MS) % Math.max(1, lines.length)] ?? "";
      if (line !== shown) {
        shown = line;
        element.dir = directionOf(line);
        element.replaceChildren(emotive("ticker-line", line));
      }
      return lines.length > 1 ? LINE_MS - (now % LINE_MS) : undefined;
    },
  };
}

/** A lottery, and how to enter it. */
function entered(title: string, keyword: string | undefined): string {
  const { enterByWord, enterByButton } = words();
  return keyword === undefined ? enterByButton(title) : enterByWord(title, keyword);
}
