//! The order in a room and on air: what hosts and helpers set, and how it stands.

use crate::{EventId, Millis, UserId};
use serde::{Deserialize, Serialize};

/// Longest pause of slow mode, in seconds.
pub const SLOW_LIMIT_S: u32 = 3_600;
/// Longest air delay, in seconds.
pub const DELAY_LIMIT_S: u32 = 60;
/// Most people whose lines are never held.
pub const TRUSTED_LIMIT: usize = 500;
/// Most mutes, and most bans, in an [`OrderInfo`].
pub const PENALTIES: usize = 100;

/// Who may speak beside host, helpers and the group's own staff.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Speakers {
    /// Every member.
    #[default]
    Everybody,
    /// Members who took a name: an account that goes by its UserID may not.
    Named,
    /// Members who follow the host.
    Followers,
    /// Nobody else.
    Helpers,
}

/// The standing rules of a room.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct RoomRules {
    /// Seconds between two comments of one member, at most 3,600; 0 for none.
    pub slow_s: u32,
    /// Who may speak.
    pub speakers: Speakers,
}

/// What the rules mean for one member.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OwnRules {
    /// One of the staff: slow mode, who may speak and mute of all are not for them.
    pub exempt: bool,
    /// Known to follow the host.
    pub follows: bool,
    /// Seconds until they may speak again after a mute; 0 for not muted.
    pub muted_s: u32,
    /// Seconds until slow mode lets them speak again.
    pub wait_s: u32,
}

/// A command about the order. Each sets a state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "set", rename_all = "snake_case")]
#[non_exhaustive]
pub enum RoomOrder {
    /// Slow mode.
    Slow {
        /// Seconds between two comments of one member, 0 to 3,600.
        seconds: u32,
    },
    /// Who may speak.
    Speakers {
        /// Who.
        who: Speakers,
    },
    /// Whether only host, helpers and staff may speak.
    MuteAll {
        /// So or not.
        on: bool,
    },
    /// Keep somebody out of the room; their lines go too.
    Ban {
        /// Whom.
        user: UserId,
        /// For how long, at most 31,536,000; 0 lifts it.
        seconds: u32,
    },
    /// Air delay: how long comments are held before they reach a surface.
    Delay {
        /// 0 to 60.
        seconds: u32,
    },
    /// Whose comments are never held. Host only.
    Trust {
        /// Who.
        user: UserId,
        /// So or not.
        on: bool,
        /// The name they go by, for the list.
        #[serde(default)]
        nick: String,
    },
    /// A held comment goes on air now.
    Air {
        /// Which.
        id: EventId,
    },
    /// Everything held or queued is removed, and everything on the picture goes.
    Dump,
    /// Who is an admin of the group: they speak whatever the rules are and mute
    /// by their SDK. Accounts of the app alone, at most 5. Host only.
    Admin {
        /// Who.
        user: UserId,
        /// So or not.
        on: bool,
    },
}

/// Somebody in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Named {
    /// Who.
    pub user: UserId,
    /// The name they go by, else their id.
    pub nick: String,
}

/// Somebody who may not speak or not be here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Penalty {
    /// Who.
    pub user: UserId,
    /// Their name if they are here, else their id.
    pub nick: String,
    /// Until when.
    pub until: Millis,
}

/// How the order of the room stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OrderInfo {
    /// The standing rules.
    pub rules: RoomRules,
    /// Whether only host, helpers and staff may speak.
    pub mute_all: bool,
    /// Who is muted, at most 100.
    pub mutes: Vec<Penalty>,
    /// Who is banned, at most 100.
    pub bans: Vec<Penalty>,
    /// The group's admins, at most 5.
    #[serde(default)]
    pub admins: Vec<Named>,
}

/// How the air delay stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct AirInfo {
    /// Seconds comments are held, 0 for not at all.
    pub delay_s: u32,
    /// Comments held now.
    pub held: u32,
    /// Whose comments are never held, at most 500.
    pub trusted: Vec<Named>,
}
