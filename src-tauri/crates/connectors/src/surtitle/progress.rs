//! How far a session has read a room, across cuts, restarts and new epochs.
//!
//! Every message reaches the show once: by its number inside one epoch, by
//! its id where numbers cannot be compared. Pure.

use std::collections::{HashSet, VecDeque};
use surtitle_core::{Event, EventId, Millis, Position, Seq};

/// Ids remembered. The oldest is forgotten first; what is older than it
/// counts as seen from then on.
const MEMORY: usize = 1_024;

/// What a session has seen.
#[derive(Debug, Default)]
pub(super) struct Progress {
    last: Option<Position>,
    seen: HashSet<EventId>,
    order: VecDeque<(EventId, Millis)>,
    /// An unknown message from before this moment is not news.
    horizon: Millis,
}

/// What a join brought.
#[derive(Debug, PartialEq)]
pub(super) struct Return {
    /// Messages since the last position; empty on the first join.
    pub(super) missed: Vec<Event>,
    /// Messages that are known to be gone.
    pub(super) lost: u64,
    /// The room numbers anew, so `lost` cannot be known.
    pub(super) anew: bool,
}

/// What a batch brought.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// New messages, at least one.
    Fresh(Vec<Event>),
    /// Nothing that was not known before.
    Nothing,
    /// Something between the last position and this batch is missing; the batch was not taken.
    Gap,
}

impl Progress {
    /// The last message seen: where a join resumes. `None` before the first join.
    pub(super) fn position(&self) -> Option<Position> {
        self.last
    }

    /// Takes the answer to a join. `None` in `history` is a message that cannot be read.
    pub(super) fn joined(
        &mut self,
        position: Position,
        resumed: bool,
        history: Vec<Option<Event>>,
    ) -> Return {
        let known = self.last.replace(position);
        let Some(known) = known else {
            for event in history.into_iter().flatten() {
                self.horizon = self.horizon.max(event.at);
                self.remember(&event);
            }
            return Return { missed: Vec::new(), lost: 0, anew: false };
        };
        let same = known.epoch == position.epoch;
        let mut recovered = 0;
        let mut missed = Vec::new();
        for event in history {
            match event {
                None => recovered += 1,
                Some(event) if self.is_news(&event, resumed && same) => {
                    recovered += 1;
                    self.remember(&event);
                    missed.push(event);
                }
                Some(_) => {}
            }
        }
        let gap = position.seq.0.saturating_sub(known.seq.0);
        let lost = if same && !resumed { gap.saturating_sub(recovered) } else { 0 };
        Return { missed, lost, anew: !same }
    }

    /// Takes a batch whose last message has `position`. `None` in `events` is
    /// a message that cannot be read; it counts as seen.
    pub(super) fn batch(&mut self, position: Position, events: Vec<Option<Event>>) -> Step {
        let Some(known) = self.last.filter(|p| p.epoch == position.epoch) else { return Step::Gap };
        let first = (position.seq.0 + 1).saturating_sub(events.len() as u64);
        if first > known.seq.next().0 {
            return Step::Gap;
        }
        if position.seq <= known.seq {
            return Step::Nothing;
        }
        self.last = Some(position);
        let mut fresh = Vec::with_capacity(events.len());
        for (event, seq) in events.into_iter().zip(first..).map(|(e, n)| (e, Seq(n))) {
            let Some(event) = event else { continue };
            if seq > known.seq && !self.seen.contains(&event.id) {
                self.remember(&event);
                fresh.push(event);
            }
        }
        if fresh.is_empty() { Step::Nothing } else { Step::Fresh(fresh) }
    }

    /// Whether a message of a join's history is news. Where the room says
    /// that it is (`told`), only the same id speaks against it.
    fn is_news(&self, event: &Event, told: bool) -> bool {
        !self.seen.contains(&event.id) && (told || event.at >= self.horizon)
    }

    fn remember(&mut self, event: &Event) {
        if !self.seen.insert(event.id.clone()) {
            return;
        }
        self.order.push_back((event.id.clone(), event.at));
        if self.order.len() > MEMORY
            && let Some((id, at)) = self.order.pop_front()
        {
            self.seen.remove(&id);
            self.horizon = self.horizon.max(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use surtitle_core::{Epoch, EventKind, Priority};

    fn at(epoch: u32, seq: u64) -> Position {
        Position { epoch: Epoch(epoch), seq: Seq(seq) }
    }

    /// Message number `n`, sent at second `n`.
    fn message(n: u64) -> Option<Event> {
        Some(Event {
            id: EventId(format!("m{n}")),
            at: Millis(n * 1_000),
            source: "room".into(),
            from: None,
            cid: None,
            priority: Priority::Normal,
            kind: EventKind::Custom { data: String::new() },
        })
    }

    fn messages(numbers: impl IntoIterator<Item = u64>) -> Vec<Option<Event>> {
        numbers.into_iter().map(message).collect()
    }

    fn ids(events: &[Event]) -> Vec<u64> {
        events.iter().map(|e| e.at.0 / 1_000).collect()
    }

    /// A session that has read numbers 1–5 of epoch 1, 1–3 of them as history.
    fn reader() -> Progress {
        let mut reader = Progress::default();
        assert_eq!(reader.joined(at(1, 3), false, messages(1..=3)).missed, []);
        assert!(matches!(reader.batch(at(1, 5), messages(4..=5)), Step::Fresh(_)));
        reader
    }

    #[test]
    fn batches_are_taken_once_and_in_order() {
        let mut reader = reader();
        assert_eq!(reader.batch(at(1, 5), messages(4..=5)), Step::Nothing, "again");
        let Step::Fresh(fresh) = reader.batch(at(1, 8), messages(4..=8)) else { panic!("news") };
        assert_eq!(ids(&fresh), [6, 7, 8], "overlap is cut");
        assert_eq!(reader.batch(at(1, 10), messages(10..=10)), Step::Gap);
        assert_eq!(reader.batch(at(2, 9), messages(9..=9)), Step::Gap, "another epoch");
        assert_eq!(reader.position(), Some(at(1, 8)), "a gap is not stepped over");
    }

    #[test]
    fn unreadable_message_leaves_no_gap() {
        let mut reader = reader();
        assert_eq!(reader.batch(at(1, 6), vec![None]), Step::Nothing);
        assert!(matches!(reader.batch(at(1, 7), messages(7..=7)), Step::Fresh(_)));
    }

    #[test]
    fn resumed_history_is_all_that_was_missed() {
        let back = reader().joined(at(1, 9), true, messages(6..=9));
        assert_eq!((ids(&back.missed), back.lost, back.anew), (vec![6, 7, 8, 9], 0, false));
    }

    #[test]
    fn removed_message_in_a_resumed_history_is_not_lost() {
        let back = reader().joined(at(1, 9), true, messages([6, 9]));
        assert_eq!((ids(&back.missed), back.lost), (vec![6, 9], 0));
    }

    #[test]
    fn gap_beyond_the_rooms_memory_is_counted() {
        let back = reader().joined(at(1, 100), false, messages(81..=100));
        assert_eq!((back.missed.len(), back.lost, back.anew), (20, 75, false));
    }

    #[test]
    fn short_gap_without_resume_gives_nothing_twice() {
        let back = reader().joined(at(1, 7), false, messages(2..=7));
        assert_eq!((ids(&back.missed), back.lost), (vec![6, 7], 0));
    }

    #[test]
    fn new_epoch_is_told_apart_by_ids() {
        let back = reader().joined(at(2, 2), false, messages(3..=7));
        assert_eq!((ids(&back.missed), back.lost, back.anew), (vec![6, 7], 0, true));
    }

    #[test]
    fn resume_claimed_across_epochs_is_not_believed() {
        let back = reader().joined(at(2, 2), true, messages(3..=7));
        assert_eq!((ids(&back.missed), back.anew), (vec![6, 7], true));
    }

    #[test]
    fn older_history_that_slides_into_view_is_not_news() {
        // Joined when 21–40 were the last twenty; two of them were removed since.
        let mut reader = Progress::default();
        reader.joined(at(1, 40), false, messages(21..=40));
        let back = reader.joined(at(2, 0), false, messages((19..=40).filter(|n| *n != 30)));
        assert_eq!(ids(&back.missed), [0; 0]);
    }

    #[test]
    fn what_was_forgotten_still_counts_as_seen() {
        let mut reader = reader();
        let many = 5 + 2 * MEMORY as u64;
        assert!(matches!(reader.batch(at(1, many), messages(6..=many)), Step::Fresh(_)));
        assert!(reader.seen.len() <= MEMORY);
        let back = reader.joined(at(2, 1), false, messages([7, many - 1, many, many + 1]));
        assert_eq!(ids(&back.missed), [many + 1]);
    }
}
