/** The choice of the console's language. */
import { h } from "../shared/dom";
import { LANGUAGES, type Language, language, speak } from "../shared/words/language";
import { words } from "./words/frame";

/** A list of the languages, each by its own name; `id` is its element's and its test name. */
export function createLanguageChoice(id: string): HTMLSelectElement {
  const options = Object.entries(LANGUAGES).map(([tag, name]) =>
    h("option", { value: tag, lang: tag, selected: tag === language }, name),
  );
  const select = h("select", { id, "aria-label": words.language, "data-test": id }, ...options);
  select.addEventListener("change", () => speak(select.value as Language));
  return select;
}
