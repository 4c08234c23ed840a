//! What a sale promises, one promise a test.

use super::*;
use crate::{Millis, Role, Sender, UserId};

pub(super) const SEED: &str = "a seed nobody knows";

pub(super) fn who(name: &str) -> Sender {
    Sender { id: UserId::from(name), nick: name.into(), avatar: None, role: Role::Viewer }
}

pub(super) fn voucher(stock: u32, per_person: u32) -> Voucher {
    Voucher {
        id: "ten".into(),
        title: "Ten off".into(),
        worth: Worth::Percent { percent: 10 },
        stock,
        per_person,
        min_spend: None,
        keyword: Some("Deal".into()),
        opens_at: None,
        ends_at: None,
    }
}

/// A sale in which the voucher `ten` was dropped at 0.
pub(super) fn dropped(stock: u32, per_person: u32, seconds: Option<u32>) -> Sale {
    let mut sale = Sale::default();
    let voucher = Box::new(voucher(stock, per_person));
    ordered(&mut sale, 0, SaleOrder::Voucher { voucher }).expect("prepared");
    ordered(&mut sale, 0, SaleOrder::Drop { id: "ten".into(), seconds }).expect("dropped");
    sale
}

fn ordered(sale: &mut Sale, at: u64, order: SaleOrder) -> Result<(), Reject> {
    sale.order(Millis(at), Role::Host, order, SEED)
}

fn claim(sale: &mut Sale, at: u64, name: &str, cid: u32) -> Result<Answer, Code> {
    let offer = OfferId::voucher("ten");
    sale.claim(Millis(at), &who(name), &offer, How::Button, cid).map_err(|reject| reject.code)
}

fn codes(found: Vec<(OfferId, Result<Answer, Reject>)>) -> Vec<(String, Option<Code>)> {
    found.into_iter().map(|(id, answer)| (id.0, answer.err().map(|r| r.code))).collect()
}

#[test]
fn stock_is_never_oversold_and_nobody_has_more_than_their_share() {
    let mut sale = dropped(3, 2, None);
    assert!(claim(&mut sale, 1, "ann", 1).is_ok());
    assert!(claim(&mut sale, 1, "ann", 2).is_ok());
    assert_eq!(claim(&mut sale, 1, "ann", 3), Err(Code::OfferLimit));
    assert!(claim(&mut sale, 1, "bea", 1).is_ok());
    assert_eq!(claim(&mut sale, 1, "cid", 1), Err(Code::SoldOut));
}

#[test]
fn same_request_has_the_same_answer_for_ever() {
    let mut sale = dropped(2, 1, Some(60));
    let first = claim(&mut sale, 1, "ann", 7).expect("claimed");
    let again = claim(&mut sale, 90_000, "ann", 7).expect("the same, after the end too");
    assert_eq!((again.claim, again.code, again.fresh), (first.claim, first.code, false));
    assert_eq!(sale.books().last(), 2, "an offer and one claim");
}

#[test]
fn button_and_comment_of_the_same_number_are_two_requests() {
    let mut sale = dropped(5, 2, None);
    claim(&mut sale, 1, "ann", 7).expect("claimed");
    let heard = sale.hear(Millis(1), &who("ann"), "deal!", 7);
    assert_eq!(codes(heard), [("voucher:ten".to_owned(), None)]);
    assert_eq!(sale.wallet(&UserId::from("ann")).len(), 2);
}

#[test]
fn claims_are_taken_inside_the_window_only() {
    let mut sale = Sale::default();
    let mut later = voucher(5, 1);
    later.opens_at = Some(Millis(100));
    ordered(&mut sale, 0, SaleOrder::Voucher { voucher: Box::new(later) }).expect("prepared");
    let drop = SaleOrder::Drop { id: "ten".into(), seconds: Some(1) };
    ordered(&mut sale, 0, drop).expect("dropped");
    assert_eq!(claim(&mut sale, 99, "ann", 1), Err(Code::OfferNotOpen));
    assert!(claim(&mut sale, 999, "ann", 1).is_ok());
    assert_eq!(claim(&mut sale, 1_000, "bea", 1), Err(Code::OfferEnded));
}

#[test]
fn product_is_claimed_by_its_number_at_the_price_of_the_flash_sale() {
    let mut sale = Sale::default();
    let price = |amount| Price { amount, currency: "EUR".into() };
    let product = Product {
        number: 12,
        title: "Scarf".into(),
        price: price(1_900),
        picture: None,
        link: None,
        stock: 1,
    };
    ordered(&mut sale, 0, SaleOrder::Product { product: Box::new(product) }).expect("put");
    let open = SaleOrder::Open {
        number: 12,
        stock: None,
        per_person: None,
        price: Some(price(990)),
        seconds: Some(60),
    };
    ordered(&mut sale, 0, open).expect("opened");
    let offer = sale.books().offer(&OfferId::product(12)).expect("an offer");
    assert_eq!(offer.terms.value(), "€9.90");
    assert!(sale.hear(Millis(1), &who("ann"), "only 12 left?", 1).is_empty());
    assert_eq!(codes(sale.hear(Millis(1), &who("ann"), "I take #12", 2))[0].1, None);
    assert_eq!(codes(sale.hear(Millis(1), &who("bea"), "12", 1))[0].1, Some(Code::SoldOut));
}

#[test]
fn guests_claim_nothing_and_helpers_only_show() {
    let mut sale = dropped(5, 1, None);
    let guest = Sender { role: Role::Guest, ..who("g") };
    let offer = OfferId::voucher("ten");
    let refused = sale.claim(Millis(1), &guest, &offer, How::Button, 1);
    assert_eq!(refused.map_err(|reject| reject.code), Err(Code::Guest));
    let end = SaleOrder::End { offer };
    let refused = sale.order(Millis(1), Role::Helper, end, SEED);
    assert_eq!(refused.map_err(|reject| reject.code), Err(Code::Role));
    sale.order(Millis(1), Role::Helper, SaleOrder::Show { number: None }, SEED).expect("shown");
}

#[test]
fn orders_given_twice_change_nothing_more() {
    let mut sale = dropped(5, 1, None);
    let offer = OfferId::voucher("ten");
    for at in [1, 2] {
        ordered(&mut sale, at, SaleOrder::Drop { id: "ten".into(), seconds: None }).expect("is");
    }
    assert_eq!(sale.books().last(), 1);
    for at in [3, 4] {
        ordered(&mut sale, at, SaleOrder::End { offer: offer.clone() }).expect("ended");
    }
    assert_eq!(sale.books().last(), 2);
    assert_eq!(claim(&mut sale, 5, "ann", 1), Err(Code::OfferEnded));
}

#[test]
fn dropped_again_with_more_stock_it_goes_on_where_it_was() {
    let mut sale = dropped(1, 1, None);
    claim(&mut sale, 1, "ann", 1).expect("claimed");
    assert_eq!(claim(&mut sale, 1, "bea", 1), Err(Code::SoldOut));
    ordered(&mut sale, 2, SaleOrder::Voucher { voucher: Box::new(voucher(2, 1)) }).expect("more");
    ordered(&mut sale, 2, SaleOrder::Drop { id: "ten".into(), seconds: None }).expect("dropped");
    assert_eq!(claim(&mut sale, 3, "ann", 2), Err(Code::OfferLimit));
    assert_eq!(claim(&mut sale, 3, "bea", 1).expect("claimed").claim.n, 2);
}

#[test]
fn claim_is_redeemed_by_its_code_once() {
    let mut sale = dropped(2, 1, None);
    let code = claim(&mut sale, 1, "ann", 1).expect("claimed").code.expect("a code");
    let seq = sale.by_code(&format!(" {} ", code.to_lowercase())).expect("known");
    assert!(sale.redeem(Millis(2), seq, "o-1").expect("redeemed").fresh);
    assert!(!sale.redeem(Millis(3), seq, "o-1").expect("the same again").fresh);
    let other = sale.redeem(Millis(3), seq, "o-2").map_err(|reject| reject.code);
    assert_eq!(other, Err(Code::Redeemed));
    assert_eq!(sale.by_code("nonsense"), None);
}

#[test]
fn imported_codes_are_handed_out_in_order_and_stay_handed_out() {
    let mut sale = dropped(2, 1, None);
    let list = |codes: &[&str]| Codes::imported(codes.iter().map(|c| (*c).into()).collect());
    sale.import("ten", list(&["A", "B"]).expect("codes")).expect("imported");
    assert_eq!(claim(&mut sale, 1, "ann", 1).expect("claimed").code.as_deref(), Some("A"));
    assert!(sale.import("ten", list(&["B", "A"]).expect("codes")).is_err());
    sale.import("ten", list(&["A", "C", "D"]).expect("codes")).expect("begins with them");
    assert_eq!(claim(&mut sale, 1, "bea", 1).expect("claimed").code.as_deref(), Some("C"));
}

#[test]
fn lottery_is_drawn_as_it_was_promised() {
    let mut sale = Sale::default();
    let title = "A scarf".to_owned();
    let keyword = Some("win".to_owned());
    let open = SaleOrder::Lottery { id: "scarf".into(), title, keyword, winners: 2 };
    ordered(&mut sale, 0, open.clone()).expect("opened");
    let offer = OfferId::lottery("scarf");
    for name in ["ann", "bea", "cid", "dan"] {
        sale.hear(Millis(1), &who(name), "WIN", 1);
        sale.hear(Millis(1), &who(name), "win win", 2);
    }
    assert_eq!(sale.books().offer(&offer).map(|o| o.claims.len()), Some(4), "each once");
    ordered(&mut sale, 2, SaleOrder::Draw { id: "scarf".into() }).expect("drawn");
    ordered(&mut sale, 3, SaleOrder::Draw { id: "scarf".into() }).expect("is drawn");
    let known = sale.books().offer(&offer).expect("known");
    let places: Vec<u64> =
        draw(SEED, &["ann", "bea", "cid", "dan"], 2).iter().map(|p| known.claims[*p].seq).collect();
    assert_eq!(known.drawn, Some(places));
    assert_eq!(sale.hear(Millis(4), &who("eve"), "win", 1), []);
    assert!(ordered(&mut sale, 5, open).is_err(), "never the same again");
}

#[test]
fn order_of_the_shop_counts_once() {
    let mut sale = Sale::default();
    assert_eq!(sale.note_order(Millis(1), "o-1", None, 2), Ok(true));
    assert_eq!(sale.note_order(Millis(2), "o-1", None, 2), Ok(false));
    assert!(sale.note_order(Millis(2), "o-2", Some(4), 1).is_err());
    assert!(sale.note_order(Millis(2), "has space", None, 1).is_err());
}

#[test]
fn sale_goes_on_after_a_restart_as_if_there_was_none() {
    let mut sale = dropped(2, 1, None);
    let first = claim(&mut sale, 1, "ann", 7).expect("claimed");
    let ledger = sale.take_records();
    let mut again = Sale::open(sale.catalogue().clone(), &ledger).expect("whole");
    let known = claim(&mut again, 5, "ann", 7).expect("the same");
    assert_eq!((known.claim.clone(), known.code.clone()), (first.claim, first.code.clone()));
    assert_eq!(again.by_code(&first.code.expect("a code")), Some(known.claim.seq));
    // The clock was set back: the ledger's is not.
    assert!(claim(&mut again, 0, "bea", 1).is_ok());
    assert_eq!(again.books().at(), Millis(1));
}

#[test]
fn every_flipped_byte_of_a_ledger_is_found() {
    let mut sale = dropped(3, 1, None);
    for name in ["ann", "bea"] {
        claim(&mut sale, 1, name, 1).expect("claimed");
    }
    let ledger = sale.take_records();
    let found = |ledger: &[Record]| {
        let mut books = Books::default();
        ledger.iter().try_for_each(|record| verify(&mut books, record).map(drop))
    };
    assert_eq!(found(&ledger), Ok(()));
    for (at, record) in ledger.iter().enumerate() {
        for byte in 0..record.entry.len() {
            let mut bad = ledger.clone();
            let mut bytes = record.entry.clone().into_bytes();
            bytes[byte] ^= 1;
            let Ok(text) = String::from_utf8(bytes) else { continue };
            bad[at].entry = text;
            assert_eq!(found(&bad).map_err(|fault| fault.seq), Err(at as u64 + 1));
        }
        for byte in 0..32 {
            let mut bad = ledger.clone();
            bad[at].hash.0[byte] ^= 0x80;
            assert_eq!(found(&bad).map_err(|fault| fault.seq), Err(at as u64 + 1));
        }
        let mut bad = ledger.clone();
        bad.remove(at);
        assert_eq!(found(&bad).is_err(), at + 1 < ledger.len(), "a gap is found, an end is not");
    }
}

#[test]
fn ledger_that_breaks_a_rule_is_found_though_its_hashes_are_right() {
    let mut sale = dropped(1, 1, None);
    claim(&mut sale, 1, "ann", 1).expect("claimed");
    let mut ledger = sale.take_records();
    let fact = Fact::Claimed {
        offer: OfferId::voucher("ten"),
        n: 2,
        user: "bea".into(),
        nick: "bea".into(),
        how: How::Button,
        cid: 1,
    };
    ledger.push(chain::record(sale.books().head(), 3, Millis(2), fact).1);
    let fault = Sale::open(sale.catalogue().clone(), &ledger).expect_err("oversold");
    assert_eq!(fault.seq, 3);
    assert!(fault.why.contains("sold out"), "{fault}");
}
