import { words } from "./words/refused";

/** A refusal by its code in the page's language; one without, or unknown here, as it was said. */
export function refusal(text: string, code: number | undefined): string {
  return (code !== undefined && words[code]?.(text)) || text;
}
