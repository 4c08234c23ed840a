/**
 * Movement of things that stand on the picture: transforms and opacity only,
 * nothing that loops. Coming in is CSS (`overlay.css`), so that themes can
 * change it.
 */
import type { Motion } from "../shared/wire";
import { areaOf } from "./comfort/entry";
import { flashes } from "./comfort/flash";
import { isStill } from "./comfort/still";

/** How long `leaving` in overlay.css takes, ms. */
const LEAVE_MS = 160;
const GLIDE: KeyframeAnimationOptions = { duration: 220, easing: "cubic-bezier(0, 0, 0.2, 1)" };
const POP: KeyframeAnimationOptions = { duration: 180, easing: "ease-in-out" };
/** A theme that moves in steps shows this many places on the way. */
const STEPS = "steps(4, end)";

const gliding = new WeakMap<Element, Animation>();
let motion: Motion = "glide";

/** Things move as a theme wants it from now on. */
export function moveAs(style: Motion): void {
  motion = style;
}

/** Whether the system asks for less movement, or the theme only fades. */
export function isCalm(): boolean {
  return motion === "fade" || isStill();
}

function paced(options: KeyframeAnimationOptions): KeyframeAnimationOptions {
  return motion === "step" ? { ...options, easing: STEPS } : options;
}

/**
 * Runs `change`; whatever of `selector` it moved glides from its old place to
 * the new one. What is new comes along with the one before it.
 */
export function glide(root: Element, selector: string, change: () => void): void {
  if (isCalm() || motion === "cut" || document.hidden) {
    change();
    return;
  }
  const before = places(root, selector);
  change();
  for (const element of before.keys()) gliding.get(element)?.cancel();
  const moves = new Map<Element, number>();
  for (const [element, place] of places(root, selector)) {
    const old = before.get(element);
    const along = moves.get(element.previousElementSibling ?? element) ?? 0;
    moves.set(element, old === undefined ? along : old - place);
  }
  for (const [element, by] of moves) {
    if (Math.abs(by) < 1) continue;
    const from = { transform: `translateY(${by}px)` };
    gliding.set(element, element.animate([from, { transform: "none" }], paced(GLIDE)));
  }
}

/** Where everything that stands is on the screen, animations included. */
function places(root: Element, selector: string): Map<Element, number> {
  const places = new Map<Element, number>();
  for (const element of root.querySelectorAll(`:is(${selector}):not(.leaving)`)) {
    const { top, height } = element.getBoundingClientRect();
    if (height > 0) places.set(element, top);
  }
  return places;
}

/** Takes an element off: out of the layout at once, out of sight 160 ms later. */
export function leave(element: HTMLElement): void {
  const { offsetTop, offsetLeft, offsetWidth, offsetHeight } = element;
  if (document.hidden || offsetHeight === 0 || motion === "cut") {
    element.remove();
    return;
  }
  element.classList.add("leaving");
  Object.assign(element.style, {
    position: "absolute",
    margin: "0",
    top: `${offsetTop}px`,
    left: `${offsetLeft}px`,
    width: `${offsetWidth}px`,
  });
  setTimeout(() => element.remove(), LEAVE_MS);
}

/** A number that has changed. */
export function pop(element: Element): void {
  if (isCalm() || motion === "cut" || document.hidden) return;
  if (element.getAnimations?.().some((animation) => animation.playState === "running")) return;
  if (!flashes.entry(performance.now(), areaOf(element))) return;
  element.animate(
    [{ transform: "scale(1)" }, { transform: "scale(1.12)" }, { transform: "scale(1)" }],
    paced(POP),
  );
}
