/** A line half written: it outlives a page that loads itself again. */

const KEY = "surtitle.draft";

export function storedDraft(): string {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

export function storeDraft(text: string): void {
  try {
    if (text) sessionStorage.setItem(KEY, text);
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage is switched off: the line lasts as long as the page.
  }
}
