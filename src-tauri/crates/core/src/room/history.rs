//! The recent past of a room: what resume and new members get.

use crate::{Event, EventId, Millis, Seq};
use std::collections::VecDeque;

/// Messages kept for resume: 100 s of a full 40/s budget. The oldest goes first.
pub const RING: usize = 4_000;
/// Messages a new member gets (seed: avchatroom history on join).
pub const ON_JOIN: usize = 20;
/// Age limit of those, in ms: 24 h.
pub const ON_JOIN_AGE_MS: u64 = 24 * 3_600_000;

/// Ring of the last [`RING`] delivered messages. A removed one keeps its
/// number and loses its content.
#[derive(Debug, Default)]
pub struct History {
    ring: VecDeque<(Seq, Option<Event>)>,
    last: Seq,
}

impl History {
    /// Adds the next message and returns its number.
    pub fn push(&mut self, event: Event) -> Seq {
        self.last = self.last.next();
        self.ring.push_back((self.last, Some(event)));
        if self.ring.len() > RING {
            self.ring.pop_front();
        }
        self.last
    }

    /// Number of the last message, 0 before the first.
    pub fn last(&self) -> Seq {
        self.last
    }

    /// Everything after `seen` under the same epoch; `None` if the ring no
    /// longer reaches back to it or it is from the future.
    pub fn after(&self, seen: Seq) -> Option<Vec<Event>> {
        let oldest = self.ring.front().map_or(self.last.next(), |(seq, _)| *seq);
        if seen > self.last || seen.next() < oldest {
            return None;
        }
        Some(
            self.ring
                .iter()
                .filter(|(seq, _)| *seq > seen)
                .filter_map(|(_, e)| e.clone())
                .collect(),
        )
    }

    /// The last [`ON_JOIN`] messages not older than a day, tips left out, oldest first.
    pub fn on_join(&self, now: Millis) -> Vec<Event> {
        let mut out: Vec<Event> = self
            .ring
            .iter()
            .rev()
            .filter_map(|(_, event)| event.as_ref())
            .take_while(|event| now.since(event.at) <= ON_JOIN_AGE_MS)
            .filter(|event| event.from.is_some())
            .take(ON_JOIN)
            .cloned()
            .collect();
        out.reverse();
        out
    }

    /// Forgets the content of `id`; returns whether it was there.
    pub fn erase(&mut self, id: &EventId) -> bool {
        let found = self
            .ring
            .iter_mut()
            .rev()
            .find(|(_, event)| event.as_ref().is_some_and(|e| e.id == *id));
        found.map(|(_, event)| *event = None).is_some()
    }

    /// Ids of everything in the ring by `user`.
    pub fn by(&self, user: &crate::UserId) -> Vec<EventId> {
        self.ring
            .iter()
            .filter_map(|(_, e)| e.as_ref())
            .filter(|e| e.from.as_ref().is_some_and(|f| f.id == *user))
            .map(|e| e.id.clone())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::room::tests::comment;

    #[test]
    fn ring_forgets_the_oldest_and_says_so() {
        let mut history = History::default();
        for n in 0..(RING as u32 + 5) {
            history.push(comment("a", n));
        }
        assert_eq!(history.after(Seq(4)), None);
        assert_eq!(history.after(Seq(5)).map(|e| e.len()), Some(RING));
        assert_eq!(history.after(history.last().next()), None, "from the future");
    }

    #[test]
    fn new_member_gets_twenty_of_the_last_day() {
        let mut history = History::default();
        for n in 0..50 {
            history.push(comment("a", n));
        }
        let now = comment("a", 0).at;
        assert_eq!(history.on_join(now).len(), ON_JOIN);
        assert_eq!(history.on_join(now.plus(ON_JOIN_AGE_MS + 1)).len(), 0);
    }

    #[test]
    fn erased_message_is_gone_but_its_number_stays() {
        let mut history = History::default();
        let event = comment("a", 1);
        history.push(event.clone());
        history.push(comment("a", 2));
        assert!(history.erase(&event.id));
        assert_eq!(history.after(Seq(0)).map(|e| e.len()), Some(1));
        assert_eq!(history.last(), Seq(2));
    }
}
