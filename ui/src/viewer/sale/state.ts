/**
 * What a viewer knows of the sale. Pure: one reducer over the sale's news.
 */
import type { ClaimInfo, Millis, OfferId, OfferInfo, Product, SaleNews } from "../../shared/wire";

/** Everything the sale's views draw. */
export interface Sale {
  readonly products: readonly Product[];
  readonly onShow: number | undefined;
  readonly offers: readonly OfferInfo[];
  /** In the order they were made. */
  readonly claims: readonly ClaimInfo[];
  /** What was refused last, by offer: the stable code. */
  readonly refused: ReadonlyMap<OfferId, number>;
  /** The server's clock is ahead of this page's by so much, ms. */
  readonly ahead: number;
}

/** Where a claim of an offer stands for this viewer. */
export type Standing = "open" | "early" | "mine" | "out" | "ended";

/** Nothing is known yet. */
export const EMPTY: Sale = {
  products: [],
  onShow: undefined,
  offers: [],
  claims: [],
  refused: new Map(),
  ahead: 0,
};

/** The sale after some news, heard at `now` of this page's clock. */
export function after(sale: Sale, news: SaleNews, now: Millis): Sale {
  switch (news.news) {
    case "shelf":
      return {
        ...sale,
        products: news.products,
        onShow: news.on_show,
        offers: news.offers,
        ahead: news.now - now,
      };
    case "left": {
      const left = new Map(news.left);
      const offers = sale.offers.map((o) => ({ ...o, left: left.get(o.id) ?? o.left }));
      return { ...sale, offers };
    }
    case "claimed": {
      const others = sale.claims.filter(({ seq }) => seq !== news.claim.seq);
      const claims = [...others, news.claim].sort((a, b) => a.seq - b.seq);
      return { ...sale, claims, refused: without(sale.refused, news.claim.offer) };
    }
    case "refused":
      return { ...sale, refused: new Map(sale.refused).set(news.offer, news.code) };
    case "wallet":
      return { ...sale, claims: news.claims };
    default:
      return sale;
  }
}

/** This viewer's claims of an offer. */
export function mine(sale: Sale, offer: OfferId): readonly ClaimInfo[] {
  return sale.claims.filter((claim) => claim.offer === offer);
}

/** Whether a lottery this viewer is in was drawn between two looks. */
export function drawnSince(before: Sale, now: Sale): boolean {
  const known = new Set(before.offers.filter(({ drawn }) => drawn).map(({ id }) => id));
  return now.offers.some(({ id, drawn }) => drawn && !known.has(id) && mine(now, id).length > 0);
}

/** Where an offer stands at `now` of the server's clock. */
export function standing(sale: Sale, offer: OfferInfo, now: Millis): Standing {
  if (mine(sale, offer.id).length >= offer.per_person) return "mine";
  if (offer.left === 0) return "out";
  if (!offer.open || (offer.ends_at !== undefined && now >= offer.ends_at)) return "ended";
  return now < offer.opens_at ? "early" : "open";
}

/** `05:12`, `1:05:12`; a part of a second is a whole one. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1_000));
  const two = (n: number) => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const end = `${two(minutes)}:${two(seconds % 60)}`;
  return hours > 0 ? `${hours}:${end}` : end;
}

function without(map: ReadonlyMap<OfferId, number>, key: OfferId): ReadonlyMap<OfferId, number> {
  if (!map.has(key)) return map;
  const less = new Map(map);
  less.delete(key);
  return less;
}
