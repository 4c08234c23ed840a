//! Cues: what a surface is told to draw.
//!
//! A cue is a whole instruction; a surface needs no rules of its own. A
//! surface that missed some asks again by [`crate::Position`] or takes the
//! [`Stage`], which is everything that should be visible now.

use crate::{
    Backdrop, Emote, Event, EventId, Gift, Look, Millis, PaidCard, Placard, Position, Sender,
    Theme, UserId,
};
use serde::{Deserialize, Serialize};

/// A gift card: every repeat of one gift by one sender while it is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Card {
    /// Id of the gift event that opened it; stays while the count grows.
    pub id: EventId,
    /// Who gives.
    pub from: Sender,
    /// What.
    pub gift: Gift,
    /// How many so far.
    pub count: u32,
    /// 1–5, see [`Gift::tier`].
    pub tier: u8,
    /// When it leaves unless it grows before.
    pub until: Millis,
}

/// One instruction to a surface. On the wire: `{"cue":"likes","total":9,"add":2}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "cue", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cue {
    /// Draw a comment (danmaku and feed) or a tip line (feed only).
    Comment {
        /// The comment or tip.
        event: Event,
    },
    /// Open a gift card, or grow the open one with this id.
    Gift {
        /// Its new state.
        card: Card,
    },
    /// Take the card off.
    CardEnd {
        /// Which.
        id: EventId,
    },
    /// A paid comment stands on the picture until its time; `comment` came before.
    Paid {
        /// Which, and for how long.
        card: PaidCard,
    },
    /// Put up a placard, or bring the one with this id up to date.
    Placard {
        /// Its new state.
        placard: Placard,
    },
    /// Take a placard off.
    PlacardEnd {
        /// Which.
        id: String,
    },
    /// The like counter moved.
    Likes {
        /// New total.
        total: u64,
        /// Taps since the last such cue.
        add: u32,
    },
    /// The online count moved.
    Online {
        /// People in the room, guests included.
        count: u32,
    },
    /// Keep one item visible in the banner; replaces an earlier one.
    Pin {
        /// The item.
        event: Event,
    },
    /// Nothing is pinned any more.
    Unpin,
    /// Take these items off every layer at once.
    Remove {
        /// Which.
        ids: Vec<EventId>,
    },
    /// Take everything by this person off every layer at once.
    RemoveUser {
        /// Whose.
        user: UserId,
    },
    /// Take everything off, the pin too; counters and the host's own placards
    /// stay. Those with words or names of viewers end by `placard_end`.
    Clear,
    /// New settings, applied without a reload.
    Look {
        /// All of them.
        look: Look,
    },
    /// Another theme, or another edition of it; applied without a reload.
    Theme {
        /// The whole of it.
        theme: Theme,
    },
    /// The picture behind the overlay has become this; has no number.
    Backdrop {
        /// `None` when it is not known any more.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        grid: Option<Backdrop>,
    },
    /// Show or hide the whole overlay.
    Visible {
        /// Whether it is drawn.
        on: bool,
    },
    /// The emotes of now on, all of them; lines that are there keep theirs.
    Emotes {
        /// At most 500, by code.
        emotes: Vec<Emote>,
    },
}

/// Everything a surface should be showing now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Stage {
    /// Where the cues after this one go on.
    pub position: Position,
    /// The server's clock, to read [`Card::until`] by.
    pub now: Millis,
    /// Settings of this overlay.
    pub look: Look,
    /// The theme of this overlay.
    #[serde(default)]
    pub theme: Theme,
    /// Whether the overlay is drawn at all.
    pub visible: bool,
    /// The last comments still to be seen in the feed, oldest first, at most 30.
    pub feed: Vec<Event>,
    /// Open gift cards, oldest first.
    pub cards: Vec<Card>,
    /// Paid comments that stand there, oldest first.
    #[serde(default)]
    pub paid: Vec<PaidCard>,
    /// Placards, in the order they were placed.
    #[serde(default)]
    pub placards: Vec<Placard>,
    /// The pinned item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub pinned: Option<Event>,
    /// Like total.
    pub likes: u64,
    /// People in the room, guests included.
    pub online: u32,
    /// The picture behind the overlay, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub backdrop: Option<Backdrop>,
    /// Every emote, at most 500, by code.
    #[serde(default)]
    pub emotes: Vec<Emote>,
}
