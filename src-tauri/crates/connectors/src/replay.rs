//! Plays a fixture of recorded events as if they happened now (demo, tests).
//!
//! The fixture is JSON lines, each an [`Event`] with `after_ms`, the wait
//! since the line before; empty lines and lines that begin with `#` are
//! skipped. Pure: the caller brings the time and asks what is due.

use crate::surtitle::map;
use serde::Deserialize;
use std::collections::HashSet;
use std::collections::VecDeque;
use surtitle_core::{Event, EventId, Millis};

/// Most events of a fixture.
const LINES: usize = 100_000;
/// Longest wait between two events: an hour.
const WAIT_LIMIT: u64 = 3_600_000;
/// Most bytes of a run's name and of an id, which together name an event.
const NAME_LIMIT: usize = 47;

/// What is wrong with a fixture.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A line is not an event.
    #[error("replay: line {line} is not an event with after_ms: {source}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What the reader says.
        #[source]
        source: serde_json::Error,
    },
    /// A line breaks a bound or repeats an id.
    #[error("replay: line {line}: {why}")]
    Bound {
        /// Counted from 1.
        line: usize,
        /// Which bound.
        why: &'static str,
    },
}

#[derive(Deserialize)]
struct Line {
    after_ms: u64,
    #[serde(flatten)]
    event: Event,
}

/// A fixture under way.
#[derive(Debug, Clone)]
pub struct Replay {
    /// Due at [`Event::at`], in order.
    waiting: VecDeque<Event>,
}

impl Replay {
    /// Reads a fixture to be played from `start` on. `run` (letters, digits,
    /// hyphens, at most 47) goes before every id, so that each playing is new
    /// to a show that knew the last one.
    ///
    /// # Errors
    /// The first line that is not a sound event, repeats an id, or waits over an hour.
    pub fn parse(text: &str, run: &str, start: Millis) -> Result<Self, Error> {
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        if run.len() > NAME_LIMIT || !run.bytes().all(plain) {
            return Err(Error::Bound { line: 0, why: "the run's name is not plain and short" });
        }
        let mut waiting = VecDeque::new();
        let mut ids = HashSet::new();
        let mut due = start;
        for (line, row) in text.lines().enumerate().map(|(n, row)| (n + 1, row.trim())) {
            if row.is_empty() || row.starts_with('#') {
                continue;
            }
            let bound = |why| Error::Bound { line, why };
            let Line { after_ms, event } =
                serde_json::from_str(row).map_err(|source| Error::Line { line, source })?;
            if after_ms > WAIT_LIMIT {
                return Err(bound("waits over an hour"));
            }
            if event.id.as_str().len() > NAME_LIMIT {
                return Err(bound("the id is longer than 47 bytes"));
            }
            if !ids.insert(event.id.clone()) {
                return Err(bound("the id was there before"));
            }
            if waiting.len() == LINES {
                return Err(bound("more than 100,000 events"));
            }
            let mut event =
                map::event(event).ok_or_else(|| bound("nothing sound is left of it"))?;
            due = due.plus(after_ms);
            event.at = due;
            event.id = EventId(format!("{run}-{}", event.id));
            waiting.push_back(event);
        }
        Ok(Self { waiting })
    }

    /// The next event that is due at `now`; `None` when all others are later.
    pub fn next(&mut self, now: Millis) -> Option<Event> {
        let is_due = self.waiting.front().is_some_and(|event| event.at <= now);
        if is_due { self.waiting.pop_front() } else { None }
    }

    /// When the next event is due; `None` when all were played.
    pub fn next_wakeup(&self) -> Option<Millis> {
        self.waiting.front().map(|event| event.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(after_ms: u64, id: &str) -> String {
        format!(
            r#"{{"after_ms":{after_ms},"id":"{id}","at":1,"source":"room","priority":"normal","from":{{"id":"u1","nick":"u1"}},"kind":"comment","text":"{id}"}}"#
        )
    }

    fn played(replay: &mut Replay, now: u64) -> Vec<String> {
        std::iter::from_fn(|| replay.next(Millis(now))).map(|e| e.id.0).collect()
    }

    #[test]
    fn events_come_when_they_are_due_and_in_order() {
        let text = format!("# demo\n\n{}\n{}\r\n{}\n", line(0, "a"), line(500, "b"), line(0, "c"));
        let mut replay = Replay::parse(&text, "r1", Millis(1_000)).expect("a fixture");
        assert_eq!(replay.next_wakeup(), Some(Millis(1_000)));
        assert_eq!(played(&mut replay, 999), [""; 0]);
        assert_eq!(played(&mut replay, 1_000), ["r1-a"]);
        assert_eq!(played(&mut replay, 1_499), [""; 0]);
        assert_eq!(replay.next(Millis(9_000)).map(|e| e.at), Some(Millis(1_500)), "its own time");
        assert_eq!(played(&mut replay, 9_000), ["r1-c"]);
        assert_eq!((replay.next(Millis(u64::MAX)), replay.next_wakeup()), (None, None));
    }

    #[test]
    fn bad_fixture_names_its_line() {
        for (text, says) in [
            (format!("{}\nnot json", line(0, "a")), "line 2 is not an event"),
            (r#"{"id":"a"}"#.to_owned(), "line 1 is not an event"),
            (format!("{}\n\n{}", line(0, "a"), line(0, "a")), "line 3: the id was there"),
            (line(WAIT_LIMIT + 1, "a"), "line 1: waits over an hour"),
            (line(0, &"x".repeat(48)), "line 1: the id is longer"),
            (line(0, "a").replace("\"text\":\"a\"", "\"text\":\" \""), "line 1: nothing sound"),
        ] {
            let error = Replay::parse(&text, "r", Millis(0)).expect_err(says).to_string();
            assert!(error.contains(says), "{error}");
        }
        assert!(Replay::parse("", "a b", Millis(0)).is_err());
        assert!(Replay::parse("", "r", Millis(0)).expect("empty").next_wakeup().is_none());
    }
}
