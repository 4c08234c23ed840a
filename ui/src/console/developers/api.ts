/** Asks the server about apps, with the console's own token. */

import { shellToken } from "../../shared/shell";
import { sentence } from "../control";
import type { Notice } from "../notices";
import { kept } from "../token";
import { words } from "./words";

/** Something the server refused, or the way to it. */
export class Refused extends Error {
  constructor(
    message: string,
    /** The stable code; `undefined` where no server answered. */
    readonly code: number | undefined,
  ) {
    super(message);
  }
}

/** The developers' interface. */
export interface Api {
  /** What is there; throws {@link Refused}. */
  get: <T>(path: string) => Promise<T>;
  /** What came of it; a file goes as it is, anything else as JSON. Throws {@link Refused}. */
  call: <T>(method: string, path: string, body?: unknown) => Promise<T>;
  /** A file that is text, as it is; throws {@link Refused}. */
  text: (path: string) => Promise<string>;
  /** Does something and shows a refusal; `undefined` then. */
  attempt: <T>(what: () => Promise<T>) => Promise<T | undefined>;
  /** The same for a look that is repeated: that no server answers, the light says already. */
  look: <T>(what: () => Promise<T>) => Promise<T | undefined>;
}

/** A path from parts that may hold anything. */
export function path(...parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${encodeURIComponent(part)}`).join("");
}

export function createApi(notify: (notice: Notice) => void): Api {
  async function ask(method: string, at: string, body?: unknown): Promise<Response> {
    const token = shellToken() ?? kept() ?? "";
    try {
      return await fetch(`/api${at}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined || body instanceof Blob
            ? {}
            : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      });
    } catch {
      throw new Refused(words.noAnswer, undefined);
    }
  }

  async function call<T>(method: string, at: string, body?: unknown): Promise<T> {
    const response = await ask(method, at, body);
    const said = await response.json().catch(() => undefined);
    if (response.ok && said !== undefined) return said as T;
    const { code, message } = (said ?? {}) as { code?: number; message?: string };
    throw new Refused(message ? sentence(message) : words.answered(response.status), code);
  }

  async function text(at: string): Promise<string> {
    const response = await ask("GET", at);
    if (!response.ok) throw new Refused(words.answered(response.status), undefined);
    return response.text();
  }

  async function tried<T>(what: () => Promise<T>, again: boolean): Promise<T | undefined> {
    try {
      return await what();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const known = again && error.code === undefined;
      if (!known) notify({ kind: "error", text: error.message, code: error.code });
      return undefined;
    }
  }

  return {
    get: (at) => call("GET", at),
    call,
    text,
    attempt: (what) => tried(what, false),
    look: (what) => tried(what, true),
  };
}
