/** Laser pointers: a dot for each, with a tail, that fades when it rests. */
import { h } from "../shared/dom";
import type { Laser } from "../shared/wire";
import { HEIGHT, WIDTH } from "./ink";

/** A dot that does not move is gone after this long, ms. */
const FADES = 900;

export class Lasers {
  readonly #sheet: HTMLElement;
  readonly #dots = new Map<string, { dot: HTMLElement; ends: ReturnType<typeof setTimeout> }>();

  constructor(sheet: HTMLElement) {
    this.#sheet = sheet;
  }

  /** Moves the dots of these people. */
  show(lasers: readonly Laser[]): void {
    for (const { by, x, y } of lasers) {
      const known = this.#dots.get(by);
      clearTimeout(known?.ends);
      const dot = known?.dot ?? h("i", { class: "board-laser", "data-test": "laser" });
      dot.style.left = `${(x / WIDTH) * 100}%`;
      dot.style.top = `${(y / HEIGHT) * 100}%`;
      if (!known) this.#sheet.append(dot);
      const ends = setTimeout(() => {
        dot.remove();
        this.#dots.delete(by);
      }, FADES);
      this.#dots.set(by, { dot, ends });
      // Starts the fading anew.
      dot.getAnimations().forEach((animation) => void animation.cancel());
      dot.animate([{ opacity: 1 }, { opacity: 1, offset: 0.4 }, { opacity: 0 }], {
        duration: FADES,
        fill: "forwards",
      });
    }
  }

  clear(): void {
    for (const { dot, ends } of this.#dots.values()) {
      clearTimeout(ends);
      dot.remove();
    }
    this.#dots.clear();
  }
}
