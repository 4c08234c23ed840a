//! Newtypes for identities, numbers and time.
//!
//! All of them are plain data: equality is byte equality and ordering is the
//! ordering of the inner value.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The text of the id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

text_id!(
    /// Names a room. 1–48 printable ASCII bytes (avchatroom.md §1.2), see [`RoomId::parse`].
    RoomId
);
text_id!(
    /// Names a person across connections. 1–32 printable ASCII bytes (avchatroom.md §1.2).
    UserId
);
text_id!(
    /// Names one event for ever; the key of duplicate removal and of fates.
    /// A room makes it of its epoch and a counter, a connector of its
    /// platform's id. At most 96 bytes.
    EventId
);

impl RoomId {
    /// Checks a room id that came from outside: 1–48 bytes, each `A–Z a–z 0–9 _ . - @ #`.
    pub fn parse(text: &str) -> Option<Self> {
        let ok = (1..=48).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-@#".contains(&b));
        ok.then(|| Self(text.to_owned()))
    }
}

/// Milliseconds since 1970-01-01 UTC. The only clock reading `core` knows;
/// callers promise that it never runs backwards.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Millis(pub u64);

impl Millis {
    /// This moment plus `ms` milliseconds.
    pub fn plus(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment, 0 if `earlier` is later.
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// Place of a message in a room's or a stage's order. Starts at 1, rises by 1.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Seq(pub u64);

impl Seq {
    /// The number after this one.
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Identity of a numbering. Two [`Seq`] compare only under the same epoch; a
/// restarted room has a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct Epoch(pub u32);

/// A place in one numbering: what a reader has seen last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Position {
    /// Which numbering.
    pub epoch: Epoch,
    /// The last number seen; 0 for none.
    pub seq: Seq,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_id_refuses_what_a_path_or_markup_could_carry() {
        for bad in ["", "a b", "a/b", "<x>", "é", &"x".repeat(49)] {
            assert_eq!(RoomId::parse(bad), None, "{bad:?}");
        }
        assert!(RoomId::parse("@TGS#aC72FIKG3").is_some());
    }

    #[test]
    fn time_saturates() {
        assert_eq!(Millis(5).since(Millis(9)), 0);
        assert_eq!(Millis(u64::MAX).plus(1), Millis(u64::MAX));
    }
}
