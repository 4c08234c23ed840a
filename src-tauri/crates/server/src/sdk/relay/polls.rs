//! Who reads a room by polling: guests, and members whose SDK has no socket.

use super::{Kept, Place, Relay};
use crate::sdk::asker::Asker;
use serde::Serialize;
use serde_json::value::RawValue;
use std::time::Duration;
use surtitle_core::Millis;
use surtitle_core::room::{ConnId, ON_JOIN};
use tokio::time::Instant;

/// Most items in one answer of a poll; more come with the next. SDKs warn at 100.
const POLL_ITEMS: usize = 100;
/// How long a poll waits for news. SDKs give a request up after 15 s.
pub(super) const HOLD: Duration = Duration::from_secs(4);
/// Time between two looks at who waited too long.
const TICK: Duration = Duration::from_millis(250);
/// A guest who has not polled for this long is gone.
pub(super) const SILENCE: Duration = Duration::from_secs(30);
/// Most who poll at once; who comes after is answered but not counted as here.
const GUESTS: usize = 50_000;
/// Age limit of history on join, in ms: 24 h.
const HISTORY_MS: u64 = 24 * 3_600_000;

/// A poll that waits.
#[derive(Debug)]
pub(super) struct Poll {
    pub asker: Asker,
    pub place: Place,
    pub until: Instant,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Polled<'a> {
    key: &'a str,
    next_seq: u64,
    rsp_msg_list: Vec<&'a RawValue>,
}

impl Relay {
    /// Somebody reads on; true if they are new here. A second poll ends the
    /// first. Beyond [`GUESTS`] they read without being counted as here.
    pub fn poll(&mut self, now: Instant, at: Millis, asker: Asker, place: Place) -> bool {
        let conn = asker.conn.id;
        let poll = Poll { asker, place, until: now + HOLD };
        let ready = self.has_news(at, &poll.place);
        if let Some(old) = self.polls.remove(&conn) {
            old.give_up();
        }
        if ready {
            self.answer(at, &poll);
        } else {
            self.polls.insert(conn, poll);
        }
        let fits = self.guests.len() < GUESTS || self.guests.contains_key(&conn);
        fits && self.guests.insert(conn, now).is_none()
    }

    /// Answers polls that waited long enough, and returns guests who are gone.
    pub fn tick(&mut self, now: Instant, at: Millis) -> Vec<ConnId> {
        self.ticked = now;
        let due: Vec<Poll> =
            self.polls.extract_if(|_, poll| poll.until <= now).map(|(_, poll)| poll).collect();
        for poll in &due {
            self.answer(at, poll);
        }
        let gone: Vec<ConnId> = self
            .guests
            .iter()
            .filter(|(_, heard)| now >= **heard + SILENCE)
            .map(|(conn, _)| *conn)
            .collect();
        for conn in &gone {
            self.guests.remove(conn);
        }
        gone
    }

    /// When [`Self::tick`] is due next; only while guests are here.
    pub fn next_wakeup(&self) -> Option<Instant> {
        let idle = self.polls.is_empty() && self.guests.is_empty();
        (!idle).then_some(self.ticked + TICK)
    }

    /// The last messages of the last day up to number `last`, oldest first, without tips.
    pub(super) fn history(&self, at: Millis, last: u64) -> Vec<&RawValue> {
        let mut items: Vec<&RawValue> = self
            .ring
            .iter()
            .rev()
            .skip_while(|kept| kept.seq > last)
            .take_while(|kept| at.since(kept.at) <= HISTORY_MS)
            .filter_map(|kept| kept.item.as_ref())
            .filter(|item| item.is_message())
            .take(ON_JOIN)
            .map(|item| &*item.json)
            .collect();
        items.reverse();
        items
    }

    /// What was delivered from number `start` on.
    fn since(&self, start: u64) -> impl Iterator<Item = &Kept> {
        let from = self.ring.partition_point(|kept| kept.seq < start);
        self.ring.range(from..)
    }

    fn has_news(&self, at: Millis, place: &Place) -> bool {
        match place.start {
            0 => {
                !self.history(at, place.joined).is_empty()
                    || self.since(place.joined + 1).any(|kept| kept.item.is_some())
            }
            start => self.since(start).any(|kept| kept.item.is_some()),
        }
    }

    pub(super) fn answer(&self, at: Millis, Poll { asker, place, .. }: &Poll) {
        let (mut list, start) = match place.start {
            0 => (self.history(at, place.joined), place.joined + 1),
            start => (Vec::new(), start),
        };
        let mut next = self.last + 1;
        for kept in self.since(start) {
            if list.len() >= POLL_ITEMS {
                next = kept.seq;
                break;
            }
            list.extend(kept.item.as_ref().map(|item| &*item.json));
        }
        asker.answer(&Polled { key: &place.key, next_seq: next, rsp_msg_list: list });
    }
}

impl Poll {
    /// Answers that there is nothing new.
    pub(super) fn give_up(&self) {
        let Place { key, start, joined } = &self.place;
        let next_seq = (*start).max(joined + 1);
        self.asker.answer(&Polled { key, next_seq, rsp_msg_list: Vec::new() });
    }
}
