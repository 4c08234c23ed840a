/** The viewer's token, kept by the browser so that a name outlives a reload. */

const KEY = "surtitle.viewer";

export function storedToken(): string | undefined {
  try {
    return localStorage.getItem(KEY) ?? undefined;
  } catch {
    // Storage is switched off: the name lasts as long as the page.
    return undefined;
  }
}

export function storeToken(token: string | undefined): void {
  try {
    if (token === undefined) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, token);
  } catch {
    // As above.
  }
}

/** Tells when another page of this browser took, changed or lost its name. */
export function onTokenElsewhere(then: () => void): void {
  window.addEventListener("storage", (event) => {
    if (event.key === KEY && event.newValue !== event.oldValue) then();
  });
}
