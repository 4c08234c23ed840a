//! Where what one connection is told goes.

use super::inbox::Inbox;
use crate::ws::codec;
use crate::ws::conn::{Conn, Level};
use bytes::Bytes;
use std::sync::Arc;
use surtitle_core::room::ConnId;
use surtitle_tim::frame;
use surtitle_tim::item::KickType;

/// How a socket carries its frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `/info` and `/`.
    Text,
    /// `/binfo`.
    Binary,
    /// `/binfo` with `compress=gzip`: what goes to a whole room is compressed.
    Packed,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Text, Self::Binary, Self::Packed];

    /// One WebSocket frame with this JSON.
    pub fn encode(self, json: &[u8]) -> Bytes {
        Bytes::from(codec::encode(if self == Self::Text { 1 } else { 2 }, json))
    }

    /// The same for what a whole room gets, which holds no secret of one
    /// person: written once, it is worth compressing where the SDK takes that.
    pub fn encode_for_all(self, json: &[u8]) -> Bytes {
        match self {
            Self::Packed => Bytes::from(codec::encode(2, &frame::comp(json.to_vec()))),
            Self::Text | Self::Binary => self.encode(json),
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_whole_room_gets_is_compressed_and_only_where_it_was_asked_for() {
        let json = br#"{"a":"b"}"#.repeat(100);
        let packed = |frame: Bytes| frame.windows(4).any(|bytes| bytes == b"COMP");
        for (kind, expected) in [(Kind::Text, false), (Kind::Binary, false), (Kind::Packed, true)] {
            assert_eq!(packed(kind.encode_for_all(&json)), expected, "{kind:?}");
            assert!(!packed(kind.encode(&json)), "{kind:?}: an answer may hold a secret");
        }
    }
}
