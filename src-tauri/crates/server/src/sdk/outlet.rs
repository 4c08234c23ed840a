//! Where what one connection is told goes.

use super::inbox::Inbox;
use crate::ws::codec;
use crate::ws::conn::{Conn, Level};
use bytes::Bytes;
use std::sync::Arc;
use surtitle_core::room::ConnId;
use surtitle_tim::item::KickType;

/// How a socket carries its frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `/info` and `/`.
    Text,
    /// `/binfo`.
    Binary,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Text, Self::Binary];

    /// One WebSocket frame with this JSON.
    pub fn encode(self, json: &[u8]) -> Bytes {
        Bytes::from(codec::encode(if self == Self::Text { 1 } else { 2 }, json))
    }
}

/// One connection of a client, as rooms know it: a socket, or what stands for
/// one where there is none.
#[derive(Debug, Clone)]
pub struct Outlet {
    /// Its number in this run.
    pub id: ConnId,
    way: Way,
}

#[derive(Debug, Clone)]
enum Way {
    Socket(Arc<Conn>, Kind),
    Polls(Arc<Inbox>),
    Nowhere,
}

impl Outlet {
    /// A socket.
    pub fn over(conn: Arc<Conn>, kind: Kind) -> Self {
        Self { id: conn.id, way: Way::Socket(conn, kind) }
    }

    /// A login that asks by HTTP and hears by long polls.
    pub fn polls(id: ConnId, inbox: Arc<Inbox>) -> Self {
        Self { id, way: Way::Polls(inbox) }
    }

    /// One that hears only answers.
    pub fn nowhere(id: ConnId) -> Self {
        Self { id, way: Way::Nowhere }
    }

    /// The socket, if it is one, and how it carries frames.
    pub fn socket(&self) -> Option<(&Arc<Conn>, Kind)> {
        match &self.way {
            Way::Socket(conn, kind) => Some((conn, *kind)),
            Way::Polls(_) | Way::Nowhere => None,
        }
    }

    /// Tells it something it did not ask for: a whole frame, as JSON.
    pub fn push(&self, json: &[u8]) {
        match &self.way {
            Way::Socket(conn, kind) => conn.push(&kind.encode(json), Level::Message),
            Way::Polls(inbox) => inbox.put(json),
            Way::Nowhere => {}
        }
    }

    /// Tells it that its login has ended; a socket stays open, for a guest.
    pub fn kick(&self, kick: KickType, json: &[u8]) {
        match &self.way {
            Way::Polls(inbox) => inbox.end(kick),
            Way::Socket(..) | Way::Nowhere => self.push(json),
        }
    }

    /// Ends the connection without a word.
    pub fn cut(&self) {
        if let Way::Socket(conn, _) = &self.way {
            conn.abort();
        }
    }
}
