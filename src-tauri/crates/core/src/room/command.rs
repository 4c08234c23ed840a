//! What a room is told.

use super::ConnId;
use crate::wire::{Body, RoomRules};
use crate::{EventId, Millis, Priority, Sender, UserId};

/// Who sends a message.
#[derive(Debug, Clone)]
pub enum Origin {
    /// A connection that joined.
    Conn(ConnId),
    /// A connection of an app's SDK that joined. The app's word on priority
    /// stands, except that a gift is always High.
    App(ConnId),
    /// An app's back end, for an account that need not be here. The app's word
    /// on priority stands as for [`Self::App`].
    BackEnd {
        /// For whom.
        sender: Sender,
        /// Whether a mute of theirs counts.
        mutable: bool,
    },
    /// The program itself, for somebody: rehearsal, the host in the console.
    Own {
        /// For whom.
        sender: Sender,
        /// The event's `source`.
        source: &'static str,
    },
}

/// What the room is told.
#[derive(Debug, Clone)]
pub enum Command {
    /// A connection enters; or, already here, takes a name.
    Join {
        /// Which.
        conn: ConnId,
        /// `None` for a guest.
        who: Option<Sender>,
    },
    /// A connection is gone.
    Leave {
        /// Which.
        conn: ConnId,
    },
    /// A connection's owner leaves on purpose: no grace.
    Quit {
        /// Which.
        conn: ConnId,
    },
    /// A message.
    Send {
        /// From whom.
        from: Origin,
        /// The sender's own number.
        cid: u32,
        /// Lowers the body's own priority.
        priority: Option<Priority>,
        /// What.
        body: Body,
    },
    /// Taps on like.
    Like {
        /// Who; `None` for the program itself.
        conn: Option<ConnId>,
        /// 1–[`LIKE_LIMIT`](super::LIKE_LIMIT).
        count: u32,
    },
    /// Somebody follows the host.
    Follow {
        /// Who.
        who: Sender,
    },
    /// Takes messages off.
    Remove {
        /// Which.
        ids: Vec<EventId>,
    },
    /// A message that is taken, and told to be so, but goes nowhere.
    Block {
        /// From whom.
        from: Origin,
        /// The sender's own number.
        cid: u32,
        /// What.
        body: Body,
        /// The rule that blocked it, for its fate.
        rule: &'static str,
    },
    /// Mutes somebody until `until`; a moment that is past lifts it.
    Mute {
        /// Whom.
        user: UserId,
        /// Until when.
        until: Millis,
    },
    /// Keeps somebody out until `until`; a moment that is past lifts it.
    Ban {
        /// Whom.
        user: UserId,
        /// Until when.
        until: Millis,
    },
    /// Whether only staff may speak.
    MuteAll {
        /// So or not.
        on: bool,
    },
    /// The standing rules, from now on.
    Rules {
        /// All of them.
        rules: RoomRules,
    },
    /// Who is staff beside host and helpers, from now on.
    Staff {
        /// All of them.
        users: Vec<UserId>,
    },
}
