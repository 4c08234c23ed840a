//! What SDK clients of one room get: pushes, answers of polls and of sends.
//!
//! Owned by the room's task, which tells it of every delivery. An item is
//! written once ([`item`]); the members of one frame kind share one frame, and
//! polls and history take the same items from a ring.
//!
//! `MsgSeq` is the room's number plus a base that every start raises, because
//! SDKs drop a number they have seen, and a restarted room begins at 1.

use super::asker::Asker;
use super::outlet::{Kind, Outlet};
use crate::log::Receipt;
use crate::room_task::Speech;
use crate::ws::conn::Level;
use crate::ws::hub::Hub;
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;
use surtitle_core::room::{ConnId, Flush, ON_JOIN, RING};
use surtitle_core::{Event, EventId, EventKind, Fate, Millis, RoomId, Sender};
use surtitle_tim::item::{self, Group, Item, Revoked, Spoken};
use tokio::time::Instant;

/// Most bytes of items in the ring; the oldest go first.
const RING_BYTES: usize = 16 * 1024 * 1024;
/// Age limit of history on join, in ms: 24 h.
const HISTORY_MS: u64 = 24 * 3_600_000;
/// Most items in one answer of a poll; more come with the next. SDKs warn at 100.
const POLL_ITEMS: usize = 100;
/// Most items for one who comes back: as many as SDKs compare to know doubles.
const AGAIN_ITEMS: usize = 200;
/// How long a poll waits for news. SDKs give a request up after 15 s.
const HOLD: Duration = Duration::from_secs(4);
/// Time between two looks at who waited too long.
const TICK: Duration = Duration::from_millis(250);
/// A guest who has not polled for this long is gone.
const SILENCE: Duration = Duration::from_secs(30);
/// Most who poll at once; who comes after is answered but not counted as here.
const GUESTS: usize = 50_000;
/// `MsgDropReason` of a message the budget dropped.
const DROPPED: &str = "MsgFreqCtrl";
/// Numbers written down as used before they are.
pub const BLOCK: u64 = 100_000;

/// The setting that says up to where a room's numbers may be used.
pub fn setting(room: &RoomId) -> String {
    format!("sdk/seq/{room}")
}

/// What an SDK session asks of a room.
#[derive(Debug)]
pub enum Ask {
    /// A login joins; answered with history.
    Join {
        /// Answer to.
        asker: Asker,
        /// Who.
        who: Sender,
        /// The key it polls with, if it is not pushed to.
        key: Option<String>,
    },
    /// A login is back on a new socket and joined before; gets what it missed.
    Again {
        /// Its new connection.
        conn: Outlet,
        /// Who.
        who: Sender,
        /// Since when it may have missed something.
        since: Millis,
    },
    /// A guest asks where the room is.
    Place {
        /// Told the number of the last message.
        reply: tokio::sync::oneshot::Sender<u64>,
    },
    /// Somebody reads on.
    Poll {
        /// Answer to.
        asker: Asker,
        /// Where it reads.
        place: Place,
        /// Refused unless the connection joined as a member.
        member: bool,
    },
    /// Somebody speaks; answered when the message has its number or is dropped.
    Send(Box<Speech>),
    /// A broadcast of the app; not answered.
    Broadcast(Arc<Spoken>),
    /// A login leaves on purpose; not answered.
    Quit(ConnId),
}

/// Where somebody who polls reads.
#[derive(Debug, Clone)]
pub struct Place {
    /// Its key, given back with every answer.
    pub key: String,
    /// The first number it wants; 0 for history and all since `joined`.
    pub start: u64,
    /// The last number when it joined.
    pub joined: u64,
}

/// What changes of a room's profile by itself.
#[derive(Debug, Clone, Copy)]
pub struct Figures {
    /// People here.
    pub online: u32,
    /// The next number.
    pub next: u64,
    /// When the last message was, if there was one.
    pub last_at: Option<Millis>,
}

/// A delivered event.
#[derive(Debug)]
struct Kept {
    seq: u64,
    id: EventId,
    at: Millis,
    /// `None` if it was removed or has no word in the vendor's vocabulary.
    item: Option<Item>,
}

/// An accepted message that is not delivered yet, and who waits for its answer.
#[derive(Debug)]
struct Held {
    at: Millis,
    gift: bool,
    spoken: Option<Box<Spoken>>,
    askers: Vec<Asker>,
    /// A back end said it: it is told if the message is dropped, nobody else.
    told: bool,
}

#[derive(Debug)]
enum Arrival {
    Fresh(Asker, Option<String>),
    Again(Outlet, Millis),
}

#[derive(Debug)]
struct Poll {
    asker: Asker,
    place: Place,
    until: Instant,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Joined<'a> {
    joined_status: &'static str,
    huge_group_flag: u8,
    #[serde(rename = "AVChatRoomKey")]
    key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    long_polling_key: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_seq: Option<u64>,
    rsp_msg_list: Vec<&'a RawValue>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Polled<'a> {
    key: &'a str,
    next_seq: u64,
    rsp_msg_list: Vec<&'a RawValue>,
}

/// Answer of a send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Sent {
    msg_time: u64,
    msg_seq: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    msg_drop_reason: Option<&'static str>,
}

/// The SDK side of one room.
#[derive(Debug)]
pub struct Relay {
    group: Group,
    base: u64,
    /// Numbers up to here are written down as used.
    reserved: u64,
    last: u64,
    ring: VecDeque<Kept>,
    bytes: usize,
    held: HashMap<EventId, Held>,
    hubs: [Hub; 3],
    members: HashMap<ConnId, Outlet>,
    arriving: Vec<Arrival>,
    /// At most one a connection.
    polls: HashMap<ConnId, Poll>,
    guests: HashMap<ConnId, Instant>,
    ticked: Instant,
    pushes: u64,
}

impl Relay {
    /// A room nobody has joined, numbering from `base`; [`BLOCK`] numbers
    /// after it are written down as used.
    pub fn new(group: Group, base: u64) -> Self {
        Self {
            group,
            base,
            reserved: base + BLOCK,
            last: base,
            ring: VecDeque::new(),
            bytes: 0,
            held: HashMap::new(),
            hubs: Default::default(),
            members: HashMap::new(),
            arriving: Vec::new(),
            polls: HashMap::new(),
            guests: HashMap::new(),
            ticked: Instant::now(),
            pushes: 0,
        }
    }

    /// GroupId.
    pub fn group(&self) -> &str {
        &self.group.id
    }

    /// Number of the last delivered message.
    pub fn last(&self) -> u64 {
        self.last
    }

    /// What changes of the profile.
    pub fn figures(&self, online: u32) -> Figures {
        let mut messages = self.ring.iter().rev();
        let last = messages.find(|k| k.item.as_ref().is_some_and(Item::is_message));
        Figures { online, next: self.last + 1, last_at: last.map(|k| k.at) }
    }

    /// Numbers to write down as used, if half of the last block is.
    pub fn reserve(&mut self) -> Option<u64> {
        (self.last + BLOCK / 2 > self.reserved).then(|| {
            self.reserved += BLOCK;
            self.reserved
        })
    }

    /// How many members are pushed to.
    pub fn listeners(&self) -> usize {
        self.hubs.iter().map(Hub::len).sum()
    }

    /// Whether a connection joined as a member.
    pub fn is_member(&self, conn: ConnId) -> bool {
        self.members.contains_key(&conn)
    }

    /// Lets a member in at the next delivery; with a `key` it polls, else it
    /// is pushed to.
    pub fn join(&mut self, asker: Asker, key: Option<String>) {
        self.members.insert(asker.conn.id, asker.conn.clone());
        self.arriving.push(Arrival::Fresh(asker, key));
    }

    /// Lets a member in again at the next delivery.
    pub fn again(&mut self, conn: Outlet, since: Millis) {
        self.members.insert(conn.id, conn.clone());
        self.arriving.push(Arrival::Again(conn, since));
    }

    /// Whether somebody waits for a delivery even if nothing is said.
    pub fn is_waiting(&self) -> bool {
        !self.arriving.is_empty()
    }

    /// Delivers nothing more to a connection.
    pub fn forget(&mut self, conn: ConnId) {
        self.guests.remove(&conn);
        if let Some(poll) = self.polls.remove(&conn) {
            poll.give_up();
        }
        if self.members.remove(&conn).is_some() {
            self.arriving.retain(|arrival| match arrival {
                Arrival::Fresh(asker, _) => asker.conn.id != conn,
                Arrival::Again(arrived, _) => arrived.id != conn,
            });
            self.hubs.iter_mut().for_each(|hub| hub.remove(conn));
        }
    }

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

    /// An accepted message's answer waits for its number.
    pub fn hold(&mut self, event: &Event, asker: Asker, spoken: Box<Spoken>, told: bool) {
        let gift = matches!(event.kind, EventKind::Gift { .. });
        let held = Held { at: event.at, gift, spoken: Some(spoken), askers: vec![asker], told };
        self.held.insert(event.id.clone(), held);
    }

    /// A message that was sent before has the answer it had.
    pub fn repeat(&mut self, event: &Event, asker: Asker) {
        if let Some(held) = self.held.get_mut(&event.id) {
            return held.askers.push(asker);
        }
        let known = self.ring.iter().rev().find(|kept| kept.id == event.id);
        let (at, seq) = known.map_or((event.at, self.last), |kept| (kept.at, kept.seq));
        asker.answer(&Sent { msg_time: at.0 / 1_000, msg_seq: seq, msg_drop_reason: None });
    }

    /// A message that will not be delivered: its sender hears of success.
    /// Returns answers that wait for the disk.
    pub fn fated(&mut self, id: &EventId, fate: &Fate) -> Vec<Receipt> {
        if let Fate::Merged { into } = fate {
            // What was said no longer holds the whole count.
            if let Some(held) = self.held.get_mut(into) {
                held.spoken = None;
            }
        }
        let seq = self.last;
        let dropped = matches!(fate, Fate::AgedOut { .. }).then_some(DROPPED);
        self.held.remove(id).map(|held| held.answer(seq, dropped)).unwrap_or_default()
    }

    /// Takes removed messages out of history, and off the screens of SDKs that
    /// know of removals.
    pub fn remove(&mut self, at: Millis, ids: &[EventId], by: &str, reason: &str) {
        let mut list = Vec::new();
        for kept in self.ring.iter_mut().filter(|kept| ids.contains(&kept.id)) {
            self.bytes -= size(kept);
            if let Some(item) = kept.item.take().filter(Item::is_message) {
                list.extend(Revoked::of(&item));
            }
        }
        if !list.is_empty() {
            let seq = self.last + 1;
            let item = item::revoke(&self.group, seq, at.0 / 1_000, by, reason, &list);
            self.extra(at, item);
        }
    }

    /// Lets arrivals in, then delivers. Returns answers that wait for the disk.
    pub fn deliver(&mut self, at: Millis, flush: &Flush, online: u32) -> Vec<Receipt> {
        for arrival in std::mem::take(&mut self.arriving) {
            self.welcome(at, arrival);
        }
        if flush.events.is_empty() {
            return Vec::new();
        }
        let (mut receipts, mut items) = (Vec::new(), Vec::new());
        let first = flush.position.seq.0 + 1 - flush.events.len() as u64;
        for (event, seq) in flush.events.iter().zip(self.base + first..) {
            let held = self.held.remove(&event.id);
            let spoken = held.as_ref().and_then(|h| h.spoken.as_deref());
            let item = item::item(&self.group, event, seq, spoken, online);
            items.extend(item.clone());
            receipts.extend(held.map(|held| held.answer(seq, None)).unwrap_or_default());
            self.keep(Kept { seq, id: event.id.clone(), at: event.at, item });
        }
        self.push(&items);
        for poll in std::mem::take(&mut self.polls).into_values() {
            self.answer(at, &poll);
        }
        receipts
    }

    /// Tells everybody something that nobody sent; it has a number of its own.
    pub fn say(&mut self, at: Millis, event: u8, body: &Value) {
        let item = item::system(&self.group, self.last + 1, at.0 / 1_000, event, body);
        self.extra(at, item);
    }

    /// Tells some members something; the number it takes is nobody else's.
    pub fn say_to(&mut self, at: Millis, conns: &[ConnId], event: u8, body: &Value) {
        let item = item::system(&self.group, self.last + 1, at.0 / 1_000, event, body);
        self.skip(at, None);
        self.pushes += 1;
        let json = item::push(self.pushes, std::slice::from_ref(&item));
        for member in conns.iter().filter_map(|conn| self.members.get(conn)) {
            member.push(&json);
        }
    }

    /// Brings a broadcast of the app to everybody; returns its number here.
    pub fn broadcast(&mut self, at: Millis, spoken: &Spoken) -> u64 {
        let item = item::broadcast(&self.group, self.last + 1, at.0 / 1_000, spoken);
        self.extra(at, item);
        self.last
    }

    /// The last messages up to number `last`, newest first, at most `most`, and
    /// whether there are more. Messages taken back are not among them.
    pub fn said(&self, last: u64, most: usize) -> (Vec<Box<RawValue>>, bool) {
        let kept = self.ring.iter().rev().skip_while(|kept| kept.seq > last);
        let mut items = kept.filter_map(|kept| kept.item.as_ref()).filter(|i| i.is_message());
        let said = items.by_ref().take(most).map(|item| item.json.clone()).collect();
        (said, items.next().is_some())
    }

    /// The event of a delivered message's number, while it is remembered.
    pub fn id_of(&self, seq: u64) -> Option<EventId> {
        let i = self.ring.binary_search_by_key(&seq, |kept| kept.seq).ok()?;
        let kept = self.ring.get(i).filter(|kept| !kept.id.as_str().is_empty())?;
        kept.item.is_some().then(|| kept.id.clone())
    }

    /// One more item, after everything delivered so far.
    fn extra(&mut self, at: Millis, item: Item) {
        self.skip(at, Some(item.clone()));
        self.push(&[item]);
        for poll in std::mem::take(&mut self.polls).into_values() {
            self.answer(at, &poll);
        }
    }

    /// Uses up a number that the room does not know of.
    fn skip(&mut self, at: Millis, item: Option<Item>) {
        self.base += 1;
        let id = EventId(String::new());
        self.keep(Kept { seq: self.last + 1, id, at, item });
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

    fn welcome(&mut self, at: Millis, arrival: Arrival) {
        let conn = match &arrival {
            Arrival::Fresh(asker, key) => {
                asker.answer(&Joined {
                    joined_status: "JoinedSuccess",
                    huge_group_flag: 1,
                    key: &self.group.id,
                    long_polling_key: key.as_deref(),
                    start_seq: key.as_ref().map(|_| self.last + 1),
                    rsp_msg_list: self.history(at, self.last),
                });
                &asker.conn
            }
            Arrival::Again(conn, since) => {
                let missed = self.ring.iter().rev().take_while(|kept| kept.at >= *since);
                let mut items: Vec<Item> =
                    missed.filter_map(|kept| kept.item.clone()).take(AGAIN_ITEMS).collect();
                items.reverse();
                if !items.is_empty() {
                    self.pushes += 1;
                    conn.push(&item::push(self.pushes, &items));
                }
                conn
            }
        };
        if let Some((conn, kind)) = conn.socket() {
            self.hubs[kind as usize].add(Arc::clone(conn));
        }
    }

    fn push(&mut self, items: &[Item]) {
        if items.is_empty() || self.hubs.iter().all(Hub::is_empty) {
            return;
        }
        self.pushes += 1;
        let json = item::push(self.pushes, items);
        for kind in Kind::ALL {
            let hub = &mut self.hubs[kind as usize];
            if !hub.is_empty() {
                let frame: Bytes = kind.encode_for_all(&json);
                hub.fan_out(&frame, Level::Message);
            }
        }
    }

    fn keep(&mut self, kept: Kept) {
        self.last = kept.seq;
        self.bytes += size(&kept);
        self.ring.push_back(kept);
        while self.ring.len() > RING || self.bytes > RING_BYTES {
            let Some(oldest) = self.ring.pop_front() else { break };
            self.bytes -= size(&oldest);
        }
    }

    /// The last messages of the last day up to number `last`, oldest first, without tips.
    fn history(&self, at: Millis, last: u64) -> Vec<&RawValue> {
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

    fn answer(&self, at: Millis, Poll { asker, place, .. }: &Poll) {
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
    fn give_up(&self) {
        let Place { key, start, joined } = &self.place;
        let next_seq = (*start).max(joined + 1);
        self.asker.answer(&Polled { key, next_seq, rsp_msg_list: Vec::new() });
    }
}

impl Held {
    /// Answers, except for a gift: that waits for the disk.
    fn answer(self, seq: u64, dropped: Option<&'static str>) -> Vec<Receipt> {
        let msg_drop_reason = dropped.filter(|_| self.told);
        let sent = Sent { msg_time: self.at.0 / 1_000, msg_seq: seq, msg_drop_reason };
        if self.gift {
            return self.askers.iter().map(|asker| asker.receipt(&sent)).collect();
        }
        for asker in &self.askers {
            asker.answer(&sent);
        }
        Vec::new()
    }
}

fn size(kept: &Kept) -> usize {
    kept.item.as_ref().map_or(0, |item| item.json.get().len())
}

#[cfg(test)]
mod tests;
