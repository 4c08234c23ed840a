//! Platform-neutral events: what a room or a connector reports.
//!
//! An event is data, already checked and cleaned ([`crate::text`]); nothing
//! in it is markup. It gets exactly one [`Fate`].

use crate::{EventId, Millis, Paid, Priority, UserId};
use serde::{Deserialize, Serialize};

/// What somebody is in a room, and so what they may do.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads only; has no name.
    #[default]
    Guest,
    /// An overlay page: receives cues, sends nothing.
    Display,
    /// A named member who may speak.
    Viewer,
    /// May pin, remove and mute.
    Helper,
    /// Owns the room; may do everything.
    Host,
}

/// Who an event is from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Sender {
    /// Stable id.
    pub id: UserId,
    /// Name to show, 1–24 characters, no control or bidi characters.
    pub nick: String,
    /// Path or address of a picture; `None` draws the first letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub avatar: Option<String>,
    /// What they are in the room.
    #[serde(default)]
    pub role: Role,
}

/// A gift of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Gift {
    /// Catalogue id, e.g. `rose`.
    pub id: String,
    /// Name to show.
    pub name: String,
    /// Path of its picture on this server, e.g. `/gifts/rose.webp`.
    pub icon: String,
    /// Worth of one, in coins; 0 for free ones. Sets the tier of the card.
    pub coins: u32,
    /// Path of its full-screen effect on this server, under `/effects/` or
    /// `/image/`: a Lottie file (`.json`), an animated WebP or an APNG.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub effect: Option<String>,
}

impl Gift {
    /// Tier 1–5 of `count` of this gift: under 10, 100, 1,000, 10,000 coins, and above.
    pub fn tier(&self, count: u32) -> u8 {
        match u64::from(self.coins) * u64::from(count) {
            0..10 => 1,
            10..100 => 2,
            100..1_000 => 3,
            1_000..10_000 => 4,
            _ => 5,
        }
    }
}

/// What a tip says (avchatroom.md: group tips).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Tip {
    /// Members came in.
    Join,
    /// Members left.
    Quit,
    /// A member changed name or picture.
    Profile,
    /// Members follow the host.
    Follow,
}

/// What happened. On the wire: `{"kind":"comment","text":"…"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "lowercase")]
#[non_exhaustive]
pub enum EventKind {
    /// A line of text, 1–300 characters; a paid one may have none.
    Comment {
        /// The text, cleaned.
        text: String,
        /// What was paid for it, if anything.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        paid: Option<Paid>,
    },
    /// A gift, `count` ≥ 1 of it.
    Gift {
        /// What was given.
        gift: Gift,
        /// How many.
        count: u32,
    },
    /// Members came, left or changed; folded over one delivery tick.
    Tip {
        /// What they did.
        tip: Tip,
        /// at most ten of them.
        users: Vec<Sender>,
        /// How many more there were.
        more: u32,
    },
    /// An app-defined payload, at most 4,000 bytes; surfaces ignore it.
    Custom {
        /// The payload, opaque.
        data: String,
    },
}

impl EventKind {
    /// A comment nobody paid for.
    pub fn comment(text: impl Into<String>) -> Self {
        Self::Comment { text: text.into(), paid: None }
    }

    /// A gift or a paid comment: on disk before it is acknowledged, always High.
    pub fn is_worth_money(&self) -> bool {
        matches!(self, Self::Gift { .. } | Self::Comment { paid: Some(_), .. })
    }

    /// What was paid for it.
    pub fn paid(&self) -> Option<&Paid> {
        match self {
            Self::Comment { paid, .. } => paid.as_ref(),
            _ => None,
        }
    }
}

/// One thing that happened, in one vocabulary for every platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Event {
    /// Unique for ever.
    pub id: EventId,
    /// When it was accepted.
    pub at: Millis,
    /// `room`, `rehearsal`, or a platform's lower-case id.
    pub source: String,
    /// `None` for tips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub from: Option<Sender>,
    /// The sender's own number for it (`cid` of its `send`), so that it can
    /// recognise its echo; `None` for tips.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub cid: Option<u32>,
    /// Decides who waits when not everything fits.
    pub priority: Priority,
    /// What happened.
    #[serde(flatten)]
    pub kind: EventKind,
}

impl Event {
    /// Takes its words away: it was removed. Who, when and what kind it was of stay.
    pub fn redact(&mut self) {
        match &mut self.kind {
            EventKind::Comment { text, .. } => text.clear(),
            EventKind::Custom { data } => data.clear(),
            EventKind::Gift { .. } | EventKind::Tip { .. } => {}
        }
    }
}

/// What became of an event. Every event ends with exactly one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "fate", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fate {
    /// A cue for it went out.
    Shown,
    /// Counted into another item (a gift card, an equal line).
    Merged {
        /// The item it went into.
        into: EventId,
    },
    /// Its turn did not come in time.
    AgedOut {
        /// Where it waited: `budget` (room), `queue` (show) or `restart`.
        stage: String,
    },
    /// Taken off by somebody.
    Removed {
        /// Who did it.
        by: String,
    },
    /// A rule kept it off the picture.
    Blocked {
        /// Which rule, e.g. `duplicate`, `layer-off`.
        rule: String,
    },
    /// The room did not accept it.
    Refused {
        /// The [`crate::Reject`] code.
        code: u16,
    },
}

impl Fate {
    /// The word used in stores, metrics and the console.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Merged { .. } => "merged",
            Self::AgedOut { .. } => "aged_out",
            Self::Removed { .. } => "removed",
            Self::Blocked { .. } => "blocked",
            Self::Refused { .. } => "refused",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn event_reads_back_from_its_own_json() {
        let event = Event {
            id: "1f-2".into(),
            at: Millis(7),
            source: "room".into(),
            from: None,
            cid: Some(3),
            priority: Priority::High,
            kind: EventKind::comment("a\"<b>"),
        };
        let json = serde_json::to_string(&event).expect("serialises");
        assert!(json.contains(r#""kind":"comment""#), "{json}");
        assert_eq!(serde_json::from_str::<Event>(&json).expect("parses"), event);
    }

    #[test]
    fn tier_does_not_overflow() {
        let gift = Gift {
            id: "x".into(),
            name: "x".into(),
            icon: String::new(),
            coins: u32::MAX,
            effect: None,
        };
        assert_eq!(gift.tier(u32::MAX), 5);
        assert_eq!(gift.tier(0), 1);
    }
}
