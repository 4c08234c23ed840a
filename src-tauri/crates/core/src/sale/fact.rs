//! What a ledger holds.

use super::{OfferId, Terms};
use crate::{Millis, UserId};
use serde::{Deserialize, Serialize};

/// How somebody claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// By the button.
    Button,
    /// By a comment with the keyword.
    Keyword,
    /// By a comment with the product's number.
    Number,
}

impl How {
    /// Whether it was a comment: those are numbered apart from buttons.
    pub fn is_said(self) -> bool {
        self != Self::Button
    }
}

/// One thing that happened in a sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Fact {
    /// An offer was opened, or has other terms from now on.
    Opened {
        /// Which.
        offer: OfferId,
        /// All of its terms.
        terms: Box<Terms>,
    },
    /// The host ended an offer.
    Closed {
        /// Which.
        offer: OfferId,
    },
    /// Somebody claimed one.
    Claimed {
        /// Of which offer.
        offer: OfferId,
        /// The how-manieth of this offer, from 1.
        n: u32,
        /// Who.
        user: UserId,
        /// Their name then.
        nick: String,
        /// How.
        how: How,
        /// Their own number of it; the same again is the same claim.
        cid: u32,
    },
    /// A claim was used at the shop's checkout.
    Redeemed {
        /// Number of the claim's entry.
        claim: u64,
        /// The shop's order, 1–64 printable characters.
        order: String,
    },
    /// The shop sold something.
    Ordered {
        /// The shop's order, 1–64 printable characters.
        order: String,
        /// Number of the product, if it is one of the sale.
        product: Option<u32>,
        /// How many, 1–9,999.
        count: u32,
    },
    /// A lottery was drawn.
    Drawn {
        /// Which.
        offer: OfferId,
        /// The seed, whose SHA-256 was published when it was opened.
        seed: String,
        /// Numbers of the claims that won, in the order they were drawn.
        winners: Vec<u64>,
    },
}

/// One line of the ledger. Its JSON, as serde writes it, is what is hashed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// From 1, without a gap.
    pub seq: u64,
    /// When; never before the entry before it.
    pub at: Millis,
    /// What.
    pub fact: Fact,
}
