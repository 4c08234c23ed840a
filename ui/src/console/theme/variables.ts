/** Controls of a theme's variables: colours with their opacity, numbers, a font. */

import { h } from "../../shared/dom";
import { colour, ENOUGH, worst } from "./contrast";
import { localFonts } from "./local-fonts";
import { held, type NumberVariable, type Own, type Variable, withValue } from "./types";
import { words } from "./words";

/** The controls of `variables`; `change` gets the theme with another value. */
export function variableFields(
  variables: readonly Variable[],
  own: () => Own,
  change: (own: Own) => void,
): HTMLElement[] {
  return variables.map((variable) => {
    const set = (value: string) => change(withValue(own(), variable, value));
    const value = held(variable, own());
    const id = `theme-var-${variable.name}`;
    const caption = h(
      "label",
      { class: "caption", for: id },
      words.variables[variable.label] ?? variable.label,
    );
    if (variable.kind === "number") return numberField(caption, id, value, variable, set);
    if (variable.kind === "font") return fontField(caption, id, value, set);
    return colourField(caption, id, value, set);
  });
}

function colourField(
  caption: HTMLElement,
  id: string,
  value: string,
  set: (value: string) => void,
): HTMLElement {
  const [, , , alpha = 1] = colour(value) ?? [];
  const hue = h("input", { type: "color", id, "data-test": id });
  hue.value = value.slice(0, 7);
  const opacity = h("input", {
    type: "range",
    min: 0,
    max: 100,
    step: 1,
    "aria-label": words.opacity(caption.textContent),
    "data-test": `${id}-opacity`,
  });
  opacity.value = String(Math.round(alpha * 100));
  const figure = h("span", { class: "unit" });
  const tell = () => {
    figure.textContent = words.percent(opacity.value);
    opacity.style.setProperty("--part", `${opacity.value}%`);
  };
  const send = () => {
    tell();
    const part = Math.round(opacity.valueAsNumber * 2.55);
    const tail = part === 255 ? "" : part.toString(16).padStart(2, "0");
    set(`${hue.value}${tail}`);
  };
  hue.addEventListener("input", send);
  opacity.addEventListener("input", send);
  tell();
  return h("div", { class: "field theme-colour" }, caption, hue, opacity, figure);
}

function numberField(
  caption: HTMLElement,
  id: string,
  value: string,
  { min, max, unit }: NumberVariable,
  set: (value: string) => void,
): HTMLElement {
  const slider = h("input", { type: "range", id, min, max, step: 1, "data-test": id });
  slider.value = value;
  const figure = h("span", { class: "unit" });
  const tell = () => {
    figure.textContent = `${slider.value} ${unit}`;
    const part = (slider.valueAsNumber - min) / (max - min);
    slider.style.setProperty("--part", `${part * 100}%`);
  };
  slider.addEventListener("input", () => {
    tell();
    set(slider.value);
  });
  tell();
  return h("div", { class: "field number" }, caption, slider, figure);
}

function fontField(
  caption: HTMLElement,
  id: string,
  value: string,
  set: (value: string) => void,
): HTMLElement {
  const field = h("input", {
    type: "text",
    id,
    list: `${id}-list`,
    maxlength: 240,
    spellcheck: "false",
    autocomplete: "off",
    "data-test": id,
  });
  field.value = value;
  const list = h("datalist", { id: `${id}-list` });
  field.addEventListener("input", () => set(field.value.trim()));
  const ask = h("button", { type: "button", class: "quiet", "data-test": `${id}-local` });
  ask.append(words.localFonts);
  ask.hidden = localFonts === undefined;
  ask.addEventListener("click", async () => {
    const families = (await localFonts?.()) ?? [];
    list.replaceChildren(...families.map((name) => h("option", { value: `"${name}"` })));
    ask.textContent = families.length > 0 ? words.toChoose(families.length) : words.notAllowed;
    field.focus();
  });
  return h("div", { class: "field wide" }, caption, field, ask, list);
}

/** What the colours of a theme mean for those who read it. */
export function contrastNotes(variables: readonly Variable[], own: Own): HTMLElement[] {
  const value = (name: string) => {
    const variable = variables.find((one) => one.name === name);
    return variable && colour(held(variable, own));
  };
  const plate = value("plate");
  return Object.entries(words.contrast).flatMap(([name, label]) => {
    const text = value(name);
    if (!text || !plate) return [];
    const ratio = worst(text, plate);
    const good = ratio >= ENOUGH;
    const says = good ? words.reads : words.tooClose;
    return [
      h(
        "li",
        { class: good ? "good" : "poor", "data-test": `theme-contrast-${name}` },
        words.onPlates(label, ratio.toFixed(1), says),
      ),
    ];
  });
}
