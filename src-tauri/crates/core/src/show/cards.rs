//! Gift cards: the combos that wait and the two that are on the picture.

use super::combo::{Combo, Key};
use super::turn::{self, FEW, Up};
use crate::{Card, Event, EventId, Millis, UserId};
use std::collections::{BTreeMap, HashMap};

/// Cards on the picture at once.
pub(super) const PLACES: usize = 2;
/// A growing card is told at most once in this many ms.
const GROWTH: u64 = 50;

/// A card on the picture.
#[derive(Debug, Clone)]
struct Open {
    combo: Combo,
    /// `opened` and `grown` of [`Up`].
    opened: Millis,
    grown: Millis,
    /// When its state was told last.
    told: Millis,
    /// Whether it grew since.
    news: bool,
}

/// What happened to a card.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Move {
    /// It came on the picture.
    Opened(Card),
    /// It grew.
    Grown(Card),
    /// It left; the event had opened it.
    Ended(Event),
}

/// An event that was taken out of the cards by hand.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Taken {
    /// Its card was open.
    Open(Event),
    /// Its card still waited.
    Waiting(Event),
}

/// At most [`PLACES`] open cards, and waiting ones as far as the caller
/// allows: it asks [`Cards::push_out`] when High is full
/// ([`super::queue::BOUNDS`]). Waiting gifts never age out by time.
#[derive(Debug, Clone, Default)]
pub(super) struct Cards {
    /// Oldest first.
    open: Vec<Open>,
    /// By arrival.
    waiting: BTreeMap<u64, Combo>,
    /// Where in `waiting`.
    places: HashMap<Key, u64>,
    arrivals: u64,
}

impl Cards {
    /// Counts a gift into the card of the same combo, open or waiting, and
    /// returns that card's id; `None` if there is none.
    pub(super) fn merge(&mut self, now: Millis, gift: &Combo) -> Option<EventId> {
        let open = |open: &&mut Open| open.combo.is_same(gift) && open.combo.card.until > now;
        if let Some(open) = self.open.iter_mut().find(open) {
            open.combo.fold(gift);
            open.combo.stay(now);
            (open.grown, open.news) = (now, true);
            return Some(open.combo.card.id.clone());
        }
        let waiting = self.waiting.get_mut(self.places.get(&gift.key())?)?;
        waiting.fold(gift);
        Some(waiting.card.id.clone())
    }

    /// Lets a gift wait for its place.
    pub(super) fn wait(&mut self, gift: Combo) {
        self.arrivals += 1;
        self.places.insert(gift.key(), self.arrivals);
        self.waiting.insert(self.arrivals, gift);
    }

    /// Takes out the cheapest waiting gift, the youngest of equals, if it is
    /// cheaper than `gift`. What was merged into it goes with it.
    pub(super) fn push_out(&mut self, gift: &Combo) -> Option<Event> {
        let worth = |(place, combo): &(&u64, &Combo)| (combo.worth(), u64::MAX - **place);
        let (&place, cheapest) = self.waiting.iter().min_by_key(worth)?;
        if cheapest.worth() >= gift.worth() {
            return None;
        }
        self.unqueue(place).map(|combo| combo.opener)
    }

    /// What time brings: growth told, cards that stayed their time ended,
    /// waiting gifts put on free places or in the place of a card that makes
    /// way ([`turn`]). The last state of a card is told before it ends.
    pub(super) fn tick(&mut self, now: Millis) -> Vec<Move> {
        let mut moves = Vec::new();
        for open in &mut self.open {
            if open.news && open.told.plus(GROWTH) <= now {
                (open.told, open.news) = (now, false);
                moves.push(Move::Grown(open.combo.card.clone()));
            }
        }
        while let Some(index) = self.open.iter().position(|open| open.combo.card.until <= now) {
            self.end(index, &mut moves);
        }
        while let Some(at) = self.turn_at()
            && at <= now
        {
            if self.open.len() == PLACES
                && let Some((_, index)) = self.next_turn()
            {
                self.end(index, &mut moves);
            }
            self.open_first(now, &mut moves);
        }
        moves
    }

    /// When [`Cards::tick`] has something to do next; maybe in the past.
    pub(super) fn next_wakeup(&self) -> Option<Millis> {
        let growth = self.open.iter().filter(|open| open.news).map(|o| o.told.plus(GROWTH));
        let ends = self.open.iter().map(|open| open.combo.card.until);
        growth.chain(ends).chain(self.turn_at()).min()
    }

    /// Puts a waiting card on the picture at once, out of turn, in the place
    /// of the cheaper card if none is free. `None` if no such card waits.
    pub(super) fn open_now(&mut self, now: Millis, id: &EventId) -> Option<Vec<Move>> {
        let (&place, _) = self.waiting.iter().find(|(_, combo)| combo.card.id == *id)?;
        let combo = self.unqueue(place)?;
        let mut moves = Vec::new();
        if self.open.len() == PLACES {
            let rank = |&index: &usize| (self.open[index].combo.card.tier, self.open[index].grown);
            if let Some(index) = (0..self.open.len()).min_by_key(rank) {
                self.end(index, &mut moves);
            }
        }
        self.show(now, combo, &mut moves);
        Some(moves)
    }

    /// Takes out the card with this id, wherever it is.
    pub(super) fn take(&mut self, id: &EventId) -> Option<Taken> {
        if let Some(index) = self.open.iter().position(|open| open.combo.card.id == *id) {
            return Some(Taken::Open(self.open.remove(index).combo.opener));
        }
        let (&place, _) = self.waiting.iter().find(|(_, combo)| combo.card.id == *id)?;
        self.unqueue(place).map(|combo| Taken::Waiting(combo.opener))
    }

    /// Ids of every card by `user`, open ones first.
    pub(super) fn ids_of(&self, user: &UserId) -> Vec<EventId> {
        let open = self.open.iter().map(|open| &open.combo);
        let theirs = open.chain(self.waiting.values()).filter(|c| c.card.from.id == *user);
        theirs.map(|combo| combo.card.id.clone()).collect()
    }

    /// Takes every card off the picture; returns the events that had opened them.
    pub(super) fn clear(&mut self) -> Vec<Event> {
        self.open.drain(..).map(|open| open.combo.opener).collect()
    }

    /// The event that opened this card, if it is on the picture.
    pub(super) fn opener(&self, id: &EventId) -> Option<&Event> {
        let open = self.open.iter().find(|open| open.combo.card.id == *id)?;
        Some(&open.combo.opener)
    }

    /// Cards on the picture, oldest first.
    pub(super) fn open(&self) -> Vec<Card> {
        self.open.iter().map(|open| open.combo.card.clone()).collect()
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// When the first waiting gift gets a place.
    fn turn_at(&self) -> Option<Millis> {
        let (_, first) = self.waiting.first_key_value()?;
        if self.open.len() < PLACES {
            return Some(first.since);
        }
        self.next_turn().map(|(at, _)| at)
    }

    fn next_turn(&self) -> Option<(Millis, usize)> {
        let up = |o: &Open| Up { opened: o.opened, grown: o.grown, tier: o.combo.card.tier };
        let open: Vec<Up> = self.open.iter().map(up).collect();
        let waiting: Vec<Millis> = self.waiting.values().take(FEW + 1).map(|c| c.since).collect();
        turn::next(&open, &waiting)
    }

    fn open_first(&mut self, now: Millis, moves: &mut Vec<Move>) {
        if let Some((&place, _)) = self.waiting.first_key_value()
            && let Some(combo) = self.unqueue(place)
        {
            self.show(now, combo, moves);
        }
    }

    fn show(&mut self, now: Millis, mut combo: Combo, moves: &mut Vec<Move>) {
        combo.stay(now);
        moves.push(Move::Opened(combo.card.clone()));
        self.open.push(Open { combo, opened: now, grown: now, told: now, news: false });
    }

    fn end(&mut self, index: usize, moves: &mut Vec<Move>) {
        let open = self.open.remove(index);
        if open.news {
            moves.push(Move::Grown(open.combo.card));
        }
        moves.push(Move::Ended(open.combo.opener));
    }

    fn unqueue(&mut self, place: u64) -> Option<Combo> {
        let combo = self.waiting.remove(&place)?;
        self.places.remove(&combo.key());
        Some(combo)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::sample::gift;

    fn combo(now: u64, id: &str, user: &str, what: &str, count: u32) -> Combo {
        Combo::open(Millis(now), &gift(id, user, what, count)).expect("a gift")
    }

    fn merge(cards: &mut Cards, now: u64, gift: Combo) -> Option<String> {
        cards.merge(Millis(now), &gift).map(|into| into.0)
    }

    /// Moves in short: `+1x2` opened, `=1x3` grown, `-1` ended.
    fn short(moves: &[Move]) -> Vec<String> {
        let word = |m: &Move| match m {
            Move::Opened(card) => format!("+{}x{}", card.id, card.count),
            Move::Grown(card) => format!("={}x{}", card.id, card.count),
            Move::Ended(event) => format!("-{}", event.id),
        };
        moves.iter().map(word).collect()
    }

    #[test]
    fn growth_is_told_at_most_every_fifty_milliseconds() {
        let mut cards = Cards::default();
        cards.wait(combo(0, "1", "ann", "rose", 1));
        assert_eq!(short(&cards.tick(Millis(0))), ["+1x1"]);
        for t in [10, 20, 49] {
            assert_eq!(merge(&mut cards, t, combo(t, "r", "ann", "rose", 1)).as_deref(), Some("1"));
            assert!(cards.tick(Millis(t)).is_empty());
        }
        assert_eq!(cards.next_wakeup(), Some(Millis(50)));
        assert_eq!(short(&cards.tick(Millis(50))), ["=1x4"]);
        assert_eq!(cards.next_wakeup(), Some(Millis(49 + 4_000)));
    }

    #[test]
    fn a_combo_ends_when_its_window_has_passed_and_then_starts_anew() {
        let mut cards = Cards::default();
        cards.wait(combo(0, "1", "ann", "rose", 1));
        cards.tick(Millis(0));
        assert!(merge(&mut cards, 3_999, combo(3_999, "2", "ann", "rose", 1)).is_some());
        assert!(merge(&mut cards, 7_999, combo(7_999, "3", "ann", "rose", 1)).is_none());
        assert_eq!(short(&cards.tick(Millis(7_999))), ["=1x2", "-1"]);
    }

    #[test]
    fn a_repeat_of_a_waiting_gift_waits_with_it() {
        let mut cards = Cards::default();
        for (id, user) in [("1", "ann"), ("2", "bob"), ("3", "cas")] {
            cards.wait(combo(0, id, user, "rose", 1));
        }
        cards.tick(Millis(0));
        assert_eq!(merge(&mut cards, 5, combo(5, "4", "cas", "rose", 2)).as_deref(), Some("3"));
        assert_eq!((cards.waiting(), cards.open().len()), (1, PLACES));
        assert_eq!(short(&cards.tick(Millis(900))), ["-1", "+3x3"]);
    }

    #[test]
    fn the_cheapest_waiting_gift_goes_and_the_youngest_of_equals() {
        let mut cards = Cards::default();
        for (id, user, what) in [("1", "a", "cake"), ("2", "b", "rose"), ("3", "c", "rose")] {
            cards.wait(combo(0, id, user, what, 1));
        }
        assert_eq!(cards.push_out(&combo(0, "4", "d", "rose", 1)), None);
        let out = cards.push_out(&combo(0, "4", "d", "coffee", 1));
        assert_eq!(out.map(|event| event.id), Some("3".into()));
        assert!(merge(&mut cards, 0, combo(0, "5", "c", "rose", 1)).is_none());
    }

    #[test]
    fn the_last_state_of_a_card_is_told_before_it_makes_way() {
        let mut cards = Cards::default();
        for (id, user) in [("1", "ann"), ("2", "bob"), ("3", "cas")] {
            cards.wait(combo(0, id, user, "rose", 1));
        }
        cards.tick(Millis(0));
        for t in [880, 890] {
            for user in ["ann", "bob"] {
                assert!(merge(&mut cards, t, combo(t, "r", user, "rose", 1)).is_some());
            }
            cards.tick(Millis(t));
        }
        assert_eq!(short(&cards.tick(Millis(900))), ["=1x3", "-1", "+3x1"]);
        assert_eq!((cards.waiting(), cards.places.len()), (0, 0));
    }

    #[test]
    fn a_card_opened_out_of_turn_takes_the_place_of_the_cheaper_one() {
        let mut cards = Cards::default();
        for (id, what) in [("1", "rose"), ("2", "castle"), ("3", "star"), ("4", "cake")] {
            cards.wait(combo(0, id, "ann", what, 1));
        }
        cards.tick(Millis(0));
        let moves = cards.open_now(Millis(1), &"4".into()).expect("it waits");
        assert_eq!(short(&moves), ["-1", "+4x1"]);
        assert_eq!(cards.open_now(Millis(1), &"4".into()), None);
    }
}
