/** Codes of emotes: what one may be, and one out of a file's name. */

/** Most characters of a code; core's `emote::CODE_LIMIT`. */
export const CODE_LIMIT = 32;
const CODE = /^[A-Za-z0-9_-]{1,32}$/;

/** Whether a text can stand between the colons. */
export function isCode(text: string): boolean {
  return CODE.test(text);
}

/** A code for a file or an address, unlike those in use: `Cat jam (2).gif` is `Cat_jam_2`. */
export function codeFor(name: string, used: (code: string) => boolean): string {
  const bare = name
    .replace(/[?#].*$/, "")
    .replace(/^.*[/\\]/, "")
    .replace(/\.[^.]*$/, "");
  const plain = bare
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9_-]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, CODE_LIMIT - 4);
  const first = plain || "emote";
  let code = first;
  for (let n = 2; used(code); n += 1) code = `${first}${n}`;
  return code;
}
