//! What SDK sessions ask of a room's SDK side.

use crate::room_task::Speech;
use crate::sdk::asker::Asker;
use crate::sdk::outlet::Outlet;
use std::sync::Arc;
use surtitle_core::room::ConnId;
use surtitle_core::{Millis, Sender};
use surtitle_tim::item::Spoken;

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
    /// Whether a connection joined as a member.
    Member {
        /// Which.
        conn: ConnId,
        /// Told the number of the last message; nothing if it has not.
        reply: tokio::sync::oneshot::Sender<Option<u64>>,
    },
    /// Words of this server for some members: a notice of the app's own kind.
    Notify {
        /// For whom; who is no member is not told.
        conns: Box<[ConnId]>,
        /// Its `UserDefinedField`.
        text: String,
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
