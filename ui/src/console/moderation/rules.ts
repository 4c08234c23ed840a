/** Rules of a room's filter as the server keeps them, and as the page writes them. */
import { words } from "./words";

/** What happens to a message that meets a rule, mildest first. */
export const ACTIONS = ["mask", "hide", "refuse"] as const;

/** One of {@link ACTIONS}. */
export type Action = (typeof ACTIONS)[number];

/** A regular expression. */
export interface Pattern {
  pattern: string;
  action: Action;
}

/** Everything a room filters by. */
export interface Rules {
  readonly words: readonly { readonly word: string; readonly action: Action }[];
  readonly patterns: readonly Readonly<Pattern>[];
  /** What happens to links; absent lets them be. */
  readonly links?: Action;
  /** Hosts links may lead to. */
  readonly hosts: readonly string[];
}

/** What would become of a text. */
export type Verdict =
  | { readonly becomes: "pass" }
  | { readonly becomes: "mask"; readonly rule: string; readonly text: string }
  | { readonly becomes: "hide" | "refuse"; readonly rule: string };

/** Most words, patterns and hosts, as the server has them. */
export const MOST = { words: 2_000, patterns: 64, hosts: 100 } as const;

/** Lines of a field: trimmed, without empty ones and repeats. */
export function lines(text: string): string[] {
  return [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
}

/** A verdict in words. */
export function verdictWords(verdict: Verdict): string {
  switch (verdict.becomes) {
    case "pass":
      return words.verdict.pass;
    case "mask":
      return words.verdict.mask(verdict.text);
    case "hide":
      return words.verdict.hide(ruleWords(verdict.rule));
    case "refuse":
      return words.verdict.refuse(ruleWords(verdict.rule));
  }
}

/** `word:spam*` as "word spam*". */
function ruleWords(rule: string): string {
  const names: Readonly<Record<string, string>> = words.rules;
  const [kind = "", ...rest] = rule.split(":");
  return [names[kind] ?? kind, rest.join(":")].filter(Boolean).join(" ");
}
