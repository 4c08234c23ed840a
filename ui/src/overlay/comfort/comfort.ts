/** The comfort guard on the page: tells the parts what the look and the picture behind ask for. */
import type { Backdrop, Look } from "../../shared/wire";
import { areaOf } from "./entry";
import { flashes } from "./flash";
import { luminance, support } from "./plates";
import { setStill } from "./still";

/** Layers of text that stand on the picture with nothing of their own behind. */
const LAYERS = ".feed, .online-count, .like-counter";

/** Applies the switches; every layer asks them from now on. */
export function applyComfort(root: HTMLElement, { comfort }: Look): void {
  flashes.on = comfort.flash;
  setStill(comfort.still);
  root.classList.toggle("still", comfort.still);
}

/** Says on each layer of text under `root` what it needs behind it: `data-support`. */
export function supportText(root: HTMLElement, { comfort }: Look, grid: Backdrop | null): void {
  for (const layer of root.querySelectorAll<HTMLElement>(LAYERS)) {
    const needs = support(comfort.plates, inkOf(layer), grid, areaOf(layer));
    if (layer.dataset.support !== needs) layer.dataset.support = needs;
  }
}

/** Relative luminance of an element's text colour. */
function inkOf(element: Element): number {
  const [r = 255, g = 255, b = 255] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(
    Number,
  );
  return 0.2126 * luminance(r) + 0.7152 * luminance(g) + 0.0722 * luminance(b);
}
