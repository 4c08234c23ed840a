/**
 * Where the page takes clicks: every element with `data-hit`. In the desktop
 * window clicks go through the picture except there, so the window is told
 * where that is, whenever it changes. A page without controls costs nothing
 * but one question a change.
 */
import type { Rect } from "../shared/shell";

/** The controls are measured at most this often, ms. */
export const EVERY_MS = 100;
/** Controls that stand still are measured this often, ms: not every move is a change of the page. */
export const STILL_MS = 1_000;

export class Hits {
  readonly #root: HTMLElement;
  readonly #tell: (rects: readonly Rect[]) => Promise<void>;
  #told = "";
  #last = Number.NEGATIVE_INFINITY;
  #due = Number.POSITIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Tells once at the start, with or without controls; what was not taken is told again. */
  constructor(root: HTMLElement, tell: (rects: readonly Rect[]) => Promise<void>) {
    this.#root = root;
    this.#tell = tell;
    const watch = { subtree: true, childList: true, attributes: true, characterData: true };
    new MutationObserver(() => this.#soon(0)).observe(root, watch);
    window.addEventListener("resize", () => this.#soon(0));
    this.#soon(0);
  }

  /** Measures after `wait` ms, sooner if that is due already, never too often. */
  #soon(wait: number): void {
    const due = Math.max(performance.now() + wait, this.#last + EVERY_MS);
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#measure(), due - performance.now());
  }

  #measure(): void {
    this.#due = Number.POSITIVE_INFINITY;
    this.#last = performance.now();
    const rects = measure(this.#root);
    const now = JSON.stringify(rects);
    const moved = now !== this.#told;
    if (moved) {
      this.#told = now;
      this.#tell(rects).catch(() => {
        this.#told = "";
        this.#soon(STILL_MS);
      });
    }
    // What moved may still be moving: by an animation, which changes no element.
    if (rects.length > 0) this.#soon(moved ? EVERY_MS : STILL_MS);
  }
}

/** The parts of the controls that are inside the page, in whole px outwards. */
export function measure(root: HTMLElement): Rect[] {
  const rects: Rect[] = [];
  for (const element of root.querySelectorAll("[data-hit]")) {
    const box = element.getBoundingClientRect();
    const left = Math.max(0, Math.floor(box.left));
    const top = Math.max(0, Math.floor(box.top));
    const width = Math.min(innerWidth, Math.ceil(box.right)) - left;
    const height = Math.min(innerHeight, Math.ceil(box.bottom)) - top;
    if (width > 0 && height > 0) rects.push([left, top, width, height]);
  }
  return rects;
}
