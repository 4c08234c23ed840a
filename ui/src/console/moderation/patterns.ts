import { h } from "../../shared/dom";
import { ACTIONS, type Action, MOST, type Pattern } from "./rules";
import { words } from "./words";

/** A list to choose an action from. */
export function createActions(label: string, test: string): HTMLSelectElement {
  const select = h("select", { "aria-label": label, "data-test": test });
  select.append(...ACTIONS.map((value) => h("option", { value }, words.actions[value])));
  return select;
}

/** Rows of regular expressions, each with what happens to what it matches. */
export function createPatterns(changed: () => void): {
  element: HTMLElement;
  get: () => Pattern[];
  set: (patterns: readonly Readonly<Pattern>[]) => void;
} {
  let patterns: Pattern[] = [];
  const list = h("ol", { class: "filter-patterns" });
  const add = h("button", { type: "button", "data-test": "pattern-add" }, words.addPattern);

  function draw(focus?: number): void {
    list.replaceChildren(...patterns.map((pattern, i) => row(pattern, i)));
    add.disabled = patterns.length >= MOST.patterns;
    if (focus !== undefined) list.querySelectorAll("input")[focus]?.focus();
  }

  function row(pattern: Pattern, i: number): HTMLElement {
    const field = h("input", {
      type: "text",
      "aria-label": words.pattern(i + 1),
      placeholder: "call\\s+me",
      maxlength: 200,
      autocapitalize: "off",
      spellcheck: "false",
      autocomplete: "off",
      "data-test": `pattern-${i + 1}`,
    });
    field.value = pattern.pattern;
    field.addEventListener("input", () => {
      pattern.pattern = field.value;
      changed();
    });
    const action = createActions(words.patternIs(i + 1), `pattern-${i + 1}-action`);
    action.value = pattern.action;
    action.addEventListener("change", () => {
      pattern.action = action.value as Action;
      changed();
    });
    const click = () => {
      patterns = patterns.filter((one) => one !== pattern);
      changed();
      draw(Math.min(i, patterns.length - 1));
      if (patterns.length === 0) add.focus();
    };
    const remove = h(
      "button",
      { type: "button", class: "quiet", "aria-label": words.removePattern(i + 1), on: { click } },
      words.remove,
    );
    return h("li", {}, field, action, remove);
  }

  add.addEventListener("click", () => {
    patterns.push({ pattern: "", action: "refuse" });
    draw(patterns.length - 1);
  });

  return {
    element: h("div", {}, list, add),
    get: () => patterns.filter(({ pattern }) => pattern !== "").map((one) => ({ ...one })),
    set(next) {
      patterns = next.map((one) => ({ ...one }));
      draw();
    },
  };
}
