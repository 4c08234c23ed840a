/** The console's token in this browser. A page that may not store keeps it until it is closed. */

/** Where it is kept; the overlay's preview reads it from here too. */
export const TOKEN_KEY = "surtitle.console";

/** The token kept, if there is one. */
export function kept(): string | undefined {
  try {
    return localStorage.getItem(TOKEN_KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a token that was accepted. */
export function keep(token: string): void {
  try {
    localStorage.setItem(TOKEN_KEY, token);
  } catch {
    // Storage may be switched off; the line goes on without it.
  }
}

/** Forgets it. */
export function forget(): void {
  try {
    localStorage.removeItem(TOKEN_KEY);
  } catch {
    // Nothing was kept then.
  }
}
