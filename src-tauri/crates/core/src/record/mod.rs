//! The record of a show: what came in each second, and what it added up to.
//!
//! A [`Recorder`] is told what happens as it happens, which costs a few
//! additions, and once a second that the second is over. It keeps the last ten
//! minutes by the second, whether a show runs or not, and of the show under
//! way samples of 10 s for four hours and of 60 s for 24.
//!
//! **When a show begins and ends.** The host begins it and ends it. If nobody
//! does, the first comment or gift after 30 quiet minutes begins one, which
//! ends where 30 quiet minutes follow. One the host began ends by itself only
//! where three quiet hours follow. Quiet is what has no message, like, question
//! or claim. Rehearsals are not counted.
//!
//! The sums of a show are the sums of its samples: neither can be right without
//! the other.

mod counts;
mod csv;
mod recorder;
mod ring;
mod running;
mod sample;
mod series;
mod show;
#[cfg(test)]
mod tests;

pub use counts::{CountColumns, Counts};
pub use csv::csv;
pub use recorder::{Recorder, clean_name};
pub use ring::Ring;
pub use running::{Kept, Unkept};
pub use sample::{RUNNING, Sample};
pub use series::{RecordSeries, StockLine};
pub use show::{Giver, NAME_LIMIT, OfferLine, PaidSum, ProductLine, ShowRecord, ShowReport};

use crate::sale::OfferId;

/// A show nobody began ends where so long a quiet follows, and the next begins
/// after one, in ms.
pub const QUIET_MS: u64 = 30 * 60_000;
/// The same for the end of a show that the host began.
pub const LONG_QUIET_MS: u64 = 3 * 3_600_000;
/// Seconds kept one by one.
pub const LIVE_S: u64 = 600;
/// Samples are written down in blocks of so many ms.
pub const BLOCK_MS: u64 = 600_000;
/// Blocks of one show that are kept: 24 hours and the one under way.
pub const BLOCKS: u64 = 145;

/// How the sale stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SaleLook {
    /// Offers that run or were claimed since the last look, those that opened last first.
    pub offers: Vec<OfferLook>,
    /// Number and title of products the shop has sold, and how many in all.
    pub sold: Vec<(u32, String, u64)>,
}

/// How one offer stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferLook {
    /// Which.
    pub offer: OfferId,
    /// What it is for.
    pub title: String,
    /// What it is worth, as people write it.
    pub value: String,
    /// How many there were.
    pub stock: u32,
    /// How many are left.
    pub left: u32,
    /// Claims since the last look.
    pub claimed: u64,
    /// Whether it can be claimed now.
    pub is_running: bool,
}
