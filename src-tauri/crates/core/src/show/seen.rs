//! What a show has seen: ids, and the last line of each sender.

use crate::{Event, EventId, EventKind, Millis, UserId};
use std::collections::{HashMap, HashSet, VecDeque};

/// Ids remembered; at 500 events a second that is 40 s, longer than any cut
/// link or double delivery this is meant for.
const IDS: usize = 20_000;
/// Last lines remembered; at 500 comments a second that is 4 s.
const LINES: usize = 2_000;
/// An equal line of the same sender within this many ms is a duplicate.
const REPEAT: u64 = 3_000;

/// The ids of the last 20,000 events; the oldest is forgotten, and an event
/// that comes again after that counts as a new one.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    ids: HashSet<EventId>,
    order: VecDeque<EventId>,
}

impl Seen {
    /// Whether `id` is new; from now on it is not.
    pub(super) fn is_new(&mut self, id: &EventId) -> bool {
        if !self.ids.insert(id.clone()) {
            return false;
        }
        self.order.push_back(id.clone());
        if self.order.len() > IDS
            && let Some(oldest) = self.order.pop_front()
        {
            self.ids.remove(&oldest);
        }
        true
    }
}

/// One sender's last accepted line.
#[derive(Debug, Clone)]
struct Line {
    text: String,
    at: Millis,
    /// Its number in [`LastLines::order`].
    number: u64,
}

/// The last line of each of the senders of the last 2,000 accepted lines; the
/// oldest is forgotten, and what it said may then be repeated at once.
#[derive(Debug, Clone, Default)]
pub(super) struct LastLines {
    last: HashMap<UserId, Line>,
    order: VecDeque<(UserId, u64)>,
    count: u64,
}

impl LastLines {
    /// Whether this is a comment that says what its sender's last accepted one
    /// said less than 3 s away; otherwise it becomes that last one. Time is
    /// the events' own, so that lines which were apart stay apart when a
    /// resumed link delivers them together.
    pub(super) fn is_repeat(&mut self, event: &Event) -> bool {
        let (Some(from), EventKind::Comment { text, paid: None }) = (&event.from, &event.kind)
        else {
            return false;
        };
        if let Some(last) = self.last.get(&from.id)
            && last.text == *text
            && last.at.0.abs_diff(event.at.0) < REPEAT
        {
            return true;
        }
        self.count += 1;
        let line = Line { text: text.clone(), at: event.at, number: self.count };
        self.last.insert(from.id.clone(), line);
        self.order.push_back((from.id.clone(), self.count));
        if self.order.len() > LINES
            && let Some((user, number)) = self.order.pop_front()
            && self.last.get(&user).is_some_and(|line| line.number == number)
        {
            self.last.remove(&user);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::sample::comment;

    fn said(user: &str, text: &str, at: u64) -> Event {
        Event { at: Millis(at), ..comment("x", user, text) }
    }

    #[test]
    fn an_id_is_new_once() {
        let mut seen = Seen::default();
        assert!(seen.is_new(&"a".into()));
        assert!(!seen.is_new(&"a".into()));
    }

    #[test]
    fn the_oldest_id_is_forgotten_after_twenty_thousand_others() {
        let mut seen = Seen::default();
        assert!(seen.is_new(&"first".into()));
        for n in 1..IDS {
            assert!(seen.is_new(&EventId(n.to_string())));
        }
        assert!(!seen.is_new(&"first".into()));
        assert!(seen.is_new(&"one more".into()));
        assert!(seen.is_new(&"first".into()));
        assert_eq!((seen.ids.len(), seen.order.len()), (IDS, IDS));
    }

    #[test]
    fn the_same_line_within_three_seconds_is_a_repeat() {
        let mut lines = LastLines::default();
        assert!(!lines.is_repeat(&said("ann", "hi", 0)));
        assert!(lines.is_repeat(&said("ann", "hi", 2_999)));
        assert!(!lines.is_repeat(&said("bob", "hi", 2_999)));
        assert!(!lines.is_repeat(&said("ann", "hi", 3_000)));
    }

    #[test]
    fn a_line_in_between_makes_it_no_repeat() {
        let mut lines = LastLines::default();
        assert!(!lines.is_repeat(&said("ann", "hi", 0)));
        assert!(!lines.is_repeat(&said("ann", "so", 1)));
        assert!(!lines.is_repeat(&said("ann", "hi", 2)));
    }

    #[test]
    fn last_lines_stay_within_their_bound() {
        let mut lines = LastLines::default();
        for n in 0..LINES as u64 * 2 {
            lines.is_repeat(&said(&format!("u{n}"), "hi", n));
        }
        assert_eq!((lines.last.len(), lines.order.len()), (LINES, LINES));
    }
}
