//! The air delay: comments that are held for some seconds before they queue,
//! so that a helper can take one off before anybody sees it.
//!
//! Never held: host and helpers, what was paid for, gifts, rehearsals and who
//! is trusted. Lines keep their order: while any is held, those that come wait
//! behind it.

use crate::wire::{DELAY_LIMIT_S, TRUSTED_LIMIT};
use crate::{Event, EventId, EventKind, Millis, Role, UserId};
use std::collections::{HashSet, VecDeque};

/// Most lines held: a minute of a full 40/s budget, and more. The oldest of a
/// full one ages out, as it would in the queue; it is not let through unseen.
pub(super) const BOUND: usize = 4_000;

/// At most [`BOUND`] lines, oldest first.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    delay_ms: u64,
    trusted: HashSet<UserId>,
    lines: VecDeque<(Millis, Event)>,
}

impl Held {
    /// Holds from now on for `seconds`, at most 60; those held already too.
    pub(super) fn set_delay(&mut self, seconds: u32) {
        self.delay_ms = u64::from(seconds.min(DELAY_LIMIT_S)) * 1_000;
    }

    /// Seconds lines are held.
    pub(super) fn delay_s(&self) -> u32 {
        u32::try_from(self.delay_ms / 1_000).unwrap_or(DELAY_LIMIT_S)
    }

    /// Never holds what these say; no more than 500 of them.
    pub(super) fn trust(&mut self, users: Vec<UserId>) {
        self.trusted = users.into_iter().take(TRUSTED_LIMIT).collect();
    }

    /// Whether a line is to be held.
    pub(super) fn holds(&self, event: &Event) -> bool {
        if self.delay_ms == 0 && self.lines.is_empty() {
            return false;
        }
        let ordinary = matches!(event.kind, EventKind::Comment { paid: None, .. });
        let staff = event.from.as_ref().is_some_and(|who| who.role >= Role::Helper);
        let trusted = event.from.as_ref().is_some_and(|who| self.trusted.contains(&who.id));
        ordinary && !staff && !trusted && event.source != "rehearsal"
    }

    /// Holds a line; returns until when, and the one that ages out for it.
    pub(super) fn put(&mut self, now: Millis, event: Event) -> (Millis, Option<Event>) {
        self.lines.push_back((now, event));
        let over = self.lines.len() > BOUND;
        let oldest = if over { self.lines.pop_front() } else { None };
        (now.plus(self.delay_ms), oldest.map(|(_, event)| event))
    }

    /// Lines whose time has come.
    pub(super) fn release(&mut self, now: Millis) -> Vec<Event> {
        let up = self.lines.partition_point(|(since, _)| since.plus(self.delay_ms) <= now);
        self.lines.drain(..up).map(|(_, event)| event).collect()
    }

    /// When [`Held::release`] has something next.
    pub(super) fn next_wakeup(&self) -> Option<Millis> {
        self.lines.front().map(|(since, _)| since.plus(self.delay_ms))
    }

    /// A held line.
    pub(super) fn find(&self, id: &EventId) -> Option<&Event> {
        self.lines.iter().map(|(_, event)| event).find(|event| event.id == *id)
    }

    /// Takes one line out.
    pub(super) fn take(&mut self, id: &EventId) -> Option<Event> {
        let place = self.lines.iter().position(|(_, event)| event.id == *id)?;
        self.lines.remove(place).map(|(_, event)| event)
    }

    /// Takes out every line by `user`.
    pub(super) fn take_user(&mut self, user: &UserId) -> Vec<Event> {
        let by = |event: &Event| event.from.as_ref().is_some_and(|from| from.id == *user);
        let (theirs, others) = self.lines.drain(..).partition(|(_, event)| by(event));
        self.lines = others;
        VecDeque::into_iter(theirs).map(|(_, event)| event).collect()
    }

    /// Takes everything out.
    pub(super) fn take_all(&mut self) -> Vec<Event> {
        self.lines.drain(..).map(|(_, event)| event).collect()
    }

    /// How many are held.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sender;
    use crate::show::sample::{comment, gift, paid, sender};

    fn held(seconds: u32) -> Held {
        let mut held = Held::default();
        held.set_delay(seconds);
        held
    }

    fn ids(events: Vec<Event>) -> Vec<String> {
        events.into_iter().map(|event| event.id.0).collect()
    }

    #[test]
    fn only_ordinary_lines_are_held() {
        let mut held = held(5);
        held.trust(vec!["cas".into()]);
        assert!(held.holds(&comment("1", "ann", "hi")));
        let host = Some(Sender { role: Role::Host, ..sender("host") });
        for event in [
            Event { from: host, ..comment("2", "host", "hi") },
            comment("3", "cas", "hi"),
            paid("4", "ann", 2),
            gift("5", "ann", "rose", 1),
            Event { source: "rehearsal".into(), ..comment("6", "ann", "hi") },
        ] {
            assert!(!held.holds(&event), "{event:?}");
        }
        held.set_delay(0);
        assert!(!held.holds(&comment("7", "ann", "hi")));
    }

    #[test]
    fn a_line_is_released_when_its_time_has_come_and_not_before() {
        let mut held = held(5);
        assert_eq!(held.put(Millis(100), comment("1", "ann", "a")).0, Millis(5_100));
        held.put(Millis(200), comment("2", "bob", "b"));
        assert!(held.release(Millis(5_099)).is_empty());
        assert_eq!(held.next_wakeup(), Some(Millis(5_100)));
        assert_eq!(ids(held.release(Millis(5_100))), ["1"]);
        held.set_delay(0);
        assert!(held.holds(&comment("3", "cas", "c")), "behind what is held");
        assert_eq!(ids(held.release(Millis(5_100))), ["2"]);
    }

    #[test]
    fn a_full_hold_drops_its_oldest_and_never_lets_it_through() {
        let mut held = held(60);
        for n in 0..BOUND {
            assert_eq!(held.put(Millis(0), comment(&n.to_string(), "ann", "x")).1, None);
        }
        let gone = held.put(Millis(0), comment("new", "ann", "x")).1.map(|event| event.id.0);
        assert_eq!((gone.as_deref(), held.len()), (Some("0"), BOUND));
    }

    #[test]
    fn lines_of_one_person_come_out_together() {
        let mut held = held(9);
        for (id, user) in [("1", "ann"), ("2", "bob"), ("3", "ann")] {
            held.put(Millis(0), comment(id, user, id));
        }
        assert_eq!(ids(held.take_user(&"ann".into())), ["1", "3"]);
        assert!(held.find(&"2".into()).is_some());
        assert_eq!(ids(held.take_all()), ["2"]);
    }
}
