//! What a room may deliver in a second, and what waits for its turn.
//!
//! A bucket of tokens: it holds one second's worth, so in any window of W
//! seconds at most `rate × (W + 1)` messages pass and under load they pass
//! evenly. What it does not cover waits in a bounded queue per level and is
//! then dropped (seed FAQ 5 and 7): High up to 5 s, Normal up to 1 s, Low and
//! Lowest not at all. A waiting gift takes in later ones of the same sender
//! and kind first, so gifts fold before any is dropped.

use crate::{Event, EventKind, Fate, Millis, Priority};
use std::collections::VecDeque;

/// Longest wait per level in ms.
const WAIT_MS: [u64; 4] = [5_000, 1_000, 0, 0];
/// Seconds of budget that may wait per level; the bound is this × rate.
const WAIT_SECONDS: [usize; 4] = [5, 1, 0, 0];

/// A message that waits.
#[derive(Debug, Clone)]
struct Waiting {
    since: Millis,
    event: Event,
}

/// The rate budget of one room and the messages it does not cover yet.
///
/// Holds at most `5 × rate` High and `1 × rate` Normal messages; when a level
/// is full its oldest message is dropped.
#[derive(Debug)]
pub struct Budget {
    /// Messages a second.
    rate: u64,
    /// Thousandths of a message that may pass at `at`.
    tokens: u64,
    at: Millis,
    levels: [VecDeque<Waiting>; 4],
}

impl Budget {
    /// A full budget of `rate` ≥ 1 messages a second.
    pub fn new(now: Millis, rate: u32) -> Self {
        let rate = u64::from(rate.max(1));
        Self { rate, tokens: rate * 1_000, at: now, levels: Default::default() }
    }

    /// Puts `event` in line. Returns what had to go for it, each with its fate.
    pub fn offer(&mut self, now: Millis, event: Event) -> Vec<(Event, Fate)> {
        if let Some(into) = self.fold(&event) {
            return vec![(event, Fate::Merged { into })];
        }
        let level = event.priority.level();
        let bound = WAIT_SECONDS[level] * usize::try_from(self.rate).unwrap_or(usize::MAX);
        let queue = &mut self.levels[level];
        queue.push_back(Waiting { since: now, event });
        // One more than the bound may stand here until `take` had its chance.
        if queue.len() > bound + 1 {
            return queue.pop_front().map(dropped).into_iter().collect();
        }
        Vec::new()
    }

    /// Counts a gift into a waiting one of the same sender and kind.
    fn fold(&mut self, event: &Event) -> Option<crate::EventId> {
        let EventKind::Gift { gift, count } = &event.kind else { return None };
        let waiting = self.levels[event.priority.level()].iter_mut().find(|w| {
            w.event.from == event.from
                && matches!(&w.event.kind, EventKind::Gift { gift: g, .. } if g.id == gift.id)
        })?;
        if let EventKind::Gift { count: total, .. } = &mut waiting.event.kind {
            *total = total.saturating_add(*count);
        }
        Some(waiting.event.id.clone())
    }

    /// The next message the budget allows at `now`: highest level first, then oldest.
    pub fn take(&mut self, now: Millis) -> Option<Event> {
        self.refill(now);
        if self.tokens < 1_000 {
            return None;
        }
        let waiting = self.levels.iter_mut().find_map(VecDeque::pop_front)?;
        self.tokens -= 1_000;
        Some(waiting.event)
    }

    /// What has waited too long at `now`. Call after [`Self::take`] has returned `None`.
    pub fn expire(&mut self, now: Millis) -> Vec<(Event, Fate)> {
        let mut out = Vec::new();
        for (level, queue) in self.levels.iter_mut().enumerate() {
            while queue.front().is_some_and(|w| now.since(w.since) >= WAIT_MS[level]) {
                out.extend(queue.pop_front().map(dropped));
            }
        }
        out
    }

    /// When [`Self::take`] may next succeed; `None` if nothing waits.
    pub fn next_wakeup(&self) -> Option<Millis> {
        if self.levels.iter().all(VecDeque::is_empty) {
            return None;
        }
        let missing = 1_000u64.saturating_sub(self.tokens);
        Some(self.at.plus(missing.div_ceil(self.rate)))
    }

    /// Messages waiting per level.
    pub fn depths(&self) -> [usize; 4] {
        Priority::ALL.map(|p| self.levels[p.level()].len())
    }

    /// Takes a waiting message out, if it is there.
    pub fn remove(&mut self, id: &crate::EventId) -> Option<Event> {
        self.levels.iter_mut().find_map(|queue| {
            let i = queue.iter().position(|w| w.event.id == *id)?;
            queue.remove(i).map(|w| w.event)
        })
    }

    /// Ids of everything by `user` that waits.
    pub fn by(&self, user: &crate::UserId) -> Vec<crate::EventId> {
        let waiting = self.levels.iter().flatten();
        let theirs = waiting.filter(|w| w.event.from.as_ref().is_some_and(|f| f.id == *user));
        theirs.map(|w| w.event.id.clone()).collect()
    }

    fn refill(&mut self, now: Millis) {
        let gained = now.since(self.at).saturating_mul(self.rate);
        self.tokens = self.tokens.saturating_add(gained).min(self.rate * 1_000);
        self.at = self.at.max(now);
    }
}

fn dropped(w: Waiting) -> (Event, Fate) {
    (w.event, Fate::AgedOut { stage: "budget".into() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::room::tests::{comment, gift};

    const T: Millis = Millis(1_000_000);

    #[test]
    fn a_gift_overtakes_what_came_before_it() {
        let mut budget = Budget::new(T, 1);
        for n in 0..3 {
            budget.offer(T, comment("a", n));
        }
        budget.offer(T, gift("b", 9, "rose", 1));
        assert!(budget.take(T).is_some_and(|e| e.priority == Priority::High));
        assert_eq!(budget.take(T), None);
        assert_eq!(budget.next_wakeup(), Some(T.plus(1_000)));
        assert!(budget.take(T.plus(1_000)).is_some());
    }

    #[test]
    fn gifts_of_one_sender_fold_while_they_wait() {
        let mut budget = Budget::new(T, 1);
        budget.offer(T, comment("a", 1));
        budget.take(T);
        budget.offer(T, gift("b", 1, "rose", 2));
        let folded = budget.offer(T, gift("b", 2, "rose", 3));
        assert!(matches!(folded.as_slice(), [(_, Fate::Merged { .. })]));
        let taken = budget.take(T.plus(1_000)).expect("budget has refilled");
        assert!(matches!(taken.kind, EventKind::Gift { count: 5, .. }));
    }

    #[test]
    fn normal_waits_a_second_and_low_not_at_all() {
        let mut budget = Budget::new(T, 1);
        budget.offer(T, comment("a", 1));
        budget.take(T);
        budget.offer(T, comment("a", 2));
        let mut low = comment("a", 3);
        low.priority = Priority::Low;
        budget.offer(T, low);
        assert_eq!(budget.expire(T).len(), 1, "the low one");
        assert_eq!(budget.expire(T.plus(999)).len(), 0);
        assert_eq!(budget.expire(T.plus(1_000)).len(), 1);
    }

    #[test]
    fn full_level_drops_its_oldest() {
        let mut budget = Budget::new(T, 2);
        let dropped: Vec<_> = (0..10).flat_map(|n| budget.offer(T, comment("a", n))).collect();
        assert_eq!(dropped.len(), 7);
        assert_eq!(dropped[0].0.cid, Some(0));
    }
}
