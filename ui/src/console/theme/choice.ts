/** Which theme an overlay wears: one of those there are. */

import { h } from "../../shared/dom";
import type { Field, FieldEvents } from "../field";
import type { ThemeSetting } from "../settings";
import { onThemes, type Themed } from "./list";

/** The control of a theme setting; `id` is its element's and its test name. */
export function createThemeChoice(
  { path, label }: ThemeSetting,
  id: string,
  { change }: FieldEvents,
): Field {
  const choice = h("select", { id, "data-test": id });
  let themes: readonly Themed[] = [];
  let value = "";

  function fill(): void {
    const known = themes.some((theme) => theme.id === value);
    const all = known || value === "" ? themes : [...themes, { id: value, name: value }];
    choice.replaceChildren(...all.map((theme) => h("option", { value: theme.id }, theme.name)));
    choice.value = value;
  }

  choice.addEventListener("change", () => {
    value = choice.value;
    change(path, value);
  });
  onThemes((next) => {
    themes = next;
    fill();
  });
  return {
    path,
    element: h("div", { class: "field" }, h("label", { class: "caption", for: id }, label), choice),
    set(next) {
      if (next === value) return;
      value = String(next);
      fill();
    },
  };
}
