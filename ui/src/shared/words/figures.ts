/** Numbers, amounts, spans, dates and lists as the page's language writes them. */
import { grouped, money as moneyIn } from "../format";
import type { Millis, Price } from "../wire";
import { language } from "./language";

const dates = new Intl.DateTimeFormat(language, {
  dateStyle: "medium",
  timeStyle: "short",
  hourCycle: "h23",
});
const days = new Intl.DateTimeFormat(language, {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
// The narrow conjunction is commas alone; lists of units run together in Chinese.
const lists = new Intl.ListFormat(language, { style: "narrow", type: "conjunction" });
const plurals = new Intl.PluralRules(language);

/** Seconds of each unit a span is said in, the longest first. */
const UNITS = [
  [86_400, "day"],
  [3_600, "hour"],
  [60, "minute"],
  [1, "second"],
] as const;

/** All figures, in groups: `1,314`. */
export function count(n: number): string {
  return grouped(n, language);
}

/** An amount in its currency: `€5.00`. */
export function money(price: Pick<Price, "amount" | "currency">): string {
  return moneyIn(price, language);
}

/** A part of a whole: `10%`. */
export function percent(value: number): string {
  return new Intl.NumberFormat(language, { style: "percent" }).format(value / 100);
}

/** A span in its longest whole unit: `30 sec`, `5 min`, `90 min`, `2 days`. */
export function lasting(seconds: number): string {
  const whole = UNITS.find(([unit]) => seconds >= unit && seconds % unit === 0) ?? UNITS[3];
  const [length, unit] = whole;
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(
    seconds / length,
  );
}

/** A span of ms, coarse: `4 sec`, `3 min`, `2 hr`. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  const size = [3_600, 60].find((size) => seconds >= size) ?? 1;
  return lasting(Math.round(seconds / size) * size);
}

/** Three figures at most: `999`, `1.2K`, `84K`; in Chinese and Japanese `1.2万`. */
export function compact(n: number): string {
  const style = { notation: "compact", maximumSignificantDigits: n < 1_000 ? 3 : 2 } as const;
  return new Intl.NumberFormat(language, style).format(n);
}

/** A day with its time: `Nov 23, 2026, 20:15`. */
export function moment(at: Millis | number): string {
  return dates.format(at);
}

/** The same of a day not long ago: `Nov 23, 20:15`. */
export function lately(at: Millis | number): string {
  return days.format(at);
}

/** Names or facts in a row: `Ada, Bo, Cy`. */
export function listed(parts: readonly string[]): string {
  return lists.format(parts);
}

/** The figure with the word that fits it; for languages that have plurals. */
export function plural(n: number, one: string, other: string): string {
  return `${count(n)} ${plurals.select(n) === "one" ? one : other}`;
}
