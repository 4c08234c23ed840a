//! Where an answer goes: one request of one socket.

use crate::log::Receipt;
use crate::ws::codec;
use crate::ws::conn::{Conn, Level};
use bytes::Bytes;
use serde::Serialize;
use std::sync::Arc;
use surtitle_tim::code::Refusal;
use surtitle_tim::frame;

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

/// One request, to be answered once, now or later.
#[derive(Debug, Clone)]
pub struct Asker {
    /// Whose socket.
    pub conn: Arc<Conn>,
    /// How it carries frames.
    pub kind: Kind,
    /// The request's command.
    pub servcmd: String,
    /// The request's number.
    pub seq: u64,
}

impl Asker {
    /// Answers with the fields of `rest`.
    pub fn answer<T: Serialize>(&self, rest: &T) {
        let json = frame::answer(&self.servcmd, self.seq, rest);
        self.conn.push(&self.kind.encode(&json), Level::Message);
    }

    /// Says no.
    pub fn refuse(&self, refusal: &Refusal) {
        let json = frame::refuse(&self.servcmd, self.seq, refusal);
        self.conn.push(&self.kind.encode(&json), Level::Message);
    }

    /// Answers once the disk has what was written before.
    pub fn receipt<T: Serialize>(&self, rest: &T) -> Receipt {
        let json = frame::answer(&self.servcmd, self.seq, rest);
        let failed =
            frame::refuse(&self.servcmd, self.seq, &surtitle_tim::code::Code::Server.into());
        Receipt {
            conn: Arc::clone(&self.conn),
            ack: self.kind.encode(&json),
            failed: self.kind.encode(&failed),
        }
    }
}
