//! The one interface between a show and the room it presents.
//!
//! A session has two ends: in process for the embedded room
//! (`surtitle-server`) and over a socket for a remote one
//! (`surtitle-connectors`). Both speak these types over bounded channels; a
//! show cannot tell them apart.

use crate::wire::{Body, LinkState, OrderInfo, RoomInfo};
use crate::{Event, EventId, Fate, Position, Priority, Reject, UserId};

/// What a session tells the show.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum SessionEvent {
    /// The link changed.
    Link {
        /// Its state now.
        state: LinkState,
        /// Why, when not live; for people.
        detail: Option<String>,
    },
    /// In the room, for the first time or again.
    Joined {
        /// The room.
        room: RoomInfo,
        /// The last message of `missed`, or of the room.
        position: Position,
        /// Messages since the last position this session knew. Empty on the
        /// first join: history of a room was never meant for this show.
        missed: Vec<Event>,
        /// Messages that could not be had back (gap longer than the room's
        /// memory, or a new epoch); 0 when nothing was lost.
        lost: u64,
        /// People in the room.
        online: u32,
        /// Like total.
        likes: u64,
    },
    /// New messages, in order, each once.
    Events {
        /// Number of the last of them.
        position: Position,
        /// At least one.
        events: Vec<Event>,
    },
    /// A message the room took but will not deliver; only the embedded room knows these.
    Fated {
        /// The message.
        event: Event,
        /// What became of it.
        fate: Fate,
    },
    /// Counts that changed.
    Counts {
        /// Like total.
        likes: Option<u64>,
        /// People in the room.
        online: Option<u32>,
    },
    /// The room took these messages off.
    Removed {
        /// Which.
        ids: Vec<EventId>,
    },
    /// How the order of the room stands, at first and whenever it changes;
    /// only the embedded room tells it.
    Order {
        /// All of it.
        order: Box<OrderInfo>,
    },
    /// Answer to a [`SessionCommand::Send`].
    Answer {
        /// Its number.
        cid: u32,
        /// The event it became, or why not.
        result: Result<EventId, Reject>,
    },
    /// Somebody was muted or banned, by whomever: what is theirs goes. Only the
    /// embedded room tells it.
    Penalised {
        /// Who.
        user: UserId,
    },
}

/// What the show asks of its session.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum SessionCommand {
    /// Speak in the room.
    Send {
        /// Own number, answered with.
        cid: u32,
        /// Lowers the body's own priority.
        priority: Option<Priority>,
        /// What.
        body: Body,
    },
    /// Taps on like.
    Like {
        /// 1–200.
        count: u32,
    },
    /// Take a message off everywhere. Needs a helper's or host's token at a remote room.
    Remove {
        /// Which.
        id: EventId,
    },
    /// Mute somebody in the room. Needs a helper's or host's token at a remote room.
    Mute {
        /// Whom.
        user: UserId,
        /// 0 lifts it.
        seconds: u32,
    },
}
