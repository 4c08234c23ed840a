//! What this server delivers to SDKs: items of a room, one-to-one messages,
//! and the end of a login.
//!
//! An item is written once and its bytes are shared: a push and the answer of
//! a poll carry the same object. `Event` in it says what it is: 3 a message,
//! 5 a notice, 6 a tip, 17 a broadcast, 20 a removal.

mod broadcast;
mod direct;
mod kick;
mod message;
mod native;
mod notice;
mod push;
mod revoke;
mod tip;
mod wire;

pub use broadcast::broadcast;
pub use direct::{Direct, Side, direct};
pub use kick::{KickType, Kickout, kick, kickout};
pub use message::Spoken;
pub use notice::system;
pub use push::{Events, push, push_direct};
pub use revoke::{Revoked, revoke};

use serde_json::value::RawValue;
use surtitle_core::{Event, EventKind, Sender};

/// The account tips and notices are from.
pub const SYSTEM: &str = "@TIM#SYSTEM";

/// The room items are in.
#[derive(Debug, Clone)]
pub struct Group {
    /// GroupId.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// An item ready to be sent.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its `Event`; decides the array of a push it belongs in.
    pub event: u8,
    /// The object.
    pub json: Box<RawValue>,
    /// Whether it is worth nothing to who comes later: no history has it.
    pub passing: bool,
}

impl Item {
    /// Whether somebody said it: what history on join is made of.
    pub fn is_message(&self) -> bool {
        self.event == 3 && !self.passing
    }
}

/// The item of one event; `None` for what SDKs have no word for. `spoken` is
/// what its sender's SDK said, if an SDK said it; `online` the people here.
pub fn item(
    group: &Group,
    event: &Event,
    seq: u64,
    spoken: Option<&Spoken>,
    online: u32,
) -> Option<Item> {
    match (&event.kind, &event.from, spoken) {
        (EventKind::Tip { tip, users, .. }, ..) => {
            tip::item(group, event, *tip, users, seq, online)
        }
        (_, Some(_), Some(spoken)) => Some(message::item(group, seq, event.at.0 / 1_000, spoken)),
        (kind, Some(from), None) => {
            let spoken = native::spoken(event, kind, from)?;
            Some(message::item(group, seq, event.at.0 / 1_000, &spoken))
        }
        (_, None, _) => None,
    }
}

pub use native::custom;

/// What the program itself says to the room in somebody's name.
pub fn said(group: &Group, seq: u64, at_s: u64, spoken: &Spoken, passing: bool) -> Item {
    Item { passing, ..message::item(group, seq, at_s, spoken) }
}

/// A message of our own as an SDK would have said it; `None` for what has no
/// such words.
pub fn native(event: &Event) -> Option<Spoken> {
    native::spoken(event, &event.kind, event.from.as_ref()?)
}

/// `MsgBody` of what somebody is about to say on a page of our own.
pub fn native_body(kind: &EventKind, from: &Sender) -> Option<Box<RawValue>> {
    native::body(kind, from)
}

/// Part of a message id, so it must differ between messages of one second: a
/// native sender's own number, else a hash of our id.
fn random(event: &Event) -> u32 {
    event.cid.unwrap_or_else(|| hash(event.id.as_str()))
}

/// FNV-1a.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |h, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod sample {
    //! What the tests of the builders start from.

    use super::*;
    use serde_json::Value;
    use surtitle_core::{Millis, Priority, Sender};

    pub const AT_S: u64 = 1_795_398_346;

    pub fn group() -> Group {
        Group { id: "G".into(), name: "Live".into() }
    }

    pub fn spoken(body: &str) -> Spoken {
        Spoken {
            account: "alice".into(),
            nick: "Alice".into(),
            face: "http://x/a.png".into(),
            random: 47_080_884,
            client_time: 1_795_398_345,
            priority: "High".into(),
            cloud: "{\"k\":1}".into(),
            body: RawValue::from_string(body.to_owned()).expect("JSON"),
        }
    }

    pub fn event(kind: EventKind, from: Option<Sender>) -> Event {
        Event {
            id: "1-1".into(),
            at: Millis(AT_S * 1_000 + 500),
            source: "room".into(),
            cid: from.is_some().then_some(5),
            from,
            priority: Priority::Normal,
            kind,
        }
    }

    pub fn parse(item: &Item) -> Value {
        serde_json::from_str(item.json.get()).expect("JSON")
    }
}
