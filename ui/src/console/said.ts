/**
 * What the server says in English sentences, in the page's language.
 *
 * The sentences are few and fixed but for names, addresses and reasons, which
 * stand as {}, in the same order in every language. One that is not known stays as it was said.
 */

/** Sentences by the English one; empty in English. */
export type Sentences = Readonly<Record<string, string>>;

/** What to ask for a sentence of the server's. */
export function createSaid(sentences: Sentences): (sentence: string) => string {
  const patterns = Object.entries(sentences)
    .filter(([english]) => english.includes("{}"))
    .map(([english, said]) => {
      const parts = english.split("{}").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
      return { form: new RegExp(`^${parts.join("(.+?)")}$`), said };
    });

  function said(sentence: string): string {
    const whole = sentences[sentence];
    if (whole !== undefined) return whole;
    for (const { form, said: pattern } of patterns) {
      const gaps = form.exec(sentence)?.slice(1).map(said);
      if (gaps) return pattern.replace(/\{\}/g, () => gaps.shift() ?? "");
    }
    return sentence;
  }
  return said;
}
