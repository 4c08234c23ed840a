//! What SDK clients of one room get: pushes, answers of polls and of sends.
//!
//! Owned by the room's task, which tells it of every delivery. An item is
//! written once ([`item`]); the members of one frame kind share one frame, and
//! polls and history take the same items from a ring.
//!
//! `MsgSeq` is the room's number plus a base that every start raises, because
//! SDKs drop a number they have seen, and a restarted room begins at 1.

mod ask;
mod extra;
mod polls;

pub use ask::{Ask, Figures, Place};

use super::asker::Asker;
use super::outlet::{Kind, Outlet};
use crate::log::Receipt;
use crate::ws::conn::Level;
use crate::ws::hub::Hub;
use bytes::Bytes;
use polls::Poll;
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use surtitle_core::room::{ConnId, Flush, RING};
use surtitle_core::{Event, EventId, Fate, Millis, RoomId};
use surtitle_tim::item::{self, Group, Item, Spoken};
use tokio::time::Instant;

/// Most bytes of items in the ring; the oldest go first.
const RING_BYTES: usize = 16 * 1024 * 1024;
/// Most items for one who comes back: as many as SDKs compare to know doubles.
const AGAIN_ITEMS: usize = 200;
/// `MsgDropReason` of a message the budget dropped.
const DROPPED: &str = "MsgFreqCtrl";
/// Numbers written down as used before they are.
pub const BLOCK: u64 = 100_000;

/// The setting that says up to where a room's numbers may be used.
pub fn setting(room: &RoomId) -> String {
    format!("sdk/seq/{room}")
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

/// Answer of a send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Sent {
    msg_time: u64,
    msg_seq: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    msg_drop_reason: Option<&'static str>,
}

impl Sent {
    /// Of something that is no message of the room: the number is its last one's.
    pub fn aside(at: Millis, last: u64) -> Self {
        Self { msg_time: at.0 / 1_000, msg_seq: last, msg_drop_reason: None }
    }
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

    /// Another name, in everything told from now on.
    pub fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.group.name);
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

    /// An accepted message's answer waits for its number.
    pub fn hold(&mut self, event: &Event, asker: Asker, spoken: Box<Spoken>, told: bool) {
        let gift = event.kind.is_worth_money();
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
