import { expect, test } from "vitest";
import type { ClaimInfo, OfferInfo, SaleNews } from "../../shared/wire";
import { after, countdown, drawnSince, EMPTY, mine, standing } from "./state";

const offer: OfferInfo = {
  id: "voucher:ten",
  title: "Ten off",
  value: "10% off",
  thing: { kind: "voucher", worth: { kind: "percent", percent: 10 } },
  stock: 5,
  left: 5,
  per_person: 1,
  opens_at: 1_000,
  ends_at: 9_000,
  open: true,
};

const claim: ClaimInfo = {
  offer: "voucher:ten",
  title: "Ten off",
  value: "10% off",
  seq: 7,
  hash: "00",
  n: 1,
  at: 2_000,
  how: "button",
  redeemed: false,
  won: false,
};

const shelf = after(EMPTY, { news: "shelf", now: 500, products: [], offers: [offer] }, 400);

test("an offer is early, open, sold out or ended by the server's clock", () => {
  expect(shelf.ahead).toBe(100);
  expect(standing(shelf, offer, 999)).toBe("early");
  expect(standing(shelf, offer, 1_000)).toBe("open");
  expect(standing(shelf, offer, 9_000)).toBe("ended");
  expect(standing(shelf, { ...offer, left: 0 }, 2_000)).toBe("out");
});

test("figures move and leave the rest as it is", () => {
  const moved = after(shelf, { news: "left", left: [["voucher:ten", 2]] }, 400);
  expect(moved.offers).toEqual([{ ...offer, left: 2 }]);
});

test("the same claim told twice is one, and takes back a refusal", () => {
  const refused = after(
    shelf,
    { news: "refused", cid: 1, offer: offer.id, code: 2121, message: "", retry: true },
    0,
  );
  expect(refused.refused.get(offer.id)).toBe(2121);
  let sale = after(refused, { news: "claimed", cid: 2, claim }, 0);
  sale = after(sale, { news: "claimed", cid: 2, claim }, 0);
  expect(mine(sale, offer.id)).toEqual([claim]);
  expect(sale.refused.size).toBe(0);
  expect(standing(sale, offer, 9_999)).toBe("mine");
});

test("a countdown is never over early", () => {
  expect([countdown(1), countdown(60_000), countdown(3_661_000), countdown(-5)]).toEqual([
    "00:01",
    "01:00",
    "1:01:01",
    "00:00",
  ]);
});

test("a draw one is in is noticed once", () => {
  const entered = after(shelf, { news: "claimed", cid: 1, claim }, 0);
  const offers = [{ ...offer, drawn: ["Ann"] }];
  const news: SaleNews = { news: "shelf", now: 1, products: [], offers };
  const drawn = after(entered, news, 0);
  expect(drawnSince(entered, drawn)).toBe(true);
  expect(drawnSince(drawn, after(drawn, news, 0))).toBe(false);
  expect(drawnSince(shelf, after(shelf, news, 0))).toBe(false);
});
