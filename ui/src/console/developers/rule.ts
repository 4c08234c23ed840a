/** One rule of a mapping as a row of fields, and what it needs. */

import { h } from "../../shared/dom";
import { words } from "./rule-words";
import type { Becomes, Rule } from "./types";

/** What a message may become. */
export const BECOMES: readonly Becomes[] = ["like", "gift", "comment", "paid", "follow", "ignore"];

/** A part of a rule that says where a value is. */
export type Part = "text" | "gift" | "count" | "amount" | "currency";

/** Which parts a rule of this kind has. */
export function partsOf(becomes: Becomes): readonly Part[] {
  switch (becomes) {
    case "gift":
      return ["gift", "count"];
    case "like":
      return ["count"];
    case "comment":
      return ["text"];
    case "paid":
      return ["text", "amount", "currency"];
    default:
      return [];
  }
}

/** A rule with only the parts its kind has and that were written. */
export function tidy(rule: Rule): Rule {
  const { field, equals, becomes } = rule;
  const parts = partsOf(becomes).flatMap((part) =>
    rule[part] ? [[part, rule[part]] as const] : [],
  );
  return { field, equals, becomes, ...Object.fromEntries(parts) };
}

/** What a row tells. */
export interface RuleEvents {
  changed: () => void;
  /** One place up; absent for the first. */
  up: (() => void) | undefined;
  remove: () => void;
}

/** The row of `rule`, which it changes. `number` counts from 1. */
export function createRule(rule: Rule, number: number, events: RuleEvents): HTMLElement {
  const field = (key: "field" | "equals" | Part, label: string, placeholder: string) => {
    const input = h("input", {
      type: "text",
      "aria-label": words.field(number, label),
      placeholder,
      maxlength: 256,
      autocapitalize: "off",
      spellcheck: "false",
      autocomplete: "off",
      "data-test": `rule-${number}-${key}`,
    });
    input.value = rule[key] ?? "";
    input.addEventListener("input", () => {
      rule[key] = input.value;
      events.changed();
    });
    return h(
      "span",
      { class: "rule-part" },
      h("span", { class: "note", "aria-hidden": "true" }, label),
      input,
    );
  };
  const becomes = h("select", {
    "aria-label": words.field(number, words.becomesField),
    "data-test": `rule-${number}-becomes`,
  });
  becomes.append(...BECOMES.map((value) => h("option", { value }, words.kinds[value])));
  becomes.value = rule.becomes;
  const more = h("span", { class: "rule-more" });
  const draw = () =>
    more.replaceChildren(
      ...partsOf(rule.becomes).map((part) => field(part, words.parts[part], words.examples[part])),
    );
  becomes.addEventListener("change", () => {
    rule.becomes = becomes.value as Becomes;
    draw();
    events.changed();
  });
  draw();
  const { up } = events;
  const raise = h(
    "button",
    { type: "button", class: "quiet", "aria-label": words.moveUp(number) },
    words.up,
  );
  raise.disabled = up === undefined;
  if (up) raise.addEventListener("click", up);
  const remove = h(
    "button",
    {
      type: "button",
      class: "quiet",
      "aria-label": words.removeRule(number),
      "data-test": `rule-${number}-remove`,
      on: { click: events.remove },
    },
    words.remove,
  );
  return h(
    "li",
    { class: "rule" },
    field("field", words.if, "/cmd"),
    field("equals", words.is, "like"),
    h(
      "span",
      { class: "rule-part" },
      h("span", { class: "note", "aria-hidden": "true" }, words.becomes),
      becomes,
    ),
    more,
    h("span", { class: "rule-buttons" }, raise, remove),
  );
}
