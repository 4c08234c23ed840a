//! What a page or a remote Surtitle sends.

use super::{
    BoardAsk, BoardOrder, InquiryAsk, InquiryOrder, RoomOrder, SaleAsk, StreamInfo, Voice,
};
use crate::sale::SaleOrder;
use crate::{Backdrop, EventId, Look, Paid, Placard, Position, Priority, RoomId, UserId};
use serde::{Deserialize, Serialize};

/// What a `send` carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Body {
    /// A line of text, 1–300 characters after cleaning.
    Comment {
        /// The text.
        text: String,
    },
    /// A gift of the catalogue.
    Gift {
        /// Catalogue id.
        gift: String,
        /// 1–9,999.
        count: u32,
    },
    /// An app-defined payload, at most 4,000 bytes.
    Custom {
        /// The payload.
        data: String,
    },
    /// A comment somebody paid for. Inside this program only: it is never read
    /// from a socket and never written to one, so that no member can make one.
    #[serde(skip)]
    #[cfg_attr(feature = "ts", ts(skip))]
    Paid {
        /// The text, 0–300 characters after cleaning.
        text: String,
        /// What was paid.
        paid: Paid,
    },
}

/// A frame from a client. On the wire: `{"t":"ping","n":1}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "t", rename_all = "lowercase")]
#[non_exhaustive]
pub enum ClientFrame {
    /// First frame. Without a token the connection is a guest's.
    Hello {
        /// [`super::VERSION`].
        v: u32,
        /// A viewer, helper, host or display token.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        token: Option<String>,
    },
    /// Enter a room; with `resume`, get what was missed instead of history.
    Join {
        /// Which room.
        room: RoomId,
        /// The last message seen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        resume: Option<Position>,
    },
    /// Leave the room.
    Leave,
    /// Take a nickname (guest) or change it (viewer); answered by `named`.
    Name {
        /// 1–24 characters.
        nick: String,
    },
    /// Send a message to the room; answered by `ack` or `error` with this `cid`.
    Send {
        /// Client's own number; the same number again within 5 minutes is the same message.
        cid: u32,
        /// Only lowers the body's own priority (comment `normal`, gift `high`).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        priority: Option<Priority>,
        /// What.
        body: Body,
    },
    /// Taps on the like button since the last such frame, 1–200. Not answered.
    Like {
        /// How many.
        count: u32,
    },
    /// Answered by `pong` with the same number.
    Ping {
        /// Any number.
        n: u32,
    },
    /// An unpaired overlay page asks for a code; answered by `pairing`, then `paired`.
    Pair {
        /// Overlay name.
        overlay: String,
    },
    /// A paired overlay page (or a host) asks for an overlay's cues; answered
    /// by `stage`, or by `cues` alone if `resume` is recent.
    Watch {
        /// Overlay name.
        overlay: String,
        /// The last cue seen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        resume: Option<Position>,
    },
    /// An overlay page has drawn this proof mark (docs/protocol.md); only after
    /// `prove` asked for it. Not answered.
    Beat {
        /// The page's own number, 0–4,095, new with every load.
        page: u16,
        /// The mark's number, 0–4,095, one more than the last, 0 after 4,095.
        n: u16,
    },
    /// An overlay page tells whether it can be heard, when that changes;
    /// `voice` tells it whether it shall be.
    Voice {
        /// Whether it can.
        voice: Voice,
        /// Whether it is a source of OBS, which comes first.
        #[serde(default)]
        obs: bool,
    },
    /// A host or helper asks for the console's stream; answered by `desk`.
    Monitor,
    /// A host or helper commands; answered by `done` or `error` with this `id`.
    Do {
        /// Client's own number.
        id: u32,
        /// What to do.
        command: HostCommand,
        /// Who does it, 1–24 characters: several may work with one token.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        name: Option<String>,
    },
    /// A viewer asks, or asks for what they asked; answered by `inquiry` or
    /// `error` with this `cid`.
    Inquire {
        /// Client's own number; the same again is the same inquiry.
        cid: u32,
        /// What.
        ask: InquiryAsk,
    },
    /// Reads a board or draws on it; refused by `error` with the `n` it has, if any.
    Board {
        /// What.
        #[serde(flatten)]
        ask: BoardAsk,
    },
    /// A member asks something of the sale; answered by `sale` with this `cid`.
    Sale {
        /// Client's own number; the same number again is the same claim, for ever.
        cid: u32,
        /// What.
        ask: SaleAsk,
    },
}

/// What a rehearsal button plays, on the server, through the path of real events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Rehearsal {
    /// One comment.
    Comment,
    /// One gift.
    Gift,
    /// One gift twelve times in three seconds.
    Combo,
    /// 1,000 likes.
    Likes,
    /// 500 comments a second for 5 seconds.
    Flood,
    /// The gift with the biggest effect.
    Effect,
    /// One paid comment of each tier.
    Paid,
    /// Somebody follows.
    Follow,
    /// A voucher that is claimed until none is left.
    Voucher,
    /// A product.
    Product,
    /// A question.
    Question,
    /// A poll, with votes.
    Poll,
    /// A goal, and likes that fill it.
    Goal,
    /// Announcements.
    Ticker,
    /// A rank, and gifts that move it.
    Rank,
}

/// A command of the host or a helper. Each sets a state; none toggles one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "do", rename_all = "snake_case")]
#[non_exhaustive]
pub enum HostCommand {
    /// Speak in the room as host.
    Say {
        /// The text.
        text: String,
    },
    /// Keep an item on the picture.
    Pin {
        /// Which.
        id: EventId,
    },
    /// Nothing pinned.
    Unpin,
    /// Take one item off everywhere.
    Remove {
        /// Which.
        id: EventId,
    },
    /// Mute somebody; their lines go too. `seconds` 0 lifts it, at most 31,536,000.
    Mute {
        /// Whom.
        user: UserId,
        /// How long.
        seconds: u32,
    },
    /// Take everything off the picture.
    Clear,
    /// Show or hide one overlay. Host only.
    Visible {
        /// Overlay name.
        overlay: String,
        /// Whether it is drawn.
        on: bool,
    },
    /// New look of one overlay. Host only.
    Look {
        /// Overlay name.
        overlay: String,
        /// All settings.
        look: Box<Look>,
    },
    /// The picture behind one overlay, so that text on it stays readable. Host only.
    Backdrop {
        /// Overlay name.
        overlay: String,
        /// `None` when it is not known any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        grid: Option<Backdrop>,
    },
    /// Play something. Host only.
    Rehearse {
        /// What.
        what: Rehearsal,
    },
    /// Let the page that shows this code be the overlay it asked to be. Host only.
    ConfirmPair {
        /// Six digits.
        code: String,
    },
    /// Withdraw every pairing of an overlay. Host only.
    Unpair {
        /// Overlay name.
        overlay: String,
    },
    /// Show a remote Surtitle's room instead of the embedded one. Host only.
    JoinRemote {
        /// `ws://HOST/ROOM` or `wss://HOST/ROOM`.
        address: String,
        /// A viewer or host token of that server; without it, as a guest.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        token: Option<String>,
    },
    /// Back to the embedded room. Host only.
    LeaveRemote,
    /// Put up a placard, or bring the one with this id up to date. What the
    /// show counts (votes, value of a goal, rows of a rank) goes on from where
    /// it is. A question and the ticker by helpers too, the rest host only.
    Place {
        /// Its state.
        placard: Box<Placard>,
    },
    /// Take a placard off. As [`HostCommand::Place`].
    Take {
        /// Which.
        id: String,
    },
    /// The stream that viewer pages play from now on. Host only.
    Stream {
        /// Which; an empty address for none.
        stream: StreamInfo,
    },
    /// Orders something of the board this connection reads, or of the embedded
    /// room's.
    Board {
        /// What.
        #[serde(flatten)]
        order: BoardOrder,
    },
    /// Order something of the sale. Host only, except to show a product.
    Sale {
        /// What.
        order: SaleOrder,
    },
    /// The order in the room and on air. Trust by the host, the rest by helpers too.
    Order {
        /// What.
        order: RoomOrder,
    },
    /// Something about an inquiry.
    Inquiry {
        /// What.
        order: InquiryOrder,
    },
}
