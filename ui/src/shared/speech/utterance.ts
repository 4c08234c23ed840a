/** A line as a browser is asked to say it, and the voices it has. */
import type { Language, Look } from "../wire";

/** Asked this often, and this many times, for voices that are not there yet, ms. */
const ASK_EVERY_MS = 100;
const ASKS = 15;

/** The line in the voice of that name, else in one of the line's language, else in the browser's own. */
export function utterance(
  text: string,
  look: Pick<Look["speech"], "voice" | "volume" | "rate">,
  voices: readonly SpeechSynthesisVoice[],
  home: Language,
): SpeechSynthesisUtterance {
  const words = new SpeechSynthesisUtterance(text);
  const language = languageOf(text, home);
  const voice =
    voices.find(({ name }) => name === look.voice) ??
    voices.find(({ lang }) => language !== "" && lang.toLowerCase().startsWith(language));
  if (voice) words.voice = voice;
  if (language) words.lang = voice?.lang ?? language;
  words.volume = look.volume / 100;
  words.rate = look.rate / 100;
  return words;
}

/** The voices of this browser. Chromium names them a moment after it was first asked; none after 1.5 s. */
export async function voicesOf(
  engine: SpeechSynthesis | undefined,
): Promise<readonly SpeechSynthesisVoice[]> {
  if (!engine) return [];
  let voices = engine.getVoices();
  for (let asked = 1; voices.length === 0 && asked < ASKS; asked += 1) {
    await new Promise((next) => setTimeout(next, ASK_EVERY_MS));
    voices = engine.getVoices();
  }
  return voices;
}

/**
 * The language a line is probably in, by its letters; empty for the page's own.
 * Han signs alone are read as where the picture is at home.
 */
export function languageOf(line: string, home: Language = "en"): string {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(line)) return "ja";
  if (/\p{Script=Hangul}/u.test(line)) return "ko";
  if (/\p{Script=Han}/u.test(line)) return home === "ja" ? "ja" : "zh";
  if (/\p{Script=Arabic}/u.test(line)) return "ar";
  if (/\p{Script=Cyrillic}/u.test(line)) return "ru";
  if (/\p{Script=Thai}/u.test(line)) return "th";
  return "";
}
