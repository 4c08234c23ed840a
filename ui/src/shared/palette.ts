/** Name colours: 12 hues, picked by user id, the same for everybody. */
import type { UserId } from "./wire";

export interface NameColour {
  /** On dark pages and with a black outline; at least 4.5:1 against black. */
  onDark: string;
  /** On light pages; at least 4.5:1 against white. */
  onLight: string;
}

export const PALETTE: readonly NameColour[] = [
  { onDark: "#ff8a80", onLight: "#b3261e" },
  { onDark: "#ffab6b", onLight: "#a04400" },
  { onDark: "#ffcb52", onLight: "#7d5700" },
  { onDark: "#e2dd55", onLight: "#646000" },
  { onDark: "#aee05a", onLight: "#3d6b00" },
  { onDark: "#62e08c", onLight: "#00703a" },
  { onDark: "#4fe0c6", onLight: "#006b5e" },
  { onDark: "#5cd6f5", onLight: "#00677d" },
  { onDark: "#82bcff", onLight: "#0b5cad" },
  { onDark: "#a9a6ff", onLight: "#5146c4" },
  { onDark: "#d79bff", onLight: "#8431b8" },
  { onDark: "#ff94cc", onLight: "#b01a72" },
];

const FALLBACK: NameColour = { onDark: "#ffffff", onLight: "#000000" };

/** The colour of a person's name. */
export function nameColour(user: UserId): NameColour {
  return PALETTE[hash(user) % PALETTE.length] ?? FALLBACK;
}

/** FNV-1a over UTF-16 units: the same number in every browser. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    sum = Math.imul(sum ^ text.charCodeAt(i), 0x01000193) >>> 0;
  }
  return (sum ^ (sum >>> 15)) >>> 0;
}
