//! The books of a show: every event is in exactly one of the sums.

use serde::{Deserialize, Serialize};

/// The books: `received = shown + merged + aged_out + removed + blocked + refused + waiting`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[allow(missing_docs)]
pub struct Accounts {
    pub received: u64,
    pub shown: u64,
    pub merged: u64,
    pub aged_out: u64,
    pub removed: u64,
    pub blocked: u64,
    pub refused: u64,
    /// Accepted, no fate yet.
    pub waiting: u64,
}

impl Accounts {
    /// Received without a fate and not waiting. Anything but 0 is a bug of ours.
    pub fn unaccounted(&self) -> i64 {
        let known = self.shown
            + self.merged
            + self.aged_out
            + self.removed
            + self.blocked
            + self.refused
            + self.waiting;
        i64::try_from(self.received).unwrap_or(i64::MAX) - i64::try_from(known).unwrap_or(i64::MAX)
    }
}
