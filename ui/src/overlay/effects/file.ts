/** Fetches an effect's file, within bounds: a path of this server, its size, its time. */
import { apng, isPng } from "./apng";
import type { Film } from "./film";
import { lottieFilm } from "./lottie";
import { pictureFilm } from "./pictures";
import { isWebp, webp } from "./webp";

/** Largest file, bytes. */
export const LARGEST = 8 * 1024 * 1024;
/** Longest a file may take to come, ms. */
const PATIENCE_MS = 5_000;

/** Whether a gift's effect is a path this page may fetch. */
export function isEffect(path: string | undefined): path is string {
  return path !== undefined && /^\/(?:effects|image)\/[\w.-]{1,128}$/.test(path);
}

/** The film at `src`; `width` is the page's, px. Throws if it cannot be had. */
export async function openFilm(src: string, width: number, ended: AbortSignal): Promise<Film> {
  const bytes = await load(src, ended);
  if (isText(bytes)) return lottieFilm(JSON.parse(new TextDecoder().decode(bytes)), width);
  if (isPng(bytes)) return pictureFilm(apng(bytes));
  if (isWebp(bytes)) return pictureFilm(webp(bytes));
  throw new Error(`${src} is no kind of film that is known`);
}

async function load(src: string, ended: AbortSignal): Promise<Uint8Array> {
  const late = new AbortController();
  const stop = () => late.abort();
  const timer = setTimeout(stop, PATIENCE_MS);
  ended.addEventListener("abort", stop);
  try {
    const response = await fetch(src, { signal: late.signal });
    if (!response.ok || !response.body) throw new Error(`${src}: ${response.status}`);
    const parts: Uint8Array[] = [];
    let size = 0;
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > LARGEST) {
        stop();
        throw new Error(`${src} is larger than ${LARGEST} bytes`);
      }
      parts.push(value);
    }
    return joined(parts, size);
  } finally {
    clearTimeout(timer);
    ended.removeEventListener("abort", stop);
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** A JSON object begins with a brace, a picture never does. */
function isText(bytes: Uint8Array): boolean {
  return bytes.find((byte) => byte > 0x20) === 0x7b;
}
