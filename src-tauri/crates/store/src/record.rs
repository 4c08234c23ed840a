//! What a store keeps, as data.

use serde_json::Value;
use surtitle_core::{Event, EventId, Fate, Millis, Role, RoomId, UserId};

/// SHA-256 of a token, computed by the caller. The token itself is never kept.
pub type TokenHash = [u8; 32];

/// A room. Key: `id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomRecord {
    /// Its id.
    pub id: RoomId,
    /// Name to show.
    pub name: String,
    /// When it was made.
    pub created_at: Millis,
    /// Like total; never goes down.
    pub likes: u64,
}

/// A person who took a name. Key: `id`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileRecord {
    /// Stable id.
    pub id: UserId,
    /// Name to show.
    pub nick: String,
    /// Path or address of a picture; `None` draws the first letter.
    pub avatar: Option<String>,
    /// When the name was taken first.
    pub created_at: Millis,
}

/// Somebody who may not speak in one room. Key: `room` and `user`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MuteRecord {
    /// Where.
    pub room: RoomId,
    /// Who.
    pub user: UserId,
    /// When it runs out.
    pub until: Millis,
}

/// A token that was given out. Key: `hash`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRecord {
    /// Its SHA-256.
    pub hash: TokenHash,
    /// What it makes of its bearer.
    pub role: Role,
    /// Overlay name for [`Role::Display`], else empty.
    pub name: String,
    /// When it was given out.
    pub created_at: Millis,
}

/// One setting. Key: `key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Its name, e.g. `look/main`.
    pub key: String,
    /// Any JSON.
    pub value: Value,
}

/// A JSON document: what is read as a whole, such as an app or a group. Key:
/// `kind` and `key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is, and of what if that has many: `app`, `group/1400000001`.
    pub kind: String,
    /// Which of its kind.
    pub key: String,
    /// Any JSON that nests under 128 deep.
    pub value: Value,
}

/// A call to a back end that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// Number of the app whose back end it is.
    pub app: u32,
    /// What it tells, e.g. `Group.CallbackAfterSendMsg`.
    pub command: String,
    /// What follows the `?` of the address.
    pub query: String,
    /// What is sent.
    pub body: String,
    /// When it was made; it is due at once.
    pub made_at: Millis,
}

/// A call to a back end and what became of it. Key: `row`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryRecord {
    /// Its place in the queue and in the log.
    pub row: Row,
    /// Number of the app whose back end it is.
    pub app: u32,
    /// What it tells.
    pub command: String,
    /// What follows the `?` of the address.
    pub query: String,
    /// What is sent.
    pub body: String,
    /// When it was made.
    pub made_at: Millis,
    /// How often it was tried.
    pub attempts: u32,
    /// Where it is now.
    pub state: DeliveryState,
}

/// Where a call to a back end is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryState {
    /// It waits to be tried, for the first time or again.
    Due {
        /// Not before then.
        at: Millis,
    },
    /// The back end has it.
    Done {
        /// Since when.
        at: Millis,
        /// What it answered, for the host to read.
        note: String,
    },
    /// It will not be tried again.
    Failed {
        /// Since when.
        at: Millis,
        /// What went wrong, for the host to read.
        note: String,
    },
}

/// Place of an event or a delivery in its log. Rises with every new one,
/// never given twice, may skip numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row(pub u64);

/// An event of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRecord {
    /// Its place.
    pub row: Row,
    /// The event.
    pub event: Event,
    /// What became of it; `None` while it waits.
    pub fate: Option<Fate>,
}

/// One write to the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogWrite {
    /// An event came. One with a known id changes nothing.
    Event {
        /// The event.
        event: Event,
    },
    /// An event has this fate now, whatever it had before. One that is
    /// removed loses its words for good ([`Event::redact`]).
    ///
    /// The event must be in the log, or earlier in the same append. A fate
    /// for an unknown one is logged as a warning and otherwise ignored: it
    /// can only be of a pruned event, and keeping it would break the sums.
    Fate {
        /// Which event.
        id: EventId,
        /// Its fate.
        fate: Fate,
    },
    /// The like total of a room. A smaller one than is kept, or one of an
    /// unknown room, changes nothing.
    Likes {
        /// Which room.
        room: RoomId,
        /// Its total.
        total: u64,
    },
    /// A document has this value now; the last one of an append counts.
    Document {
        /// Its kind.
        kind: String,
        /// Which of its kind.
        key: String,
        /// Its value; `None` deletes it.
        value: Option<Value>,
    },
}
