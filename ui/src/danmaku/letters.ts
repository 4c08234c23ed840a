/**
 * How much there is to read in a line: characters, a wide one (Han, kana,
 * hangul, emoji) counting twice, marks on another one not at all.
 */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\uff01-\uff60]/u;
const MARK = /\p{M}|\p{Cf}|\p{Emoji_Modifier}/u;

/** Most of a name that is drawn, as `letters` counts: the words behind it have to be read. */
export const NAME_LETTERS = 22;

export function letters(text: string): number {
  let sum = 0;
  for (const character of text) {
    // ASCII needs no look-up and is most of what is written.
    if (character < "\x7f") sum += 1;
    else if (!MARK.test(character)) sum += WIDE.test(character) ? 2 : 1;
  }
  return sum;
}

/** The name, cut between whole characters and ended by "…" where it is more than `NAME_LETTERS`. */
export function shortName(name: string): string {
  if (letters(name) <= NAME_LETTERS) return name;
  let [short, room] = ["", NAME_LETTERS - 1];
  for (const character of characters(name)) {
    room -= letters(character);
    if (room < 0) break;
    short += character;
  }
  return `${short.trimEnd()}…`;
}

/** What a reader takes for characters: a family emoji is one. */
export function characters(text: string): string[] {
  if (!("Segmenter" in Intl)) return Array.from(text);
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
