/** Figures and gifts as the picture's language writes them. */
import { compact, grouped, money } from "../../shared/format";
import type { Gift, Price, Worth } from "../../shared/wire";
import { GIFT_NAMES } from "../../shared/words/gifts";
import { language, words } from "./language";

/** What stands behind ten thousands, their ten thousands and so on. */
const MYRIADS = { "zh-Hans": ["", "万", "亿", "万亿"], ja: ["", "万", "億", "兆"] } as const;

/** A figure in little room: `1.2k`; in Chinese and Japanese `1.2万`. Rounds down. */
export function short(count: number): string {
  const tongue = language();
  if (tongue === "en") return compact(count);
  return count < 10_000
    ? grouped(Math.max(0, Math.floor(count)))
    : compact(count, MYRIADS[tongue], 10_000);
}

/** What a voucher is worth: `€5 off`, `20% off`, `Free shipping`. */
export function worthOf(worth: Worth): string {
  switch (worth.kind) {
    case "fixed":
      return words().off(brief(worth.off));
    case "percent":
      return words().percentOff(worth.percent);
    default:
      return words().freeShipping;
  }
}

/** A gift's name, if it is one that comes with the program; others keep theirs. */
export function giftName({ name }: Pick<Gift, "name">): string {
  return GIFT_NAMES[language()][name] ?? name;
}

/** An amount without a fraction that is nothing: `€5`, `€4.90`. */
function brief(price: Price): string {
  return money(price).replace(/\.0+(?!\d)/, "");
}
