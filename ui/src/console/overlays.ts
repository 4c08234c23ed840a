/** Overlays as the console names, orders and links them. */

import type { DisplayInfo } from "../shared/wire";
import { words } from "./words/picture";

/** The overlay every installation starts with. */
export const MAIN = "main";

/** What an overlay may be called (the server refuses others). */
export const OVERLAY_NAME = /^[a-z0-9-]{1,32}$/;

/** The overlays with the main one first, the others in the order given. */
export function mainFirst(displays: readonly DisplayInfo[]): readonly DisplayInfo[] {
  const main = displays.filter(({ name }) => name === MAIN);
  return [...main, ...displays.filter(({ name }) => name !== MAIN)];
}

/** The address of an overlay page. */
export function overlayAddress(name: string): string {
  return new URL(`/overlay/${encodeURIComponent(name)}`, location.href).href;
}

/** The pages an overlay has, in words. */
export function pages({ pages: open, paired, voice }: DisplayInfo): string {
  const silent = voice === "blocked" ? words.silent : "";
  if (open > 0) return `${words.pages(open)}${silent}`;
  return paired > 0 ? words.noPage : words.notPaired;
}
