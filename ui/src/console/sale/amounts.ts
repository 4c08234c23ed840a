/** Amounts as a host writes them, and as the server counts them. */
import type { Price } from "../../shared/wire";

/** Decimal places of a currency; 2 for what is none. */
export function places(currency: string): number {
  try {
    const format = new Intl.NumberFormat("en", { style: "currency", currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2;
  }
}

/** `4,90` and `EUR` as 490 cents; `undefined` for what is no amount. */
export function priceOf(text: string, currency: string): Price | undefined {
  const code = currency.trim().toUpperCase();
  const digits = places(code);
  const plain = text.trim().replace(",", ".");
  const most = digits > 0 ? new RegExp(`^\\d{1,9}(\\.\\d{1,${digits}})?$`) : /^\d{1,12}$/;
  if (!most.test(plain) || !/^[A-Z]{3}$/.test(code)) return undefined;
  return { amount: Math.round(Number(plain) * 10 ** digits), currency: code };
}

/** 490 cents as `4.90`, to be changed. */
export function written({ amount, currency }: Price): string {
  const digits = places(currency);
  return (amount / 10 ** digits).toFixed(digits);
}

/** An id of a title: `Ten off!` → `ten-off`; `used` gets a number. */
export function idOf(title: string, used: readonly string[]): string {
  const plain = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 16);
  const base = plain.replace(/-+$/, "") || "offer";
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!used.includes(id)) return id;
  }
}
