/**
 * The like counter and its hearts: at most ten in the air, one every 100 ms.
 * Taps beyond that are in the number only.
 */
import { h, svg } from "../shared/dom";
import type { PlaceLook } from "../shared/wire";
import { isCalm, pop } from "./motion";
import { short } from "./words/figures";

/** Most hearts in the air. */
export const HEARTS = 10;
/** Least time between two, ms. */
export const HEART_EVERY_MS = 100;
const RISE_MS = 1_700;
const HEART =
  "M12 21C5.6 16.2 2 12.6 2 8.4 2 5.4 4.4 3 7.3 3 9.1 3 10.9 3.9 12 5.4 13.1 3.9 14.9 3 16.7 3 19.6 3 22 5.4 22 8.4 22 12.6 18.4 16.2 12 21Z";
const COLOURS = ["#ff5c8a", "#ff8a5c", "#ffc857", "#d79bff", "#5cd6f5", "#ff94cc"] as const;

export class Likes {
  readonly #hearts = h("div", { class: "hearts" });
  readonly #total = h("span", { class: "like-total" });
  readonly element = h(
    "div",
    { class: "like-counter" },
    this.#hearts,
    heart("like-mark"),
    this.#total,
  );
  #flying = 0;
  #pending = 0;
  #count = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    this.element.hidden = true;
  }

  update(total: number, look: PlaceLook): void {
    this.element.hidden = !look.on || total === 0;
    this.element.dataset.corner = look.corner;
    if (this.element.hidden) this.clear();
    const text = total === 0 ? "" : short(total);
    if (text === this.#total.textContent) return;
    this.#total.textContent = text;
    if (!this.element.hidden) pop(this.#total);
  }

  /** `taps` more hearts, as far as there is room. */
  add(taps: number): void {
    if (this.element.hidden || document.hidden || isCalm()) return;
    this.#pending = Math.min(HEARTS, this.#pending + taps);
    if (this.#timer === undefined) this.#next();
  }

  /** Takes all hearts off. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#pending = 0;
    this.#flying = 0;
    this.#hearts.replaceChildren();
  }

  #next(): void {
    this.#timer = undefined;
    if (this.#pending === 0) return;
    if (this.#flying < HEARTS) {
      this.#pending -= 1;
      this.#release();
    }
    this.#timer = setTimeout(() => this.#next(), HEART_EVERY_MS);
  }

  #release(): void {
    const element = heart("heart");
    const way = this.element.dataset.corner?.startsWith("top") ? 1 : -1;
    // Spread by the golden ratio: even, never the same twice in a row.
    const spread = (this.#count * 0.618) % 1;
    const side = (spread - 0.5) * 2;
    element.style.color = COLOURS[this.#count % COLOURS.length] ?? COLOURS[0];
    this.#count += 1;
    this.#flying += 1;
    this.#hearts.append(element);
    const at = (x: number, y: number, size: number) =>
      `translate(${x * side}em, ${y * way}em) scale(${size}) rotate(${side * 14}deg)`;
    const flight = element.animate(
      [
        { transform: at(0, 0, 0.3), opacity: 0 },
        { transform: at(0.5, 1.6, 1), opacity: 1, offset: 0.18 },
        { transform: at(-0.3, 4.4, 0.94), opacity: 0.9, offset: 0.6 },
        { transform: at(0.9, 7.4, 0.8), opacity: 0 },
      ],
      { duration: RISE_MS, easing: "cubic-bezier(0.25, 0.6, 0.5, 1)" },
    );
    flight.onfinish = () => {
      if (element.parentNode !== this.#hearts) return;
      element.remove();
      this.#flying -= 1;
    };
  }
}

function heart(name: string): SVGSVGElement {
  return svg(
    "svg",
    { class: name, viewBox: "0 0 24 24", "aria-hidden": "true" },
    svg("path", { d: HEART }),
  );
}
