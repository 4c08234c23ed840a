/**
 * How much there is to read in a line: characters, a wide one (Han, kana,
 * hangul, emoji) counting twice, marks on another one not at all.
 */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}\uff01-\uff60]/u;
const MARK = /\p{M}|\p{Cf}|\p{Emoji_Modifier}/u;

export function letters(text: string): number {
  let sum = 0;
  for (const character of text) {
    // ASCII needs no look-up and is most of what is written.
    if (character < "\x7f") sum += 1;
    else if (!MARK.test(character)) sum += WIDE.test(character) ? 2 : 1;
  }
  return sum;
}
