//! Gift combos: repeats of one gift by one sender, folded into one card.

use crate::{Card, Event, EventKind, Millis, Role, Sender, UserId};

/// How long a card of tier 1–5 stays after it last grew, in ms. For tier 1
/// this is the combo window.
const STAYS: [u64; 5] = [4_000, 6_000, 9_000, 15_000, 30_000];

/// A sender and a gift: what makes two gifts the same combo.
pub(super) type Key = (UserId, String);

/// One combo, waiting or on the picture.
#[derive(Debug, Clone)]
pub(super) struct Combo {
    /// Its card; `until` means nothing while it waits.
    pub(super) card: Card,
    /// The event that opened it.
    pub(super) opener: Event,
    /// Since when it waits for a place.
    pub(super) since: Millis,
}

impl Combo {
    /// The combo a gift event opens; `None` if it is no gift.
    pub(super) fn open(now: Millis, opener: &Event) -> Option<Self> {
        let EventKind::Gift { gift, count } = &opener.kind else { return None };
        let card = Card {
            id: opener.id.clone(),
            from: giver(opener),
            gift: gift.clone(),
            count: *count,
            tier: gift.tier(*count),
            until: now,
        };
        Some(Self { card, opener: opener.clone(), since: now })
    }

    /// What it is a combo of.
    pub(super) fn key(&self) -> Key {
        (self.card.from.id.clone(), self.card.gift.id.clone())
    }

    /// Whether `other` is a repeat of it.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.card.from.id == other.card.from.id && self.card.gift.id == other.card.gift.id
    }

    /// Counts a repeat in.
    pub(super) fn fold(&mut self, repeat: &Self) {
        self.card.count = self.card.count.saturating_add(repeat.card.count);
        self.card.tier = self.card.gift.tier(self.card.count);
    }

    /// The card stays from `now` for as long as its tier gives.
    pub(super) fn stay(&mut self, now: Millis) {
        let tier = usize::from(self.card.tier).clamp(1, STAYS.len());
        self.card.until = now.plus(STAYS[tier - 1]);
    }

    /// What it is worth, in coins.
    pub(super) fn worth(&self) -> u64 {
        u64::from(self.card.gift.coins) * u64::from(self.card.count)
    }
}

/// Who gives. A gift without a sender is still paid, so it gets a card under
/// the name of the place it came from.
fn giver(event: &Event) -> Sender {
    event.from.clone().unwrap_or_else(|| Sender {
        id: UserId(String::new()),
        nick: event.source.chars().take(crate::text::NICK_LIMIT).collect(),
        avatar: None,
        role: Role::Guest,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::sample::{comment, gift};

    #[test]
    fn a_repeat_raises_count_and_tier() {
        let mut combo = Combo::open(Millis(0), &gift("1", "ann", "star", 4)).expect("a gift");
        assert_eq!((combo.card.count, combo.card.tier, combo.worth()), (4, 2, 80));
        combo.fold(&Combo::open(Millis(9), &gift("2", "ann", "star", 1)).expect("a gift"));
        assert_eq!((combo.card.count, combo.card.tier, combo.card.id.as_str()), (5, 3, "1"));
    }

    #[test]
    fn dearer_cards_stay_longer() {
        for (count, stay) in [(1, 4_000), (10, 6_000), (100, 9_000), (1_000, 15_000)] {
            let mut combo =
                Combo::open(Millis(7), &gift("1", "ann", "rose", count)).expect("a gift");
            combo.stay(Millis(7));
            assert_eq!(combo.card.until, Millis(7 + stay), "{count} roses");
        }
    }

    #[test]
    fn the_dearest_card_stays_thirty_seconds() {
        let mut combo = Combo::open(Millis(0), &gift("1", "ann", "castle", 2)).expect("a gift");
        combo.stay(Millis(0));
        assert_eq!((combo.card.tier, combo.card.until), (5, Millis(30_000)));
    }

    #[test]
    fn only_the_same_gift_of_the_same_sender_is_a_repeat() {
        let open = |user, what| Combo::open(Millis(0), &gift("1", user, what, 1)).expect("a gift");
        let ann = open("ann", "rose");
        assert!(ann.is_same(&open("ann", "rose")));
        assert!(!ann.is_same(&open("bob", "rose")));
        assert!(!ann.is_same(&open("ann", "star")));
    }

    #[test]
    fn a_gift_without_a_sender_is_given_by_its_source() {
        let event = Event { from: None, ..gift("1", "ann", "rose", 1) };
        let combo = Combo::open(Millis(0), &event).expect("a gift");
        assert_eq!(combo.card.from.nick, "room");
    }

    #[test]
    fn a_comment_opens_no_combo() {
        assert!(Combo::open(Millis(0), &comment("1", "ann", "hi")).is_none());
    }
}
