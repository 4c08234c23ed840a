/** From a chat line to what is said, or to nothing. Pure. */
import { languageOf } from "../../shared/speech/utterance";
import type { Language, Look } from "../../shared/wire";
import { CATALOGUES } from "../words/catalogue";

const LINK =
  /(^|[^\w@.])(?:(?:https?:\/\/|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|tv|gg|me|ly|xyz|shop|live|info|co|cn|jp|kr|ru|de|uk)(?:\/\S*)?(?!\w))/giu;
const EMOTE = /:\w[\w-]{0,31}:/gu;
const EMOJI =
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u200d|\ufe0f|\u20e3/gu;
/** One sign four times and more; a word or a run of signs three times and more. Numbers stay. */
const DRAWN_OUT = /(\D)\1{3,}/gu;
const REPEATED = /([^\d\s]\S{1,39}?)(?:\s*\1){2,}/giu;

/** The words to say of a line; `null` if nothing of it is to be said. `home` is the picture's language. */
export function spoken(
  text: string,
  { length, words }: Look["speech"],
  home: Language = "en",
): string | null {
  const plain = text.normalize("NFKC");
  if (words.some((word) => has(plain.toLowerCase(), word))) return null;
  const said = plain
    .replace(LINK, `$1 ${linkIn(plain.replace(LINK, "$1"), home)} `)
    .replace(EMOTE, " ")
    .replace(EMOJI, "")
    .replace(DRAWN_OUT, "$1$1")
    .replace(REPEATED, "$1 $1")
    .replace(/\s+/gu, " ")
    .trim();
  if (!/[\p{L}\p{N}]/u.test(said)) return null;
  return cut(said, length);
}

/** A name as it is said; letters and digits only, at most 24. */
export function spokenName(nick: string): string {
  const name = nick
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}\p{M} ]+/gu, " ")
    .trim();
  return [...name.replace(DRAWN_OUT, "$1$1")].slice(0, 24).join("");
}

/** Whole words where letters stand between spaces, any place elsewhere. */
function has(line: string, word: string): boolean {
  if (!/^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]+$/u.test(word))
    return line.includes(word);
  return new RegExp(`(?:^|[^\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, "u").test(line);
}

/** At most `length` characters, cut between words where there are any near. */
function cut(line: string, length: number): string {
  const all = [...line];
  if (all.length <= length) return line;
  const kept = all.slice(0, length).join("");
  const space = kept.lastIndexOf(" ");
  return space > kept.length / 2 ? kept.slice(0, space) : kept;
}

/** What a link is called in a line whose rest is `rest`, so that one voice says the whole of it. */
function linkIn(rest: string, home: Language): string {
  const own = languageOf(rest, home);
  if (own === "ja" || own === "zh") return CATALOGUES[own === "ja" ? "ja" : "zh-Hans"].link;
  return CATALOGUES[/\p{L}/u.test(rest) ? "en" : home].link;
}
