//! Lines (comments and tips) that wait for the pace.
//!
//! Four levels in strict order, first in first out inside a level. A full
//! level lets its oldest line age out; a line that waited too long ages out
//! too. Waiting gifts are in [`super::cards`]; they share the bound of High,
//! and no line ever pushes one out.

use crate::{Event, EventId, EventKind, Millis, Priority, UserId};
use std::collections::VecDeque;

/// Most that waits in each level: High 1,000 (gifts included), Normal 500, Low 200, Lowest 100.
pub(super) const BOUNDS: [usize; 4] = [1_000, 500, 200, 100];
/// Longest a line waits in each level, in ms.
const WAITS: [u64; 4] = [30_000, 12_000, 4_000, 2_000];

#[derive(Debug, Clone)]
struct Line {
    event: Event,
    since: Millis,
}

/// At most [`BOUNDS`] lines a level; drops the oldest of a full one.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    levels: [VecDeque<Line>; 4],
}

impl Queue {
    /// Queues a line: a comment by its own priority, a tip at Lowest. `gifts`
    /// wait beside it. Returns the line that aged out for it: the oldest of a
    /// full level, or itself when gifts alone fill High.
    pub(super) fn offer(&mut self, now: Millis, event: Event, gifts: usize) -> Option<Event> {
        let priority = match event.kind {
            EventKind::Tip { .. } => Priority::Lowest,
            _ => event.priority,
        };
        let beside = if priority == Priority::High { gifts } else { 0 };
        let bound = BOUNDS[priority.level()];
        let level = &mut self.levels[priority.level()];
        if level.len() + beside < bound {
            level.push_back(Line { event, since: now });
            return None;
        }
        let Some(oldest) = level.pop_front() else { return Some(event) };
        level.push_back(Line { event, since: now });
        Some(oldest.event)
    }

    /// The next line to show.
    pub(super) fn pop(&mut self) -> Option<Event> {
        self.levels.iter_mut().find_map(VecDeque::pop_front).map(|line| line.event)
    }

    /// The oldest High line, to make room for a gift.
    pub(super) fn pop_high(&mut self) -> Option<Event> {
        self.levels[Priority::High.level()].pop_front().map(|line| line.event)
    }

    /// Lines whose time is up at `now`, most important level first.
    pub(super) fn expire(&mut self, now: Millis) -> Vec<Event> {
        let mut out = Vec::new();
        for (level, wait) in self.levels.iter_mut().zip(WAITS) {
            let up = level.partition_point(|line| line.since.plus(wait) <= now);
            out.extend(level.drain(..up).map(|line| line.event));
        }
        out
    }

    /// When [`Queue::expire`] has something next.
    pub(super) fn expires_at(&self) -> Option<Millis> {
        let first = |(level, wait): (&VecDeque<Line>, u64)| Some(level.front()?.since.plus(wait));
        self.levels.iter().zip(WAITS).filter_map(first).min()
    }

    /// A waiting line.
    pub(super) fn find(&self, id: &EventId) -> Option<&Event> {
        let mut lines = self.levels.iter().flatten();
        lines.find(|line| line.event.id == *id).map(|line| &line.event)
    }

    /// Takes one line out.
    pub(super) fn take(&mut self, id: &EventId) -> Option<Event> {
        self.levels.iter_mut().find_map(|level| {
            let place = level.iter().position(|line| line.event.id == *id)?;
            level.remove(place).map(|line| line.event)
        })
    }

    /// Takes out every line by `user`.
    pub(super) fn take_user(&mut self, user: &UserId) -> Vec<Event> {
        let mut out = Vec::new();
        for level in &mut self.levels {
            let (theirs, others) = std::mem::take(level)
                .into_iter()
                .partition(|line| line.event.from.as_ref().is_some_and(|from| from.id == *user));
            *level = others;
            out.extend(VecDeque::into_iter(theirs).map(|line| line.event));
        }
        out
    }

    /// Takes everything out, most important level first.
    pub(super) fn take_all(&mut self) -> Vec<Event> {
        self.levels.iter_mut().flat_map(|level| level.drain(..)).map(|line| line.event).collect()
    }

    /// Lines waiting in each level.
    pub(super) fn depths(&self) -> [usize; 4] {
        self.levels.each_ref().map(VecDeque::len)
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.levels.iter().all(VecDeque::is_empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::sample::{comment, tip};

    const NOW: Millis = Millis(100);

    fn at(priority: Priority, id: &str) -> Event {
        Event { priority, ..comment(id, "ann", id) }
    }

    fn ids(mut queue: Queue) -> Vec<String> {
        std::iter::from_fn(|| queue.pop()).map(|event| event.id.0).collect()
    }

    #[test]
    fn more_important_levels_go_first_and_each_keeps_its_order() {
        let mut queue = Queue::default();
        queue.offer(NOW, Event { priority: Priority::High, ..tip("tip") }, 0);
        for (priority, id) in [
            (Priority::Low, "l"),
            (Priority::Normal, "n1"),
            (Priority::High, "h"),
            (Priority::Normal, "n2"),
        ] {
            queue.offer(NOW, at(priority, id), 0);
        }
        assert_eq!(ids(queue), ["h", "n1", "n2", "l", "tip"]);
    }

    #[test]
    fn a_full_level_drops_its_own_oldest_line() {
        for priority in Priority::ALL {
            let mut queue = Queue::default();
            for n in 0..BOUNDS[priority.level()] {
                assert_eq!(queue.offer(NOW, at(priority, &n.to_string()), 0), None);
            }
            let out = queue.offer(NOW, at(priority, "new"), 0).expect("one goes");
            assert_eq!(out.id.as_str(), "0");
            assert_eq!(queue.depths()[priority.level()], BOUNDS[priority.level()]);
        }
    }

    #[test]
    fn a_comment_never_pushes_out_a_gift() {
        let mut queue = Queue::default();
        let out = queue.offer(NOW, at(Priority::High, "late"), BOUNDS[0]).expect("it goes itself");
        assert_eq!(out.id.as_str(), "late");
        assert!(queue.is_empty());
    }

    #[test]
    fn a_line_ages_out_at_the_limit_of_its_level() {
        for (priority, wait) in Priority::ALL.into_iter().zip(WAITS) {
            let mut queue = Queue::default();
            queue.offer(NOW, at(priority, "x"), 0);
            assert_eq!(queue.expires_at(), Some(NOW.plus(wait)));
            assert!(queue.expire(NOW.plus(wait - 1)).is_empty());
            assert_eq!(queue.expire(NOW.plus(wait)).len(), 1);
            assert_eq!(queue.expires_at(), None);
        }
    }

    #[test]
    fn lines_of_one_person_come_out_together_and_others_stay() {
        let mut queue = Queue::default();
        for (id, user) in [("1", "ann"), ("2", "bob"), ("3", "ann")] {
            queue.offer(NOW, comment(id, user, id), 0);
        }
        let out: Vec<String> = queue.take_user(&"ann".into()).into_iter().map(|e| e.id.0).collect();
        assert_eq!(out, ["1", "3"]);
        assert_eq!(queue.take(&"2".into()).map(|e| e.id.0).as_deref(), Some("2"));
        assert!(queue.is_empty());
    }
}
