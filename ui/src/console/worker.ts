/** Who works at this console: several helpers may share one token. */

const KEY = "surtitle.worker";
/** Most characters of a name, as the server has it. */
export const NAME_LIMIT = 24;

/** The name kept in this browser; empty for the token's own. */
export function workerName(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** Keeps a name from now on; an empty one forgets it. */
export function keepWorkerName(name: string): void {
  const clean = [...name.trim()].slice(0, NAME_LIMIT).join("");
  try {
    if (clean === "") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, clean);
  } catch {
    // Storage is switched off: the token's own name stands.
  }
}
