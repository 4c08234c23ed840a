/** The themes there are, for every part of the console that offers them. */

import type { Api } from "../developers/api";
import type { Themes } from "./types";

/** A theme by its id, and what people call it. */
export interface Themed {
  readonly id: string;
  readonly name: string;
}

/** Those of every server, until it has answered. */
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

/** Asks the server for the themes and tells everybody; `undefined` if it did not answer. */
export async function loadThemes(api: Api): Promise<Themes | undefined> {
  const found = await api.look(() => api.get<Themes>("/themes"));
  if (!found) return undefined;
  themes = found.themes;
  for (const hear of hearers) hear(themes);
  return found;
}
