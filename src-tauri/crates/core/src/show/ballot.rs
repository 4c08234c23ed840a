//! Who voted for what in one poll.

use crate::{EventId, UserId};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

/// Most people counted; whoever votes first after that is not.
const VOTERS: usize = 50_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Vote {
    number: u8,
    /// The comment that said it.
    by: EventId,
}

/// One vote a person, the latest counts. At most [`VOTERS`] people.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ballot {
    votes: HashMap<UserId, Vote>,
}

/// The option a comment names if it says nothing else: `2`, `２`, `2.`
pub(super) fn number(text: &str) -> Option<u8> {
    let mut chars = text.trim().chars();
    let number = match chars.next()? {
        c @ '1'..='9' => c as u32 - '0' as u32,
        c @ '１'..='９' => c as u32 - '０' as u32,
        _ => return None,
    };
    let rest: &str = chars.as_str();
    // A keycap emoji is the digit, a selector and a keycap.
    let rest = rest.trim_matches(['.', '!', '。', '！', '\u{FE0F}', '\u{20E3}']);
    rest.is_empty().then(|| u8::try_from(number).ok())?
}

impl Ballot {
    /// Counts a vote; `false` if nothing has changed by it.
    pub(super) fn cast(&mut self, user: &UserId, number: u8, by: &EventId) -> bool {
        if !self.votes.contains_key(user) && self.votes.len() >= VOTERS {
            return false;
        }
        let vote = Vote { number, by: by.clone() };
        self.votes.insert(user.clone(), vote).is_none_or(|old| old.number != number)
    }

    /// People whose latest vote is `number`.
    pub(super) fn votes(&self, number: u8) -> u32 {
        let n = self.votes.values().filter(|vote| vote.number == number).count();
        u32::try_from(n).unwrap_or(u32::MAX)
    }

    /// Gives back the votes of removed comments; whether there was one.
    pub(super) fn take_back(&mut self, gone: &[EventId]) -> bool {
        let before = self.votes.len();
        let gone: HashSet<&EventId> = gone.iter().collect();
        self.votes.retain(|_, vote| !gone.contains(&vote.by));
        self.votes.len() != before
    }

    /// Gives back somebody's vote; whether there was one.
    pub(super) fn forget(&mut self, user: &UserId) -> bool {
        self.votes.remove(user).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vote_is_a_number_and_nothing_else() {
        for (text, expected) in [
            ("1", Some(1)),
            (" 2 ", Some(2)),
            ("３", Some(3)),
            ("4.", Some(4)),
            ("2️⃣", Some(2)),
            ("0", None),
            ("12", None),
            ("1 please", None),
            ("one", None),
            ("", None),
        ] {
            assert_eq!(number(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_latest_vote_of_a_person_counts() {
        let mut ballot = Ballot::default();
        assert!(ballot.cast(&"ann".into(), 1, &"a".into()));
        assert!(!ballot.cast(&"ann".into(), 1, &"b".into()));
        assert!(ballot.cast(&"ann".into(), 2, &"c".into()));
        assert!(ballot.cast(&"ben".into(), 2, &"d".into()));
        assert_eq!((ballot.votes(1), ballot.votes(2)), (0, 2));
        assert!(ballot.take_back(&["c".into()]));
        assert!(ballot.forget(&"ben".into()));
        assert_eq!(ballot.votes(2), 0);
    }
}
