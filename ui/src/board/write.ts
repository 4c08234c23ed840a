/** A field on the page for the words of a text. */
import { h } from "../shared/dom";
import { words } from "../shared/words/board";
import { FONT } from "./draw";
import type { Held } from "./hand";
import { HEIGHT, WIDTH } from "./ink";
import { css } from "./shape";

/** Most characters in a text on the board. */
const WORDS = 200;

/** Lets somebody write at a place; `done` gets what they wrote. */
export function writeAt(
  sheet: HTMLElement,
  x: number,
  y: number,
  { colour, width }: Held,
  done: (text: string) => void,
): void {
  const scale = sheet.clientWidth / WIDTH;
  const field = h("input", {
    class: "board-write",
    maxlength: WORDS,
    placeholder: words.write,
    "aria-label": words.write,
    "data-test": "board-write",
    style: {
      left: `${(x / WIDTH) * 100}%`,
      top: `${(y / HEIGHT) * 100}%`,
      color: css(colour),
      font: `600 ${Math.max(12, width * scale)}px ${FONT}`,
    },
  });
  let ended = false;
  const end = (keep: boolean) => {
    if (ended) return;
    ended = true;
    const text = field.value.trim();
    field.remove();
    if (keep && text !== "") done(text);
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && !event.isComposing) end(true);
    if (event.key === "Escape") end(false);
  });
  field.addEventListener("pointerdown", (event) => event.stopPropagation());
  field.addEventListener("blur", () => end(true));
  sheet.append(field);
  // Not yet: the press that opened it would take the focus again.
  requestAnimationFrame(() => field.focus());
}
