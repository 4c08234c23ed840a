/** What an offer is worth, in the page's language. */
import type { OfferInfo, Thing, Worth } from "../../shared/wire";
import { money } from "../../shared/words/figures";
import { words } from "./words";

/** A discount: `€5.00 off`. */
export function worthWords(worth: Worth): string {
  switch (worth.kind) {
    case "fixed":
      return words.off(money(worth.off));
    case "percent":
      return words.percentOff(worth.percent);
    case "free_shipping":
      return words.freeShipping;
  }
}

/** What an offer is of: a discount, a price, or how many win. */
export function thingWords(thing: Thing): string {
  switch (thing.kind) {
    case "voucher":
      return worthWords(thing.worth);
    case "product":
      return money(thing.price);
    case "lottery":
      return words.winners(thing.winners);
    case "packet":
      return money(thing.total);
  }
}

/** What a claim is worth: by its offer; without it, as the server says. A chance has no worth. */
export function claimWords(
  { offer, value }: { readonly offer: string; readonly value: string },
  offers: readonly OfferInfo[],
): string {
  const found = offers.find(({ id }) => id === offer);
  if (found?.thing.kind === "lottery") return words.lottery;
  return found ? thingWords(found.thing) : value;
}
