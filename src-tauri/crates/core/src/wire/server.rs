//! What this server sends.

use super::{
    AirInfo, BoardWord, Inquiry, ObsInfo, OrderInfo, OwnRules, RoomRules, SaleNews, StreamInfo,
    Voice,
};
use crate::{
    Accounts, Cue, Emote, Event, EventId, Fate, Gift, Look, Millis, Placard, Position, Role,
    RoomId, Sender, Seq, Stage,
};
use serde::{Deserialize, Serialize};

/// Bounds a client should know before it sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Limits {
    /// Characters in a comment.
    pub text: u32,
    /// Characters in a nickname.
    pub nick: u32,
    /// Bytes in a client frame.
    pub frame: u32,
}

/// A room as a member sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RoomInfo {
    /// Its id.
    pub id: RoomId,
    /// Its name.
    pub name: String,
}

/// A frame from the server. On the wire: `{"t":"pong","n":1}`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "t", rename_all = "lowercase")]
#[non_exhaustive]
pub enum ServerFrame {
    /// Answer to `hello`.
    Welcome {
        /// [`super::VERSION`].
        v: u32,
        /// What the token makes of this connection.
        role: Role,
        /// Who, if the token names somebody.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        user: Option<Sender>,
        /// The room a page joins when none is named.
        room: RoomId,
        /// Send something at least this often, in ms.
        beat_ms: u32,
        /// Bounds.
        limits: Limits,
        /// The gift catalogue, cheapest first.
        gifts: Vec<Gift>,
    },
    /// Every emote of now on, for pages that write or read text: after
    /// `welcome` if there are any, and whenever they change. Overlays get
    /// theirs with the stage.
    Emotes {
        /// At most 500, by code.
        emotes: Vec<Emote>,
    },
    /// Answer to `join`.
    Joined {
        /// The room.
        room: RoomInfo,
        /// Where the batches after this one go on.
        position: Position,
        /// `history` is everything after the `resume` asked for, without a gap.
        resumed: bool,
        /// Oldest first: the missed ones if `resumed`, else the last 20 of 24 h.
        history: Vec<Event>,
        /// People in the room, guests included.
        online: u32,
        /// Like total.
        likes: u64,
    },
    /// Answer to `name`: keep the token for the next `hello`.
    Named {
        /// The new identity.
        user: Sender,
        /// Signed by this server, valid 30 days.
        token: String,
    },
    /// A `send` was accepted; a gift is on disk by now.
    Ack {
        /// Its number.
        cid: u32,
        /// The event it became.
        id: EventId,
    },
    /// Messages, in order, without a gap inside one epoch.
    Batch {
        /// Number of the last of them; the first is `seq − events.length + 1`.
        position: Position,
        /// At least one.
        events: Vec<Event>,
    },
    /// Coalesced counts; only what changed is there.
    State {
        /// Like total.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        likes: Option<u64>,
        /// People in the room, guests included.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        online: Option<u32>,
    },
    /// Take these messages off the screen; their text is gone from history.
    Remove {
        /// Which.
        ids: Vec<EventId>,
    },
    /// Something was refused; the connection goes on unless a close follows.
    Error {
        /// Stable code, docs/protocol.md.
        code: u16,
        /// For people.
        message: String,
        /// Whether trying again later may help.
        retry: bool,
        /// The `cid` or `id` it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        re: Option<u32>,
    },
    /// Answer to `ping`.
    Pong {
        /// Its number.
        n: u32,
    },
    /// Show this code until the host has confirmed it.
    Pairing {
        /// Six digits.
        code: String,
        /// When it runs out.
        until: Millis,
    },
    /// The host confirmed: keep the token, say `hello` with it.
    Paired {
        /// A display token, valid until withdrawn.
        token: String,
    },
    /// Answer to `watch`: draw exactly this.
    Stage {
        /// All of it.
        stage: Box<Stage>,
    },
    /// Answer to `voice`, and whenever that changes: sound or be silent.
    Voice {
        /// Whether this page is the one of its overlay that sounds.
        on: bool,
    },
    /// What changed on the stage, in order.
    Cues {
        /// Number of the last of them.
        position: Position,
        /// At least one, or none when it only answers a `resume`.
        cues: Vec<Cue>,
    },
    /// Answer to `monitor`.
    Desk {
        /// The last entries, oldest first, at most 200.
        entries: Vec<Entry>,
        /// All figures.
        stats: Box<Stats>,
        /// The pinned item.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        pinned: Option<Event>,
        /// Placards on the picture, in the order they were placed.
        #[serde(default)]
        placards: Vec<Placard>,
    },
    /// New entries and new fates of known ones, at most every 100 ms.
    Log {
        /// New, oldest first. In a flood the oldest may be left out: `skipped`.
        entries: Vec<Entry>,
        /// Entries left out of this frame (they are counted and stored).
        skipped: u32,
        /// Fates of entries sent before.
        fates: Vec<(EventId, Fate)>,
    },
    /// All figures, at most every 250 ms.
    Stats {
        /// All of them.
        stats: Box<Stats>,
    },
    /// What is pinned now.
    Pinned {
        /// `None` for nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        event: Option<Event>,
    },
    /// Draw the proof mark and send `beat`s, one every so often; 0 for no more.
    Prove {
        /// Time between two marks, ms.
        every_ms: u32,
    },
    /// Placards on the picture, to consoles and to members of the room on
    /// show, at most every 250 ms.
    Placards {
        /// All of them, in the order they were placed.
        placards: Vec<Placard>,
    },
    /// A command was carried out.
    Done {
        /// Its number.
        id: u32,
    },
    /// The stream of the room, to its members and to consoles: after `joined`
    /// or `desk` if there is one, and whenever it changes.
    Stream {
        /// Which; an empty address for none any more.
        stream: StreamInfo,
    },
    /// A board says something to who reads it.
    Board {
        /// What.
        #[serde(flatten)]
        word: BoardWord,
    },
    /// What is new in the sale.
    Sale {
        /// What.
        news: SaleNews,
    },
    /// How order and air delay stand, to consoles: after `desk`, and when it changes.
    Order {
        /// In the room on show; nothing of a remote one.
        order: Box<OrderInfo>,
        /// On air.
        air: AirInfo,
    },
    /// Inquiries that are new or changed: to consoles all of the room, to a
    /// viewer their own.
    Inquiry {
        /// Oldest first.
        list: Vec<Inquiry>,
        /// These are gone.
        gone: Vec<u32>,
        /// `list` is all there are.
        whole: bool,
        /// The `cid` it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        re: Option<u32>,
    },
    /// The rules for who speaks, to the room's members: after `joined` and a
    /// new name if there are any, and whenever they change.
    Rules {
        /// Slow mode, and who may speak.
        rules: RoomRules,
        /// Whether only host, helpers and staff may speak.
        mute_all: bool,
        /// For this member; absent where nothing of theirs has changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        own: Option<OwnRules>,
    },
}

/// One line of the console's feed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Entry {
    /// The event.
    pub event: Event,
    /// What became of it; `None` while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub fate: Option<Fate>,
    /// Until when the air delay holds it, as it stood when it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub held_until: Option<Millis>,
}

/// State of the link to the room on show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum LinkState {
    /// Trying for the first time.
    Connecting,
    /// Messages flow.
    Live,
    /// Lost; trying again.
    Retrying,
    /// Given up: the other side said so.
    Refused,
}

/// The room on show and the link to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SessionInfo {
    /// `None` for the embedded room, else the remote address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub remote: Option<String>,
    /// The room's id.
    pub room: RoomId,
    /// State of the link.
    pub state: LinkState,
    /// Why, when it is not `live`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub detail: Option<String>,
    /// Messages the link could not get back after a cut.
    pub lost: u64,
}

/// An overlay as the console lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DisplayInfo {
    /// Overlay name, the last part of its link.
    pub name: String,
    /// Pages that show it now, miniatures in consoles left out.
    pub pages: u32,
    /// Pages that may show it.
    pub paired: u32,
    /// Whether it is drawn.
    pub visible: bool,
    /// Whether it is heard: by one of its pages at a time.
    pub voice: Voice,
    /// Its settings.
    pub look: Look,
}

/// A page that waits for the host to confirm its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PairingInfo {
    /// Six digits, shown on the page.
    pub code: String,
    /// Overlay name asked for.
    pub overlay: String,
    /// When it runs out.
    pub until: Millis,
}

/// Every figure the console shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Stats {
    /// The server's clock.
    pub now: Millis,
    /// The books.
    pub accounts: Accounts,
    /// Must be 0.
    pub unaccounted: i64,
    /// Waiting in the show's queue: high, normal, low, lowest.
    pub queue: [u32; 4],
    /// Events received in the last second.
    pub rate: u32,
    /// People in the room, guests included.
    pub online: u32,
    /// Like total.
    pub likes: u64,
    /// The link to the room.
    pub session: SessionInfo,
    /// Overlays.
    pub displays: Vec<DisplayInfo>,
    /// Pages that wait to be paired.
    pub pairings: Vec<PairingInfo>,
    /// Path of the viewer page of the room on show; its address if the room is remote.
    pub viewer_path: String,
    /// Number of the room's last message.
    pub seq: Seq,
    /// OBS and the overlay in it.
    pub obs: ObsInfo,
}
