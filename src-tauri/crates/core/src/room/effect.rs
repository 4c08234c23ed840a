//! What a room puts out.

use super::ConnId;
use crate::wire::RoomInfo;
use crate::{Event, EventId, EventKind, Fate, Position, Sender, UserId};

/// What the driver must do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// A message was taken. If `fresh`, it is new and, when it is a gift, must
    /// be on disk before it is acknowledged; else it is the answer to a retry.
    Accepted {
        /// The message.
        event: Event,
        /// Not seen before.
        fresh: bool,
    },
    /// A message that was taken will not be delivered.
    Fated {
        /// The message.
        event: Event,
        /// Why.
        fate: Fate,
    },
    /// These are off; tell every member.
    Removed {
        /// Which.
        ids: Vec<EventId>,
    },
    /// Somebody became a member.
    Came {
        /// Who.
        who: Sender,
    },
    /// Somebody is no longer a member.
    Went {
        /// Who.
        who: Sender,
        /// On purpose; else their connection was gone for [`GRACE_MS`](super::GRACE_MS).
        quit: bool,
    },
    /// Somebody left with one connection on purpose and is here with another
    /// (seed FAQ 4).
    Parted {
        /// Who.
        who: Sender,
    },
    /// Somebody was banned: these connections get nothing more.
    Expelled {
        /// Who.
        who: Sender,
        /// Their connections.
        conns: Vec<ConnId>,
    },
    /// Somebody was muted or banned, by whomever, or that was lifted.
    Penalised {
        /// Who.
        user: UserId,
        /// Whether it is in force: then whatever is theirs is to go.
        on: bool,
    },
}

/// What [`Room::check`](super::Room::check) found.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked {
    /// Who speaks.
    pub sender: Sender,
    /// What it would be.
    pub kind: EventKind,
    /// Sent before; handling it gives the first answer again.
    pub known: bool,
}

/// What every member gets at one delivery.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Flush {
    /// Number of the last of `events`.
    pub position: Position,
    /// New messages in order.
    pub events: Vec<Event>,
    /// Like total, if it moved.
    pub likes: Option<u64>,
    /// Online count, if it moved.
    pub online: Option<u32>,
}

/// What a connection that joins gets.
#[derive(Debug, Clone, PartialEq)]
pub struct Welcome {
    /// The room.
    pub info: RoomInfo,
    /// Where deliveries go on.
    pub position: Position,
    /// Whether `history` is all that was missed.
    pub resumed: bool,
    /// Missed messages, or the last ones.
    pub history: Vec<Event>,
    /// If resumed: what was removed lately, some of it perhaps meanwhile.
    pub removed: Vec<EventId>,
    /// People here.
    pub online: u32,
    /// Like total.
    pub likes: u64,
}
