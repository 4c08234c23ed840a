/** What a show added up to, in words: the same on the page and in the file. */
import type { OfferInfo, ShowRecord } from "../../shared/wire";
import { claimWords } from "../sale/worth";
import { words } from "./words";

/** One figure with its name, and what else is to be said of it. */
export interface Total {
  /** Names it for tests and styles. */
  readonly key: string;
  readonly label: string;
  readonly value: string;
  readonly more?: string;
}

/** A list with a head. */
export interface Table {
  readonly key: string;
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How long a show was, or is by now, ms. */
export function duration(show: ShowRecord, now: number): number {
  return Math.max(0, (show.ended ?? now) - show.began);
}

/** The figures of a show. */
export function totals(show: ShowRecord, now: number): readonly Total[] {
  const { totals: all } = show;
  const t = words.totals;
  const messages = all.high + all.normal + all.low + all.lowest;
  const one = (key: keyof typeof t, n: number, more?: string): Total => ({
    key,
    label: t[key],
    value: words.count(n),
    ...(more ? { more } : {}),
  });
  const paid = show.paid.map(({ amount, currency }) => words.money({ amount, currency }));
  return [
    { key: "duration", label: t.duration, value: words.clock(duration(show, now)) },
    one("messages", messages, words.fates(all.shown, all.dropped)),
    one("people", all.people, show.crowded ? words.crowded : undefined),
    one("online", show.most_online, words.at(show.most_online_at)),
    one("likes", all.likes),
    one("gifts", all.gifts, words.worth(all.coins)),
    one("paid", all.paid, paid.length > 0 ? words.listed(paid) : undefined),
    one("questions", all.questions, words.answered(all.answered)),
    one("claims", all.claims),
    one("removed", all.removed),
    one("muted", all.muted),
  ];
}

/** The lists of a show; `offers` are those of the sale, whose worth can be said. */
export function tables(show: ShowRecord, offers: readonly OfferInfo[]): readonly Table[] {
  const { count } = words;
  const sold = show.products.filter((product) => product.sold > 0);
  return [
    {
      key: "givers",
      title: words.givers,
      head: [words.who, words.gifts, words.coins],
      rows: show.givers.map(({ nick, gifts, coins }) => [nick, count(gifts), count(coins)]),
    },
    {
      key: "offers",
      title: words.offers,
      head: [words.offer, words.claimed, words.left, words.stock],
      rows: show.offers.map(({ offer, title, value, claimed, left, stock }) => [
        words.offerIs(title, claimWords({ offer, value }, offers)),
        count(claimed),
        count(left),
        count(stock),
      ]),
    },
    {
      key: "products",
      title: words.products,
      head: [words.product, words.sold],
      rows: sold.map(({ number, title, sold }) => [words.productIs(number, title), count(sold)]),
    },
  ];
}
