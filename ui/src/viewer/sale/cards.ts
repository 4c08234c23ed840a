/** The newest offers, on the picture, where a thumb reaches them. */
import { h } from "../../shared/dom";
import type { OfferInfo } from "../../shared/wire";
import type { Seat } from "../sheets";
import { createOfferCard, type OfferCard } from "./offer";
import "./sale.css";
import { Shop } from "./shop";
import { type Sale, standing } from "./state";

/** Cards at once, and on a phone, whose picture is small. */
const MOST = 2;
const MOST_SMALL = 1;
/** What is over stays so long, ms. */
const STAYS = 10_000;

export function createOfferCards(seat: Seat): HTMLElement {
  const shop = Shop.of(seat);
  const element = h("div", { class: "offer-cards" });
  const cards = new Map<string, OfferCard>();
  /** Since when an offer is over for this viewer. */
  const over = new Map<string, number>();
  let sale: Sale | undefined;

  function draw(): void {
    if (!sale) return;
    const shown = newest(sale, shop.now);
    for (const [id, card] of cards) {
      if (shown.some((offer) => offer.id === id)) continue;
      card.element.remove();
      cards.delete(id);
    }
    for (const offer of shown) {
      let card = cards.get(offer.id);
      if (!card) {
        card = createOfferCard(shop, true);
        cards.set(offer.id, card);
        element.append(card.element);
      }
      card.update(sale, offer);
    }
  }

  function newest(now: Sale, at: number): OfferInfo[] {
    const fits = now.offers.filter((offer) => {
      const state = standing(now, offer, at);
      if (state === "open" || state === "early") {
        over.delete(offer.id);
        return offer.open;
      }
      const since = over.get(offer.id) ?? at;
      over.set(offer.id, since);
      return at - since < STAYS && (offer.open || offer.drawn !== undefined);
    });
    const most = window.innerWidth < 900 ? MOST_SMALL : MOST;
    return fits.sort((a, b) => b.opens_at - a.opens_at).slice(0, most);
  }

  shop.onChange((next) => {
    sale = next;
    draw();
  });
  // Countdowns and cards that leave; cheap, and only while there is something.
  setInterval(() => (cards.size > 0 || over.size > 0) && draw(), 500);
  return element;
}
