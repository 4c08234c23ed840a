/**
 * The emotes in use on this page, and how text with them is drawn as elements.
 *
 * What moves does so by the clock of the document, so equal emotes move as
 * one; at most `MOVING` move at once, the oldest hold still first.
 */
import { h } from "./dom";
import { byCode, duration, fragments } from "./fragments";
import type { Emote } from "./wire";

/** Most emotes that move on one page at once. */
export const MOVING = 40;
/** Most sheets kept decoded for a canvas; the one asked for longest ago goes. */
const SHEETS = 200;

let known: ReadonlyMap<string, Emote> = new Map();
let still = false;
/** Those that move now, oldest first. */
const moving: { element: Element; motion: Animation }[] = [];
const sheets = new Map<string, HTMLImageElement>();

/** Every emote, by code. */
export function emotes(): ReadonlyMap<string, Emote> {
  return known;
}

/** Replaces every emote; text that is drawn already keeps its own. */
export function setEmotes(all: readonly Emote[]): void {
  known = byCode(all);
}

/** Holds every emote still, or lets new ones move again (the comfort setting). */
export function holdEmotes(on: boolean): void {
  still = on;
  if (on) for (const { motion } of moving.splice(0)) hold(motion);
}

/** The text as children of an element, its emotes as pictures. */
export function withEmotes(text: string): (HTMLElement | string)[] {
  return fragments(text, known).map((part) =>
    part.kind === "text" ? part.text : emoteImage(part.emote),
  );
}

/** An element that shows the emote in the height of its line, class `emote`. */
export function emoteImage(emote: Emote): HTMLElement {
  const { code, src, width, height, frames } = emote;
  const name = `:${code}:`;
  // Without its picture it is the text it was.
  const on = { error: () => element.replaceWith(name) };
  const picture = h("img", { class: "emote-picture", alt: name, src, decoding: "async", on });
  const element: HTMLElement = h(
    "span",
    {
      class: "emote",
      title: name,
      "data-code": code,
      style: { "aspect-ratio": `${width} / ${height}` },
    },
    picture,
  );
  if (frames) {
    const rows = Math.ceil(frames.count / frames.columns);
    picture.style.width = `${frames.columns * 100}%`;
    picture.style.height = `${rows * 100}%`;
    move(element, picture, emote);
  }
  return element;
}

/** The picture or sheet of an emote for a canvas; draw it once it is `complete`. */
export function emoteSheet({ src }: Emote): HTMLImageElement {
  const sheet = sheets.get(src) ?? h("img", { alt: "", src, decoding: "async" });
  // Put in again, so that the first is always the one asked for longest ago.
  sheets.delete(src);
  sheets.set(src, sheet);
  if (sheets.size > SHEETS) {
    const [oldest] = sheets.keys();
    if (oldest !== undefined) sheets.delete(oldest);
  }
  return sheet;
}

function move(element: Element, picture: HTMLElement, emote: Emote): void {
  const { frames } = emote;
  const { matches: calm } = matchMedia("(prefers-reduced-motion: reduce)");
  if (!frames || still || calm || typeof picture.animate !== "function") return;
  const rows = Math.ceil(frames.count / frames.columns);
  const whole = duration(emote);
  let passed = 0;
  const steps = frames.ms.map((ms, index): Keyframe => {
    const offset = passed / whole;
    passed += ms;
    const x = ((index % frames.columns) / frames.columns) * -100;
    const y = (Math.floor(index / frames.columns) / rows) * -100;
    return { offset, transform: `translate(${x}%, ${y}%)`, easing: "step-end" };
  });
  steps.push({ offset: 1, transform: steps[0]?.transform });
  const motion = picture.animate(steps, { duration: whole, iterations: Number.POSITIVE_INFINITY });
  motion.startTime = 0;
  moving.push({ element, motion });
  if (moving.length > MOVING) thin();
}

/** Forgets those that left the page, then holds the oldest until it is few enough. */
function thin(): void {
  // One made a moment ago may still be on its way into the page.
  const old = moving.length - MOVING / 4;
  const gone = moving.filter(({ element }, index) => index < old && !element.isConnected);
  const few = moving.filter((one) => !gone.includes(one));
  gone.push(...few.splice(0, Math.max(0, few.length - MOVING)));
  for (const { motion } of gone) hold(motion);
  moving.splice(0, moving.length, ...few);
}

/** On its first frame. */
function hold(motion: Animation): void {
  motion.cancel();
}
