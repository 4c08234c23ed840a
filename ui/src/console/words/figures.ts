/** Figures and spans of time as the page's language writes them. */
import { language } from "../../shared/words/language";

const STEPS = [
  ["hour", 3_600],
  ["minute", 60],
] as const;

/** A span in ms, coarse: `4 sec`, `3 min`, `2 hr`. */
export function span(ms: number): string {
  return lasting(Math.max(0, Math.round(ms / 1_000)));
}

/** The same of seconds; less than two minutes and no whole one stay seconds. */
export function lasting(seconds: number): string {
  const [unit, size] = STEPS.find(([, size]) => seconds >= size) ?? (["second", 1] as const);
  return unitOf(unit, Math.round(seconds / size));
}

function unitOf(unit: "hour" | "minute" | "second", count: number): string {
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(
    count,
  );
}

/** Three figures at most: `999`, `1.2K`, `84K`; in Chinese and Japanese `1.2万`. */
export function compact(count: number): string {
  const style = { notation: "compact", maximumSignificantDigits: count < 1_000 ? 3 : 2 } as const;
  return new Intl.NumberFormat(language, style).format(count);
}
