/**
 * Text cut into fragments: what is text, and which emotes stand in it as
 * `:code:`. Pure. A code nobody knows stays the text it is.
 */
import type { Emote } from "./wire";

export type Fragment = { kind: "text"; text: string } | { kind: "emote"; emote: Emote };

/** One frame's place in its sheet, px. */
export interface FramePlace {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** What a code may be; `core::emote::is_code`. */
const CODE = /^[A-Za-z0-9_-]{1,32}$/;

/** Cuts `text`; put together again, with codes for emotes, it is the same text. */
export function fragments(text: string, emotes: ReadonlyMap<string, Emote>): Fragment[] {
  const cut: Fragment[] = [];
  let from = 0;
  let colon = emotes.size > 0 ? text.indexOf(":") : -1;
  while (colon >= 0) {
    const next = text.indexOf(":", colon + 1);
    if (next < 0) break;
    const emote = emotes.get(text.slice(colon + 1, next));
    if (emote) {
      if (colon > from) cut.push({ kind: "text", text: text.slice(from, colon) });
      cut.push({ kind: "emote", emote });
      from = next + 1;
      colon = text.indexOf(":", from);
    } else {
      // The second colon may open a known one.
      colon = next;
    }
  }
  if (from < text.length || cut.length === 0) cut.push({ kind: "text", text: text.slice(from) });
  return cut;
}

/** Emotes by code. One that a page must not draw, such as with an outside address, is left out. */
export function byCode(emotes: readonly Emote[]): ReadonlyMap<string, Emote> {
  return new Map(emotes.filter(isSound).map((emote) => [emote.code, emote]));
}

/** How long it takes until the first frame comes again, ms; 0 for a still one. */
export function duration({ frames }: Emote): number {
  return frames ? frames.ms.reduce((sum, ms) => sum + ms, 0) : 0;
}

/** Which frame is seen at `time`, ms of any clock; the same for everybody who asks. */
export function frameAt(emote: Emote, time: number): FramePlace {
  const { width, height, frames } = emote;
  if (!frames) return { x: 0, y: 0, width, height };
  let left = time % duration(emote);
  let index = 0;
  while (index < frames.count - 1 && left >= (frames.ms[index] ?? 0)) {
    left -= frames.ms[index] ?? 0;
    index += 1;
  }
  const column = index % frames.columns;
  return { x: column * width, y: ((index - column) / frames.columns) * height, width, height };
}

function isSound({ code, src, width, height, frames }: Emote): boolean {
  const isOurs = src.startsWith("/") && !src.startsWith("//") && !src.includes("\\");
  const moves =
    !frames ||
    (frames.count > 1 &&
      frames.columns > 0 &&
      frames.ms.length === frames.count &&
      frames.ms.every((ms) => ms >= 1));
  return CODE.test(code) && isOurs && width > 0 && height > 0 && moves;
}
