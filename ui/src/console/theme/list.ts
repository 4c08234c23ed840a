/** The themes there are, for every part of the console that offers them. */

/** A theme by its id, and what people call it. */
export interface Themed {
  readonly id: string;
  readonly name: string;
}

const SHIPPED: readonly Themed[] = [
  { id: "glass", name: "Glass" },
  { id: "broadcast", name: "Broadcast" },
  { id: "pixel", name: "Pixel" },
  { id: "contrast", name: "Contrast" },
];

const hearers = new Set<(themes: readonly Themed[]) => void>();
let themes = SHIPPED;

/** Tells `hear` the themes there are, now and whenever they change. */
export function onThemes(hear: (themes: readonly Themed[]) => void): void {
  hearers.add(hear);
  hear(themes);
}

/** These are the themes now. */
export function setThemes(now: readonly Themed[]): void {
  themes = now;
  for (const hear of hearers) hear(themes);
}
