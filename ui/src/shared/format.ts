/** Numbers and times as people read them. */
import type { Millis, Paid } from "./wire";

const UNITS = ["", "k", "M", "B", "T"] as const;

/**
 * Three figures at most: `999`, `1.2k`, `84k`, `1.3M`. Rounds down, so a goal is never shown early.
 * Other `units` may be `step` apart, with as many figures as that leaves.
 */
export function compact(count: number, units: readonly string[] = UNITS, step = 1_000): string {
  let rest = Math.max(0, Math.floor(count));
  let unit = 0;
  while (rest >= step && unit < units.length - 1) {
    rest /= step;
    unit += 1;
  }
  const shown = unit > 0 && rest < 10 ? Math.floor(rest * 10) / 10 : Math.floor(rest);
  return `${shown}${units[unit] ?? ""}`;
}

/** All figures, in groups: `1,314`. */
export function grouped(count: number, locale = "en"): string {
  return count.toLocaleString(locale);
}

/**
 * An amount in its currency with that currency's minor units: `€5.00`, `¥500`.
 * Whole amounts of 100 units and more go without them: `€120`.
 */
export function money(
  { amount, currency }: Pick<Paid, "amount" | "currency">,
  locale = "en",
): string {
  try {
    const style = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
    const digits =
      new Intl.NumberFormat(locale, style).resolvedOptions().maximumFractionDigits ?? 2;
    const value = amount / 10 ** digits;
    const whole = value >= 100 && Number.isInteger(value);
    const fraction = whole ? 0 : digits;
    return new Intl.NumberFormat(locale, {
      ...style,
      minimumFractionDigits: fraction,
      maximumFractionDigits: fraction,
    }).format(value);
  } catch {
    // A code that is none, or an engine without narrow symbols.
    return `${currency} ${grouped(amount, locale)}`;
  }
}

/** Hour and minute on the reader's clock: `20:15`. */
export function clockTime(at: Millis): string {
  const time = new Date(at);
  return `${pad(time.getHours())}:${pad(time.getMinutes())}`;
}

/** Hour, minute and second on the reader's clock: `20:15:03`. */
export function exactTime(at: Millis): string {
  return `${clockTime(at)}:${pad(new Date(at).getSeconds())}`;
}

/** A span of ms, coarse: `4 s`, `3 min`, `2 h`. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function pad(figure: number): string {
  return String(figure).padStart(2, "0");
}
