//! Paid comments: those that wait and the two that stand on the picture.
//!
//! Each stays as long as its tier gives (4–30 s). While others wait and no
//! place is free, the one of the lowest tier, the oldest of equals, makes way
//! once it has stood for 4 s. The pace does not hold them up.

use crate::{Event, EventId, Millis, PaidCard, UserId};
use std::collections::VecDeque;

/// Paid comments on the picture at once.
pub(super) const PLACES: usize = 2;
/// Most that wait; they count into the bound of High.
pub(super) const BOUND: usize = 300;
/// None makes way before this, in ms.
const LEAST: u64 = 4_000;

/// At most [`PLACES`] stand and [`BOUND`] wait. A full one lets the cheapest
/// waiting one (lowest tier, youngest of equals) age out; none ages by time.
#[derive(Debug, Clone, Default)]
pub(super) struct PaidCards {
    /// Oldest first.
    up: Vec<PaidCard>,
    waiting: VecDeque<Event>,
}

/// What happened to a paid comment.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Turn {
    /// It came on the picture.
    Up(Box<PaidCard>),
    /// It left.
    Down(EventId),
}

impl PaidCards {
    /// Lets a paid comment wait for its place; returns the one that aged out for it.
    pub(super) fn offer(&mut self, event: Event) -> Option<Event> {
        self.waiting.push_back(event);
        if self.waiting.len() <= BOUND {
            return None;
        }
        let worth = |(place, event): &(usize, &Event)| (tier(event), usize::MAX - place);
        let (place, _) = self.waiting.iter().enumerate().min_by_key(worth)?;
        self.waiting.remove(place)
    }

    /// What time brings, oldest waiting first.
    pub(super) fn tick(&mut self, now: Millis) -> Vec<Turn> {
        let mut turns = Vec::new();
        while let Some(index) = self.up.iter().position(|card| card.until <= now) {
            turns.push(Turn::Down(self.up.remove(index).id));
        }
        while !self.waiting.is_empty() {
            if self.up.len() == PLACES {
                let Some(index) = self.next_out().filter(|i| self.may_go(*i) <= now) else { break };
                turns.push(Turn::Down(self.up.remove(index).id));
            }
            let Some(event) = self.waiting.pop_front() else { break };
            turns.extend(self.put_up(now, event).map(Box::new).map(Turn::Up));
        }
        turns
    }

    /// When [`PaidCards::tick`] has something to do next; maybe in the past.
    pub(super) fn next_wakeup(&self) -> Option<Millis> {
        let ends = self.up.iter().map(|card| card.until).min();
        let turn = if self.waiting.is_empty() {
            None
        } else if self.up.len() < PLACES {
            Some(Millis(0))
        } else {
            self.next_out().map(|index| self.may_go(index))
        };
        [ends, turn].into_iter().flatten().min()
    }

    /// Those that stand on the picture, oldest first.
    pub(super) fn up(&self) -> &[PaidCard] {
        &self.up
    }

    /// How many wait.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Takes a waiting one out.
    pub(super) fn take(&mut self, id: &EventId) -> Option<Event> {
        let place = self.waiting.iter().position(|event| event.id == *id)?;
        self.waiting.remove(place)
    }

    /// Takes out every waiting one by `user`.
    pub(super) fn take_user(&mut self, user: &UserId) -> Vec<Event> {
        let is_theirs = |event: &Event| event.from.as_ref().is_some_and(|from| from.id == *user);
        let (theirs, others) =
            std::mem::take(&mut self.waiting).into_iter().partition::<Vec<_>, _>(is_theirs);
        self.waiting = others.into();
        theirs
    }

    /// Takes those off the picture that are among `gone`.
    pub(super) fn take_off(&mut self, gone: &[EventId]) {
        self.up.retain(|card| !gone.contains(&card.id));
    }

    /// Takes all off the picture; what waits goes on waiting.
    pub(super) fn clear(&mut self) {
        self.up.clear();
    }

    fn put_up(&mut self, now: Millis, event: Event) -> Option<PaidCard> {
        let until = now.plus(event.kind.paid()?.stay_ms());
        let card = PaidCard { id: event.id.clone(), event, since: now, until };
        self.up.push(card.clone());
        Some(card)
    }

    /// Index of the one that makes way first.
    fn next_out(&self) -> Option<usize> {
        (0..self.up.len()).min_by_key(|&i| (tier(&self.up[i].event), self.up[i].since))
    }

    fn may_go(&self, index: usize) -> Millis {
        self.up[index].since.plus(LEAST)
    }
}

fn tier(event: &Event) -> u8 {
    event.kind.paid().map_or(0, |paid| paid.tier)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::sample::paid;

    fn ids(cards: &PaidCards) -> Vec<&str> {
        cards.up.iter().map(|card| card.id.as_str()).collect()
    }

    #[test]
    fn each_stays_as_long_as_its_tier_gives() {
        let mut cards = PaidCards::default();
        cards.offer(paid("a", "ann", 1));
        cards.offer(paid("b", "ben", 5));
        cards.tick(Millis(0));
        assert_eq!(cards.next_wakeup(), Some(Millis(4_000)));
        assert_eq!(cards.tick(Millis(4_000)), [Turn::Down("a".into())]);
        assert_eq!(cards.tick(Millis(29_999)), []);
        assert_eq!(cards.tick(Millis(30_000)), [Turn::Down("b".into())]);
        assert_eq!(cards.next_wakeup(), None);
    }

    #[test]
    fn the_cheaper_one_makes_way_after_four_seconds() {
        let mut cards = PaidCards::default();
        for (id, tier) in [("a", 5), ("b", 3), ("c", 2)] {
            cards.offer(paid(id, "ann", tier));
        }
        cards.tick(Millis(0));
        assert_eq!((ids(&cards), cards.waiting()), (vec!["a", "b"], 1));
        assert_eq!(cards.tick(Millis(3_999)), []);
        assert_eq!(cards.next_wakeup(), Some(Millis(4_000)));
        cards.tick(Millis(4_000));
        assert_eq!((ids(&cards), cards.waiting()), (vec!["a", "c"], 0));
    }

    #[test]
    fn a_full_line_lets_its_cheapest_go() {
        let mut cards = PaidCards::default();
        for n in 0..BOUND {
            assert_eq!(cards.offer(paid(&n.to_string(), "ann", 2)), None);
        }
        let out = cards.offer(paid("rich", "ben", 5)).expect("one goes");
        assert_eq!(out.id.as_str(), (BOUND - 1).to_string());
        let out = cards.offer(paid("poor", "ben", 1)).expect("one goes");
        assert_eq!(out.id.as_str(), "poor");
    }
}
