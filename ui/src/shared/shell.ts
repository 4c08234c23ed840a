/**
 * What the desktop window tells its pages; the only file that knows of it.
 *
 * The window sets `window.__SURTITLE__` before any script of the page runs. In
 * a browser it is not there, and every page must work without it.
 */
declare global {
  interface Window {
    __SURTITLE__?: { token?: string; shell?: true };
  }
}

/** The token the window got from the server in its own process. */
export function shellToken(): string | undefined {
  return window.__SURTITLE__?.token || undefined;
}

/** Whether the page is in a window of the desktop program. */
export function isShell(): boolean {
  return window.__SURTITLE__?.shell === true;
}
