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

/// Place of an event in the log. Rises with every event, never given twice,
/// may skip numbers.
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
    /// An event has this fate now, whatever it had before.
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
}
