/** Facts about typed text that browsers and the server see differently. */

/** Whether a key still belongs to an input method: Safari ends composing before its Enter. */
export function composing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Characters as the server counts them. */
export function length(text: string): number {
  return [...text].length;
}
