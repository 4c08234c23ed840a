//! Who asks a board, and where what it says to them alone goes.

use crate::frames;
use crate::log::Receipt;
use crate::room_task::{Input, RoomHandle};
use crate::sdk::asker::Asker;
use crate::sdk::relay::{Ask, Sent};
use crate::sdk::rooms::Rooms;
use crate::ws::conn::{Conn, Level};
use bytes::Bytes;
use serde_json::json;
use std::sync::Arc;
use surtitle_core::room::ConnId;
use surtitle_core::wire::{BoardWord, ServerFrame};
use surtitle_core::{Code, Reject, Seq};
use surtitle_tim::code::Refusal;

/// What says that a custom message, or a notice, is about the board.
pub const BUSINESS: &str = "surtitle_board";
/// What SDKs are refused with is this and our own code: the vendor leaves
/// 120001 to 130000 to those who refuse.
const REFUSED: u32 = 120_000;

/// Whoever asks.
#[derive(Debug, Clone)]
pub enum Ear {
    /// A page of our own.
    Page(Arc<Conn>),
    /// A member of the room with the vendor's SDK.
    Client(Client),
}

/// A client of an app, and the request it waits for.
#[derive(Debug, Clone)]
pub struct Client {
    /// Its connection.
    pub conn: ConnId,
    /// The board's room, which it has joined.
    pub room: RoomHandle,
    /// The rooms it is in now.
    pub rooms: Arc<Rooms>,
    /// Its request.
    pub asker: Asker,
    /// What answers it.
    pub sent: Sent,
}

impl Client {
    /// Whether it has not left.
    pub fn is_here(&self) -> bool {
        self.rooms.get(&self.room.group).is_some()
    }
}

impl Ear {
    /// Its number in this run.
    pub fn id(&self) -> ConnId {
        match self {
            Self::Page(conn) => conn.id,
            Self::Client(client) => client.conn,
        }
    }

    /// Says something to it alone. A client whose room is too busy to pass it on
    /// does not hear it, and asks again.
    pub fn tell(&self, word: BoardWord) {
        match self {
            Self::Page(conn) => conn.push(&encode(word), Level::Message),
            // The answer of its request says the same.
            Self::Client(_) if matches!(word, BoardWord::Begun { .. }) => {}
            Self::Client(client) => {
                notify(&client.room, &[client.conn], &[text(&word)]);
            }
        }
    }

    /// What it asked is done, and nothing of it is for the disk.
    pub fn done(&self) {
        if let Self::Client(client) = self {
            client.asker.answer(&client.sent);
        }
    }

    /// The acknowledgement that waits for the disk.
    pub fn kept(&self, n: u32, seq: Seq) -> Receipt {
        match self {
            Self::Page(conn) => {
                let failed = frames::encode_reject(&not_kept(), Some(n));
                Receipt::frame(Arc::clone(conn), encode(BoardWord::Kept { n, seq }), failed)
            }
            Self::Client(client) => client.asker.receipt(&client.sent),
        }
    }

    /// Says no.
    pub fn refuse(&self, reject: &Reject, n: Option<u32>) {
        match self {
            Self::Page(conn) => conn.push(&frames::encode_reject(reject, n), Level::Message),
            Self::Client(client) => {
                let number = REFUSED + u32::from(reject.code.number());
                client.asker.refuse(&Refusal { number, text: reject.message.clone() });
            }
        }
    }
}

/// Words as text, for [`notify`].
pub fn text(word: &BoardWord) -> String {
    serde_json::to_string(word).expect("wire types serialise: no maps, no foreign types")
}

/// Tells clients these words with one notice, if their room has room for it.
pub fn notify(room: &RoomHandle, conns: &[ConnId], words: &[String]) -> bool {
    let text = format!(r#"{{"businessID":{},"words":[{}]}}"#, json!(BUSINESS), words.join(","));
    room.try_tell(Input::Sdk(Ask::Notify { conns: conns.into(), text }))
}

/// One frame for pages.
pub fn encode(word: BoardWord) -> Bytes {
    frames::encode(&ServerFrame::Board { word })
}

/// What was to be kept was not.
pub fn not_kept() -> Reject {
    Reject::new(Code::NotKept, "it could not be written down; try again in a moment")
}
