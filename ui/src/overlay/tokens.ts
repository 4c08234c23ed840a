/**
 * Which token an overlay page says `hello` with: the desktop window's, else
 * the one kept after pairing; the console's miniature uses the console's.
 */
import { shellToken } from "../shared/shell";

/** Where the console page keeps its token. */
const CONSOLE_KEY = "surtitle.console";

export class Tokens {
  /** Where this page's token is kept in localStorage. */
  readonly key: string;
  readonly #preview: boolean;
  readonly #refused = new Set<string>();
  /** What `keep` was given, for browsers that store nothing. */
  #memory: string | undefined;

  constructor(overlay: string, preview: boolean) {
    this.key = preview ? CONSOLE_KEY : `surtitle.display.${overlay}`;
    this.#preview = preview;
  }

  /** The best token that has not been refused. */
  current(): string | undefined {
    const own = this.#preview ? undefined : shellToken();
    return [own, this.#stored()].find((token) => token && !this.#refused.has(token)) || undefined;
  }

  /** The server does not accept the current one. The console's is not ours to delete. */
  refuse(): void {
    const token = this.current();
    if (token === undefined) return;
    this.#refused.add(token);
    if (!this.#preview && this.#stored() === token) storage()?.removeItem(this.key);
  }

  /** Keeps a token for the next start. */
  keep(token: string): void {
    this.#memory = token;
    try {
      storage()?.setItem(this.key, token);
    } catch {
      // A browser without room or leave to store: it holds until the reload.
    }
  }

  #stored(): string | undefined {
    return storage()?.getItem(this.key) ?? this.#memory;
  }
}

/** The browser's store; `null` where a page may not have one. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
