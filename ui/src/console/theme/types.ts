/** What `/api/themes` speaks of (docs/theming.md). */

import type { Motion, Theme } from "../../shared/wire";

/** Parts of cards, in order, by slot. */
export type Template = Theme["template"];

/** One thing about a theme that can be changed. */
export type Variable = TextVariable | NumberVariable;

interface Named {
  readonly name: string;
  readonly label: string;
}

/** A colour as `#rrggbb` or `#rrggbbaa`, or a font list. */
export interface TextVariable extends Named {
  readonly kind: "colour" | "font";
  readonly value: string;
}

/** A number between two bounds. */
export interface NumberVariable extends Named {
  readonly kind: "number";
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly unit: string;
}

/** A font of the host's. */
export interface Font {
  readonly family: string;
  readonly key: string;
}

/** A theme of the host's own, as it is kept. */
export interface Own {
  readonly name: string;
  readonly base: string;
  readonly motion: Motion;
  readonly values: Readonly<Record<string, string>>;
  readonly template: Template;
  readonly css: string;
  readonly fonts: readonly Font[];
}

/** A theme as it is listed; `own` is `null` for a shipped one. */
export interface Listed {
  readonly id: string;
  readonly name: string;
  readonly own: Own | null;
  readonly base: string;
  readonly motion: Motion;
  readonly template: Template;
  readonly variables: readonly Variable[];
}

/** Every theme, and which parts may stand in which slot. */
export interface Themes {
  readonly themes: readonly Listed[];
  readonly slots: Template;
}

/** A theme that can be changed: the one listed, or what a shipped one starts from. */
export function ownOf(listed: Listed): Own {
  const { name, base, motion } = listed;
  return listed.own ?? { name, base, motion, values: {}, template: {}, css: "", fonts: [] };
}

/** The value of a variable under `own`, as the controls write it. */
export function held(variable: Variable, own: Own): string {
  return own.values[variable.name] ?? String(variable.value);
}

/** `own` with another value; the shipped value is not kept as one. */
export function withValue(own: Own, variable: Variable, value: string): Own {
  const { [variable.name]: _, ...rest } = own.values;
  const shipped = value === String(variable.value);
  return { ...own, values: shipped ? rest : { ...rest, [variable.name]: value } };
}
