//! Red packets: money the shop gives away in shares.
//!
//! The shop has settled it and drawn the shares before it tells us; here they
//! are opened one after the other, each by another person, and the shop hears
//! who opened which. Nothing here moves money.

use super::{Change, Fact, KEYWORD, OfferId, Price, Sale, TITLE, Terms, Thing, bad, named, words};
use crate::{AMOUNT_LIMIT, Code, Millis, Reject, text};
use serde::{Deserialize, Serialize};

/// Most red packets there ever were in one sale.
pub const PACKETS: usize = 1_000;
/// Most shares of one.
pub const SHARES: usize = 10_000;
/// Longest time one can be opened, in s: a day, as without.
const SECONDS: u32 = 86_400;

/// A red packet as the shop gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Packet {
    /// 1–20 of `a–z 0–9 -`; the same again is the same packet.
    pub id: String,
    /// Who gives it, a name of 1–24 characters.
    pub by: String,
    /// The good wishes on it, 1–80 characters.
    pub title: String,
    /// What each share is worth, in the smallest unit of the currency and in
    /// the order they are opened: 1–10,000 of them, none of nothing.
    pub amounts: Vec<u64>,
    /// ISO 4217.
    pub currency: String,
    /// A comment with this word opens one, 1–24 characters.
    #[serde(default)]
    pub keyword: Option<String>,
    /// How long, 1–86,400; a day without.
    #[serde(default)]
    pub seconds: Option<u32>,
}

impl Packet {
    /// The terms it has, and its shares.
    fn terms(self, now: Millis) -> Result<(Terms, Vec<u64>), Reject> {
        let Self { id, by, mut title, amounts, currency, keyword, seconds } = self;
        named(&id)?;
        let by = text::nick(&by)?;
        words("title", &mut title, 1, TITLE)?;
        if !(1..=SHARES).contains(&amounts.len()) {
            return Err(bad(format!("{} amounts were given; give 1 to {SHARES}", amounts.len())));
        }
        let all = amounts.iter().try_fold(0_u64, |sum, amount| {
            let sum = sum.checked_add(*amount).filter(|sum| *sum <= AMOUNT_LIMIT);
            sum.filter(|_| *amount > 0)
        });
        let amount = all.ok_or_else(|| {
            bad(format!("\"amounts\" must be 1 or more each, and {AMOUNT_LIMIT} or less together"))
        })?;
        let total = Price { amount, currency }.checked("amounts")?;
        let seconds = seconds.unwrap_or(SECONDS);
        if !(1..=SECONDS).contains(&seconds) {
            return Err(bad(format!("\"seconds\" is {seconds}; write 1 to {SECONDS}")));
        }
        let mut keyword = keyword.unwrap_or_default();
        words("keyword", &mut keyword, 0, KEYWORD)?;
        let terms = Terms {
            title,
            thing: Thing::Packet { by, total },
            // At most SHARES, so it fits.
            stock: u32::try_from(amounts.len()).unwrap_or(u32::MAX),
            per_person: 1,
            opens_at: now,
            ends_at: Some(now.plus(u64::from(seconds) * 1_000)),
            keyword: Some(keyword).filter(|word| !word.is_empty()),
        };
        Ok((terms, amounts))
    }
}

impl Sale {
    /// Lets a red packet be opened; says whether it is new.
    ///
    /// # Errors
    /// [`Code::BadValue`] that names the field, or [`Code::Settled`] if another
    /// one was given under its id.
    pub fn give(&mut self, now: Millis, packet: Packet) -> Result<bool, Reject> {
        let id = packet.id.clone();
        let offer = OfferId::packet(&id);
        let (terms, amounts) = packet.terms(now)?;
        if let Some(known) = self.books.offer(&offer) {
            let (opens_at, ends_at) = (known.terms.opens_at, known.terms.ends_at);
            let same = Terms { opens_at, ends_at, ..terms } == known.terms
                && self.catalogue.packets.get(&id) == Some(&amounts);
            return if same {
                Ok(false)
            } else {
                let message = format!("another red packet was given as {id:?}; give it its own id");
                Err(Reject::new(Code::Settled, message))
            };
        }
        if self.catalogue.packets.len() >= PACKETS {
            return Err(bad(format!("{PACKETS} red packets were given in this sale already")));
        }
        self.write(now, Fact::Opened { offer, terms: Box::new(terms.checked()?) })?;
        self.catalogue.packets.insert(id.clone(), amounts);
        self.changes.insert(Change::Packet(id));
        Ok(true)
    }

    /// What the `n`th share of a red packet is worth, if the offer is one.
    pub fn amount(&self, offer: &OfferId, n: u32) -> Option<Price> {
        let known = self.books.offer(offer)?;
        let Thing::Packet { total, .. } = &known.terms.thing else { return None };
        let amounts = self.catalogue.packets.get(offer.as_packet()?)?;
        let amount = *amounts.get(usize::try_from(n.checked_sub(1)?).ok()?)?;
        Some(Price { amount, currency: total.currency.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::who;
    use super::*;
    use crate::sale::How;

    fn packet(amounts: &[u64]) -> Packet {
        Packet {
            id: "luck".into(),
            by: "Ann".into(),
            title: "Good luck".into(),
            amounts: amounts.to_vec(),
            currency: "cny".into(),
            keyword: Some("luck".into()),
            seconds: None,
        }
    }

    #[test]
    fn each_share_is_opened_once_and_by_another_person_until_none_is_left() {
        let mut sale = Sale::default();
        assert_eq!(sale.give(Millis(0), packet(&[300, 500])), Ok(true));
        let offer = OfferId::packet("luck");
        let mut open = |name: &str, cid| {
            let answer = sale.claim(Millis(1), &who(name), &offer, How::Button, cid);
            answer.map(|made| made.amount.expect("an amount").words()).map_err(|no| no.code)
        };
        assert_eq!(open("ann", 1), Ok("¥3".into()));
        assert_eq!(open("ann", 1), Ok("¥3".into()));
        assert_eq!(open("ann", 2), Err(Code::OfferLimit));
        assert_eq!(open("bea", 1), Ok("¥5".into()));
        assert_eq!(open("cid", 1), Err(Code::SoldOut));
        let Thing::Packet { total, .. } = &sale.books().offer(&offer).expect("it").terms.thing
        else {
            panic!("a packet")
        };
        assert_eq!(total.words(), "¥8");
    }

    #[test]
    fn same_packet_again_is_the_same_and_another_under_its_id_is_refused() {
        let mut sale = Sale::default();
        sale.give(Millis(0), packet(&[1, 2])).expect("given");
        assert_eq!(sale.give(Millis(9), packet(&[1, 2])), Ok(false));
        let other = sale.give(Millis(9), packet(&[2, 1])).map_err(|reject| reject.code);
        assert_eq!(other, Err(Code::Settled));
        assert_eq!(sale.books().last(), 1);
    }

    #[test]
    fn amounts_of_nothing_too_many_or_too_much_are_refused() {
        let refused = |packet| {
            let given = Sale::default().give(Millis(0), packet);
            given.map_err(|reject| reject.code) == Err(Code::BadValue)
        };
        assert!(refused(packet(&[])) && refused(packet(&[1, 0])));
        assert!(refused(packet(&vec![1; SHARES + 1])));
        assert!(refused(packet(&[AMOUNT_LIMIT, 1])) && refused(packet(&[u64::MAX, 1])));
        assert!(refused(Packet { currency: "€".into(), ..packet(&[1]) }));
        assert!(refused(Packet { seconds: Some(0), ..packet(&[1]) }));
        assert!(refused(Packet { id: "A b".into(), ..packet(&[1]) }));
    }
}
