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

/** What an offer is of: a discount, a price, how many win, or a red packet's sum. */
export function thingWords(thing: Thing): string {
  switch (thing.kind) {
    case "voucher":
      return worthWords(thing.worth);
    case "product":
      return money(thing.price);
    case "lottery":
      return words.winners(thing.winners);
    case "packet":
      return words.packet(money(thing.total));
  }
}

/** What a claim is worth: by its offer; a chance nothing yet, a share of a packet what it says. */
export function claimWords(
  { offer, value }: { readonly offer: string; readonly value: string },
  offers: readonly OfferInfo[],
): string {
  const found = offers.find(({ id }) => id === offer);
  if (!found || found.thing.kind === "packet") return value;
  return found.thing.kind === "lottery" ? words.lottery : thingWords(found.thing);
}
