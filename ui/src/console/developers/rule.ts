/** One rule of a mapping as a row of fields, and what it needs. */

import { h } from "../../shared/dom";
import type { Becomes, Rule } from "./types";

/** What a message may become, in the words of the page. */
export const BECOMES: readonly (readonly [Becomes, string])[] = [
  ["like", "likes"],
  ["gift", "a gift"],
  ["comment", "a comment"],
  ["paid", "a paid comment"],
  ["follow", "a follow"],
  ["ignore", "nothing"],
];

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

const PLACEHOLDERS: Record<Part, string> = {
  text: "/msg or =text",
  gift: "/id or =rose",
  count: "/n, else 1",
  amount: "/amount, in cents",
  currency: "/currency or =EUR",
};
const LABELS: Record<Part, string> = {
  text: "text from",
  gift: "gift from",
  count: "count from",
  amount: "amount from",
  currency: "currency from",
};

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
      "aria-label": `Rule ${number}: ${label}`,
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
    "aria-label": `Rule ${number}: becomes`,
    "data-test": `rule-${number}-becomes`,
  });
  becomes.append(...BECOMES.map(([value, label]) => h("option", { value }, label)));
  becomes.value = rule.becomes;
  const more = h("span", { class: "rule-more" });
  const draw = () =>
    more.replaceChildren(
      ...partsOf(rule.becomes).map((part) => field(part, LABELS[part], PLACEHOLDERS[part])),
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
    { type: "button", class: "quiet", "aria-label": `Move rule ${number} up` },
    "Up",
  );
  raise.disabled = up === undefined;
  if (up) raise.addEventListener("click", up);
  const remove = h(
    "button",
    {
      type: "button",
      class: "quiet",
      "aria-label": `Remove rule ${number}`,
      "data-test": `rule-${number}-remove`,
      on: { click: events.remove },
    },
    "Remove",
  );
  return h(
    "li",
    { class: "rule" },
    field("field", "if", "/cmd"),
    field("equals", "is", "like"),
    h(
      "span",
      { class: "rule-part" },
      h("span", { class: "note", "aria-hidden": "true" }, "it becomes"),
      becomes,
    ),
    more,
    h("span", { class: "rule-buttons" }, raise, remove),
  );
}
