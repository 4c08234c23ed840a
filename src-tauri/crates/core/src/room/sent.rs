//! Which numbers a sender has used lately: the same sender and number within
//! five minutes is the same message (avchatroom: From_Account + Random).

use crate::{EventId, Millis, UserId};
use std::collections::{HashMap, VecDeque};

/// How long a number is remembered, in ms.
const MEMORY_MS: u64 = 300_000;
/// Most numbers remembered; beyond it the oldest are forgotten early.
const BOUND: usize = 50_000;

/// Memory of `(sender, number) → event`.
#[derive(Debug, Default)]
pub struct Sent {
    known: HashMap<(UserId, u32), EventId>,
    order: VecDeque<(Millis, UserId, u32)>,
}

impl Sent {
    /// The event this sender's number stands for, if it is still remembered.
    pub fn get(&mut self, now: Millis, user: &UserId, cid: u32) -> Option<EventId> {
        self.forget(now);
        self.known.get(&(user.clone(), cid)).cloned()
    }

    /// Remembers a number.
    pub fn put(&mut self, now: Millis, user: UserId, cid: u32, id: EventId) {
        self.forget(now);
        self.order.push_back((now, user.clone(), cid));
        self.known.insert((user, cid), id);
    }

    fn forget(&mut self, now: Millis) {
        while self
            .order
            .front()
            .is_some_and(|(at, ..)| now.since(*at) > MEMORY_MS || self.order.len() > BOUND)
        {
            if let Some((_, user, cid)) = self.order.pop_front() {
                self.known.remove(&(user, cid));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_is_free_again_after_five_minutes() {
        let (mut sent, t) = (Sent::default(), Millis(1_000_000));
        sent.put(t, "a".into(), 7, "e1".into());
        assert_eq!(sent.get(t.plus(MEMORY_MS), &"a".into(), 7), Some("e1".into()));
        assert_eq!(sent.get(t, &"b".into(), 7), None);
        assert_eq!(sent.get(t.plus(MEMORY_MS + 1), &"a".into(), 7), None);
    }
}
