/** Cards and other large things come up softly where they would add to a flash. */
import { type Area, flashes } from "./flash";

/** What comes up by itself and may be large. */
const LARGE_THINGS = ".gift-card, .paid-card, .placard, .pinned";
const known = new WeakSet<Element>();

/** Sees to everything under `root` that has come since the last time. */
export function soften(root: Element): void {
  for (const element of root.querySelectorAll<HTMLElement>(LARGE_THINGS)) {
    if (known.has(element)) continue;
    known.add(element);
    // Inline, so that it wins over a theme's own way of coming in.
    if (!flashes.entry(performance.now(), areaOf(element)))
      element.style.animation = "appear 900ms";
  }
}

/** Where an element is, in parts of the picture. */
export function areaOf(element: Element): Area {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [across, down] = [Math.max(1, window.innerWidth), Math.max(1, window.innerHeight)];
  return { left: left / across, top: top / down, width: width / across, height: height / down };
}
