//! The four message priorities (seed FAQ 7, avchatroom.md §2).

use serde::{Deserialize, Serialize};

/// How much a message matters when not everything fits. Declared, and so
/// ordered, from most to least: `High < Normal` means "High goes first".
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Priority {
    /// Gifts, red packets, the host.
    High,
    /// Ordinary comments.
    #[default]
    Normal,
    /// Likes and follows.
    Low,
    /// Joins and quits.
    Lowest,
}

impl Priority {
    /// All four, most important first.
    pub const ALL: [Self; 4] = [Self::High, Self::Normal, Self::Low, Self::Lowest];

    /// 0 for High to 3 for Lowest: the index into per-level arrays.
    pub fn level(self) -> usize {
        self as usize
    }
}
