//! What a show added up to.

use super::counts::Counts;
use crate::sale::OfferId;
use crate::{Millis, UserId};
use serde::{Deserialize, Serialize};

/// Longest name of a show, in characters.
pub const NAME_LIMIT: usize = 80;
/// Most offers listed of one show; later ones count in the sums only.
pub const OFFERS: usize = 64;
/// Most products listed of one show.
pub const PRODUCTS: usize = 200;
/// Givers listed of one show.
pub const TOP: usize = 20;
/// Most currencies summed up; comments paid in others are counted only.
pub const CURRENCIES: usize = 16;

/// What a show added up to, from its begin to its end or until now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct ShowRecord {
    /// Names it; the millisecond it began, or the next one that was free.
    pub id: u64,
    /// What the host calls it, at most 80 characters; may be empty.
    pub name: String,
    /// When it began.
    pub began: Millis,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub ended: Option<Millis>,
    /// Whether the host began it; otherwise the first message did.
    pub by_hand: bool,
    /// When the last message, like, question or claim came.
    pub last: Millis,
    /// Everything until then is on disk.
    pub kept: Millis,
    /// The sums.
    pub totals: Counts,
    /// Whether more people spoke than were told apart.
    pub crowded: bool,
    /// The most people who were here at once,
    pub most_online: u32,
    /// and when.
    pub most_online_at: Millis,
    /// Who gave most, at most 20.
    pub givers: Vec<Giver>,
    /// What was paid for comments, at most 16 currencies.
    pub paid: Vec<PaidSum>,
    /// What was on offer, at most 64.
    pub offers: Vec<OfferLine>,
    /// What the shop sold, at most 200.
    pub products: Vec<ProductLine>,
}

/// What one person gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Giver {
    /// Who.
    pub user: UserId,
    /// Their name at their last gift.
    pub nick: String,
    /// How many gifts.
    pub gifts: u64,
    /// What they are worth, in coins.
    pub coins: u64,
}

/// What was paid for comments in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PaidSum {
    /// ISO 4217.
    pub currency: String,
    /// In its smallest unit.
    pub amount: u64,
    /// How many comments.
    pub count: u64,
}

/// What became of one offer during the show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OfferLine {
    /// Which.
    pub offer: OfferId,
    /// What it is for.
    pub title: String,
    /// What it is worth, as people write it.
    pub value: String,
    /// How many there were.
    pub stock: u32,
    /// How many were left.
    pub left: u32,
    /// Claims during the show.
    pub claimed: u64,
}

/// What the shop sold of one product during the show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ProductLine {
    /// Its number in the sale.
    pub number: u32,
    /// What it is.
    pub title: String,
    /// How many had been sold before the show.
    pub before: u64,
    /// How many were sold during it.
    pub sold: u64,
}

/// A show with its series: what a report is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ShowReport {
    /// What it added up to.
    pub show: ShowRecord,
    /// Samples of 10 s, of 60 s if it was longer than four hours; at most the
    /// last 24 hours.
    pub series: super::RecordSeries,
}
