/** Controls that take text: a short line, a list of words. */

import { h } from "../shared/dom";
import { caption, type Field, type FieldEvents, testName } from "./field";
import type { TextSetting, WordsSetting } from "./settings";
import { words as catalogue } from "./words/look";

/** Most words of a list, and characters of one (core's `SpeechLook`). */
const WORDS = 60;
const WORD = 24;

export function textField(setting: TextSetting, { change, hold }: FieldEvents): Field {
  const { path, label, hint, longest } = setting;
  const id = testName(path);
  const field = h("input", {
    type: "text",
    id,
    maxlength: longest,
    spellcheck: "false",
    autocomplete: "off",
    "data-test": id,
  });
  field.addEventListener("focus", () => hold(path, true));
  field.addEventListener("blur", () => hold(path, false));
  field.addEventListener("input", () => change(path, field.value));
  return {
    path,
    element: h("div", { class: "field wide" }, caption(path, label, hint), field),
    set: (value) => {
      if (document.activeElement !== field) field.value = String(value);
    },
  };
}

/** Words between commas or on lines of their own. */
export function wordsField(setting: WordsSetting, { change, hold }: FieldEvents): Field {
  const { path, label, hint } = setting;
  const id = testName(path);
  const field = h("textarea", {
    id,
    rows: 2,
    maxlength: WORDS * (WORD + 2),
    placeholder: catalogue.someWords,
    spellcheck: "false",
    "data-test": id,
  });
  field.addEventListener("focus", () => hold(path, true));
  field.addEventListener("blur", () => hold(path, false));
  field.addEventListener("input", () => change(path, words(field.value)));
  return {
    path,
    element: h("div", { class: "field wide" }, caption(path, label, hint), field),
    set: (value) => {
      if (document.activeElement === field || !Array.isArray(value)) return;
      field.value = value.join(", ");
    },
  };
}

/** As the server keeps them: trimmed, lower case, each once, bounded. */
export function words(text: string): string[] {
  const all = text
    .split(/[,，、\n]/)
    .map((word) => [...word.trim().toLowerCase()].slice(0, WORD).join(""));
  return [...new Set(all)].filter((word) => word !== "").slice(0, WORDS);
}
