/**
 * The language of a page: the reader's choice, else the browser's, else English.
 *
 * A page keeps its language for as long as it is loaded, so words are plain
 * values; the switch keeps the choice and loads the page again.
 */

/** Languages there are words in, each by its own name. */
export const LANGUAGES = { en: "English", "zh-Hans": "简体中文", ja: "日本語" } as const;

/** A language by its tag. */
export type Language = keyof typeof LANGUAGES;

const KEY = "surtitle.language";

/** The language of this page. */
export const language: Language = chosen() ?? fit(navigator.languages ?? [navigator.language]);

/**
 * The words of one part of a page in this page's language. English gives the
 * shape; a key that another language lacks is a type error.
 *
 * @example
 * export const words = inLanguage(
 *   { ask: "Ask", left: (n: number) => `${n} left` },
 *   { "zh-Hans": { ask: "提问", left: (n) => `还剩 ${n} 个` }, ja: { ask: "質問", left: (n) => `残り${n}` } },
 * );
 */
export function inLanguage<Words>(
  english: Words,
  others: Readonly<Record<Exclude<Language, "en">, NoInfer<Words>>>,
): Words {
  return language === "en" ? english : others[language];
}

/** The first of a reader's languages there are words in. */
export function fit(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const [first] = tag.toLowerCase().split("-");
    // Written Chinese of any region is read rather in short signs than in English.
    if (first === "zh") return "zh-Hans";
    if (first === "ja") return "ja";
    if (first === "en") return "en";
  }
  return "en";
}

/** Keeps a choice and loads the page again in it. */
export function speak(next: Language): void {
  try {
    localStorage.setItem(KEY, next);
  } catch {
    // Storage is switched off: the page stays as it is.
    return;
  }
  location.reload();
}

/** Tells the document, so that screen readers and fonts follow. */
export function markDocument(): void {
  document.documentElement.lang = language;
}

function chosen(): Language | undefined {
  try {
    const kept = localStorage.getItem(KEY);
    return kept !== null && Object.keys(LANGUAGES).includes(kept) ? (kept as Language) : undefined;
  } catch {
    return undefined;
  }
}
