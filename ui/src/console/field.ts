/** Controls of one setting each: a slider with its number, a switch, corners, a font. */

import { h } from "../shared/dom";
import type { Corner } from "../shared/wire";
import { textField, wordsField } from "./field-words";
import type { ChoiceSetting, CornerSetting, NumberSetting, Path, Setting, Value } from "./settings";
import { createThemeChoice } from "./theme/choice";
import { words } from "./words/look";

/** A control and how to move it from outside. */
export interface Field {
  readonly element: HTMLElement;
  readonly path: Path;
  set: (value: Value) => void;
}

/** What a control tells. */
export interface FieldEvents {
  /** The host chose a value. */
  change: (path: Path, value: Value) => void;
  /** The control is in use, or (`false`) let go. */
  hold: (path: Path, held: boolean) => void;
}

/** The data-test of a setting: `look-danmaku-size`. */
export function testName(path: Path): string {
  return `look-${path.replaceAll(".", "-")}`;
}

/** The control of a setting. */
export function createField(setting: Setting, events: FieldEvents): Field {
  switch (setting.kind) {
    case "number":
      return numberField(setting, events);
    case "corner":
      return cornerField(setting, events);
    case "choice":
      return choiceField(setting, events);
    case "switch":
      return switchField(setting.path, setting.label, events, setting.hint);
    case "font":
      return fontField(setting, events);
    case "theme":
      return createThemeChoice(setting, testName(setting.path), events);
    case "text":
      return textField(setting, events);
    case "words":
      return wordsField(setting, events);
  }
}

/** A switch; also used for the `on` of a layer. */
export function switchField(
  path: Path,
  label: string,
  { change }: FieldEvents,
  hint?: string,
): Field {
  const box = h("input", {
    type: "checkbox",
    role: "switch",
    class: "switch",
    id: testName(path),
    "data-test": testName(path),
  });
  box.addEventListener("change", () => change(path, box.checked));
  return {
    path,
    element: h("div", { class: "field" }, caption(path, label, hint), box),
    set: (value) => {
      box.checked = value === true;
    },
  };
}

function numberField(
  { path, label, min, max, unit, hint }: NumberSetting,
  { change, hold }: FieldEvents,
): Field {
  const id = testName(path);
  const slider = h("input", { type: "range", id, min, max, step: 1, "data-test": id });
  const figure = h("input", {
    type: "number",
    min,
    max,
    step: 1,
    "aria-label": unit ? words.withUnit(label, unit) : label,
    "data-test": `${id}-number`,
  });
  const fill = (value: number) => {
    slider.style.setProperty("--part", `${((value - min) / (max - min)) * 100}%`);
  };
  slider.addEventListener("input", () => {
    figure.value = slider.value;
    fill(slider.valueAsNumber);
    change(path, slider.valueAsNumber);
  });
  slider.addEventListener("pointerdown", () => hold(path, true));
  for (const end of ["pointerup", "pointercancel", "blur"] as const) {
    slider.addEventListener(end, () => hold(path, false));
  }
  figure.addEventListener("focus", () => hold(path, true));
  figure.addEventListener("input", () => {
    const value = Math.round(figure.valueAsNumber);
    if (!(value >= min && value <= max)) return;
    slider.value = String(value);
    fill(value);
    change(path, value);
  });
  figure.addEventListener("blur", () => {
    figure.value = slider.value;
    hold(path, false);
  });
  return {
    path,
    element: h(
      "div",
      { class: "field number" },
      caption(path, label, hint),
      slider,
      h("span", { class: "amount" }, figure, h("span", { class: "unit" }, unit)),
    ),
    set: (value) => {
      if (slider.value !== String(value)) slider.value = String(value);
      if (document.activeElement !== figure && figure.value !== String(value)) {
        figure.value = String(value);
      }
      fill(Number(value));
    },
  };
}

const CORNERS: readonly Corner[] = ["top-left", "top-right", "bottom-left", "bottom-right"];

function cornerField({ path, label }: CornerSetting, { change }: FieldEvents): Field {
  const radios = CORNERS.map((corner) => {
    const radio = h("input", {
      type: "radio",
      name: testName(path),
      value: corner,
      title: words.corners[corner],
      "aria-label": words.corners[corner],
      "data-test": `${testName(path)}-${corner}`,
    });
    radio.addEventListener("change", () => change(path, corner));
    return radio;
  });
  const picker = h(
    "div",
    { class: "corners", role: "radiogroup", "aria-label": label, "data-test": testName(path) },
    ...radios,
  );
  return {
    path,
    element: h("div", { class: "field" }, h("span", { class: "caption" }, label), picker),
    set: (value) => {
      for (const radio of radios) radio.checked = radio.value === value;
    },
  };
}

function choiceField(
  { path, label, hint, choices, areLanguages = false }: ChoiceSetting,
  { change }: FieldEvents,
): Field {
  const id = testName(path);
  const options = choices.map(([value, text]) =>
    h("option", { value, ...(areLanguages && { lang: value }) }, text),
  );
  const select = h("select", { id, "data-test": id }, ...options);
  select.addEventListener("change", () => change(path, select.value));
  return {
    path,
    element: h("div", { class: "field" }, caption(path, label, hint), select),
    set: (value) => {
      select.value = String(value);
    },
  };
}

const FONTS = [
  "Noto Sans, Noto Sans CJK SC, sans-serif",
  "Georgia, Noto Serif CJK SC, serif",
  "Arial, Helvetica, sans-serif",
  "Verdana, sans-serif",
  "Impact, Haettenschweiler, sans-serif",
  "Comic Sans MS, cursive",
  "Courier New, monospace",
];

function fontField(
  { path, label, hint }: { path: Path; label: string; hint?: string },
  { change, hold }: FieldEvents,
): Field {
  const id = testName(path);
  const field = h("input", {
    type: "text",
    id,
    list: `${id}-list`,
    maxlength: 120,
    placeholder: words.builtIn,
    spellcheck: "false",
    autocomplete: "off",
    "data-test": id,
  });
  const fonts = FONTS.map((font) => h("option", { value: font }));
  field.addEventListener("focus", () => hold(path, true));
  field.addEventListener("blur", () => hold(path, false));
  field.addEventListener("input", () => change(path, field.value));
  return {
    path,
    element: h(
      "div",
      { class: "field wide" },
      caption(path, label, hint),
      field,
      h("datalist", { id: `${id}-list` }, ...fonts),
    ),
    set: (value) => {
      if (document.activeElement !== field) field.value = String(value);
    },
  };
}

/** What a control is called, as its label. */
export function caption(path: Path, label: string, hint: string | undefined): HTMLElement {
  return h(
    "label",
    { class: "caption", for: testName(path) },
    label,
    hint !== undefined && h("small", {}, hint),
  );
}
