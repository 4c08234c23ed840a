//! What was shown lately, so that it can still be pinned or taken off.

use crate::{Event, EventId, EventKind, UserId};
use std::collections::VecDeque;

/// Most lines, and most gifts, remembered.
const BOUND: usize = 2_000;

/// What had become of a remembered event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Was {
    /// A cue for it went out.
    Shown,
    /// Counted into the card of another.
    Merged {
        /// That card.
        into: EventId,
    },
    /// Taken off; remembered so that a second removal is not an error.
    Removed,
}

/// One remembered event.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// The event.
    pub(super) event: Event,
    /// What had become of it.
    pub(super) was: Was,
}

impl Record {
    /// Marks it removed; returns what it was if that is news.
    pub(super) fn take_off(&mut self) -> Option<Was> {
        let was = std::mem::replace(&mut self.was, Was::Removed);
        (was != Was::Removed).then_some(was)
    }

    /// Whether `user` sent it.
    pub(super) fn is_by(&self, user: &UserId) -> bool {
        self.event.from.as_ref().is_some_and(|from| from.id == *user)
    }
}

/// The last 2,000 lines and the last 2,000 gifts; the oldest is forgotten and
/// keeps its fate for ever. An open card's gift joins when the card ends.
#[derive(Debug, Clone, Default)]
pub(super) struct Recent {
    lines: VecDeque<Record>,
    gifts: VecDeque<Record>,
}

impl Recent {
    /// Remembers an event.
    pub(super) fn push(&mut self, event: Event, was: Was) {
        let is_gift = matches!(event.kind, EventKind::Gift { .. });
        let ring = if is_gift { &mut self.gifts } else { &mut self.lines };
        if ring.len() == BOUND {
            ring.pop_front();
        }
        ring.push_back(Record { event, was });
    }

    /// The youngest record of `id`.
    pub(super) fn find(&self, id: &EventId) -> Option<&Record> {
        self.lines.iter().chain(&self.gifts).rfind(|record| record.event.id == *id)
    }

    /// Every record, lines first, oldest first, to be taken off.
    pub(super) fn records(&mut self) -> impl Iterator<Item = &mut Record> {
        self.lines.iter_mut().chain(&mut self.gifts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::sample::{comment, gift};

    #[test]
    fn the_oldest_line_is_forgotten_and_gifts_do_not_push_lines_out() {
        let mut recent = Recent::default();
        for n in 0..=BOUND {
            recent.push(comment(&n.to_string(), "ann", "hi"), Was::Shown);
            recent.push(gift(&format!("g{n}"), "ann", "rose", 1), Was::Shown);
        }
        assert!(recent.find(&"0".into()).is_none());
        assert!(recent.find(&"g0".into()).is_none());
        assert!(recent.find(&"1".into()).is_some());
        assert_eq!(recent.records().count(), 2 * BOUND);
    }

    #[test]
    fn a_record_is_taken_off_once() {
        let mut recent = Recent::default();
        recent.push(comment("1", "ann", "hi"), Was::Shown);
        let taken: Vec<_> = recent.records().map(Record::take_off).collect();
        assert_eq!(taken, [Some(Was::Shown)]);
        let again: Vec<_> = recent.records().map(Record::take_off).collect();
        assert_eq!(again, [None]);
    }
}
