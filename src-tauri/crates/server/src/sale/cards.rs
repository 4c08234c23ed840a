//! What SDKs in the room are told of the offers: cards that open, count down
//! and end.

use super::letters::data;
use super::told;
use serde::Serialize;
use std::collections::BTreeMap;
use surtitle_core::Millis;
use surtitle_core::sale::{OfferId, Sale};
use surtitle_core::wire::OfferInfo;

/// How many are left is told at most this often, because it is a message of
/// the room; that there is none left at once. In ms.
const LEFT_EVERY: u64 = 1_000;

/// News of the offers.
#[derive(Debug, Serialize)]
#[serde(tag = "news", rename_all = "snake_case")]
enum Card<'a> {
    /// It can be claimed from now on, or on other terms.
    Opened { now: Millis, offer: &'a OfferInfo },
    /// How many are left of those that moved.
    Left { left: Vec<(&'a OfferId, u32)> },
    /// It is over.
    Ended { offer: &'a OfferId, title: &'a str, drawn: Option<Vec<String>> },
}

/// One that can be claimed now, for who asks.
pub(super) fn opened(now: Millis, offer: &OfferInfo) -> String {
    data(&Card::Opened { now, offer })
}

/// What SDKs were told last.
#[derive(Debug, Clone, Default)]
pub(super) struct Cards {
    told: BTreeMap<OfferId, OfferInfo>,
    left_at: Millis,
}

impl Cards {
    /// What is to be told now, each with whether it is worth nothing later,
    /// and whether to ask again soon.
    pub fn news(&mut self, now: Millis, sale: &Sale) -> (Vec<(String, bool)>, bool) {
        let mut open = BTreeMap::new();
        for (id, offer) in sale.books().offers() {
            if offer.is_running(now) {
                open.insert(id.clone(), told::offer(id, offer));
            }
        }
        let mut news = Vec::new();
        for (id, offer) in &open {
            let told = self.told.get(id).map(|told| OfferInfo { left: offer.left, ..told.clone() });
            if told.as_ref() != Some(offer) {
                news.push((opened(now, offer), false));
            }
        }
        for (id, told) in self.told.iter().filter(|(id, _)| !open.contains_key(*id)) {
            let drawn = sale.books().offer(id).and_then(|offer| told::offer(id, offer).drawn);
            news.push((data(&Card::Ended { offer: id, title: &told.title, drawn }), false));
        }
        let moved = |(id, offer): &(&OfferId, &OfferInfo)| {
            self.told.get(*id).is_some_and(|told| told.left != offer.left)
        };
        let left: Vec<(&OfferId, u32)> =
            open.iter().filter(moved).map(|(id, offer)| (id, offer.left)).collect();
        let is_time =
            now.since(self.left_at) >= LEFT_EVERY || left.iter().any(|(_, left)| *left == 0);
        let again = !left.is_empty() && !is_time;
        if !left.is_empty() && is_time {
            news.push((data(&Card::Left { left }), true));
            self.left_at = now;
        } else if again {
            // Told later: what is known stays what was told.
            for (id, offer) in &mut open {
                if let Some(told) = self.told.get(id) {
                    offer.left = told.left;
                }
            }
        }
        self.told = open;
        (news, again)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};
    use surtitle_core::sale::{How, SaleOrder, Voucher, Worth};
    use surtitle_core::{Role, Sender};

    fn order(sale: &mut Sale, order: SaleOrder) {
        sale.order(Millis(5_000), Role::Host, order, "seed").expect("carried out");
    }

    fn said((data, passing): &(String, bool)) -> (Value, bool) {
        let json: Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(json["businessID"], "SurtitleSale");
        (json["data"].clone(), *passing)
    }

    #[test]
    fn card_opens_counts_down_once_a_second_and_ends() {
        let (mut sale, mut cards) = (Sale::default(), Cards::default());
        let voucher = Voucher {
            id: "ten".into(),
            title: "Ten off".into(),
            worth: Worth::Percent { percent: 10 },
            stock: 3,
            per_person: 1,
            min_spend: None,
            keyword: None,
            opens_at: None,
            ends_at: None,
        };
        order(&mut sale, SaleOrder::Voucher { voucher: Box::new(voucher) });
        order(&mut sale, SaleOrder::Drop { id: "ten".into(), seconds: Some(60) });
        let (news, again) = cards.news(Millis(5_000), &sale);
        let (opened, passing) = said(&news[0]);
        assert_eq!((news.len(), again, passing), (1, false, false));
        assert_eq!((&opened["news"], &opened["offer"]["left"]), (&json!("opened"), &json!(3)));
        let offer = OfferId::voucher("ten");
        let claim = |sale: &mut Sale, name: &str| {
            let who =
                Sender { id: name.into(), nick: name.into(), avatar: None, role: Role::Viewer };
            sale.claim(Millis(5_001), &who, &offer, How::Button, 1).expect("claimed");
        };
        let left = |n| json!({ "news": "left", "left": [["voucher:ten", n]] });
        claim(&mut sale, "ann");
        let (news, again) = cards.news(Millis(5_001), &sale);
        assert_eq!((said(&news[0]), again), ((left(2), true), false));
        claim(&mut sale, "bea");
        assert_eq!(cards.news(Millis(5_002), &sale), (Vec::new(), true), "not yet");
        assert_eq!(said(&cards.news(Millis(6_001), &sale).0[0]), (left(1), true));
        claim(&mut sale, "cid");
        assert_eq!(said(&cards.news(Millis(6_002), &sale).0[0]), (left(0), true), "at once");
        let (news, _) = cards.news(Millis(65_000), &sale);
        let (ended, passing) = said(&news[0]);
        assert_eq!((&ended["news"], &ended["title"]), (&json!("ended"), &json!("Ten off")));
        assert!(!passing);
        assert_eq!(cards.news(Millis(65_001), &sale), (Vec::new(), false));
    }
}
