//! The sale on the wire: what members ask, and what they and consoles are told.

use crate::Millis;
use crate::sale::{How, OfferId, Product, Thing, Voucher};
use serde::{Deserialize, Serialize};

/// What a member asks of the sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "ask", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SaleAsk {
    /// One of an offer, please; answered by `claimed` once it is on disk, or
    /// by `refused`.
    Claim {
        /// Of which.
        offer: OfferId,
    },
    /// Everything I have claimed; answered by `wallet`.
    Wallet,
}

/// An offer as everybody sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct OfferInfo {
    /// Its id.
    pub id: OfferId,
    /// What it is for.
    pub title: String,
    /// What it is worth, as people write it.
    pub value: String,
    /// What it is of.
    pub thing: Thing,
    /// How many there were.
    pub stock: u32,
    /// How many are left.
    pub left: u32,
    /// How many one person may have.
    pub per_person: u32,
    /// When it opens.
    pub opens_at: Millis,
    /// When it ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub ends_at: Option<Millis>,
    /// A comment with this word is a claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub keyword: Option<String>,
    /// Whether the host has not ended it.
    pub open: bool,
    /// Names of those a lottery drew, in order; absent before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub drawn: Option<Vec<String>>,
}

/// A claim as the one who made it sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ClaimInfo {
    /// Of which offer.
    pub offer: OfferId,
    /// What it is for.
    pub title: String,
    /// What it is worth, as people write it.
    pub value: String,
    /// Number of its entry in the ledger.
    pub seq: u64,
    /// The hash after its entry, in hex: the receipt.
    pub hash: String,
    /// The how-manieth of its offer, from 1.
    pub n: u32,
    /// When.
    pub at: Millis,
    /// Who; told to consoles only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub nick: Option<String>,
    /// How.
    pub how: How,
    /// What to give at the checkout, if it is of a voucher.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub code: Option<String>,
    /// Whether it was used.
    pub redeemed: bool,
    /// Whether a lottery drew it.
    pub won: bool,
    /// What it is of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub thing: Option<Thing>,
}

/// What is new in the sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "news", rename_all = "snake_case")]
#[non_exhaustive]
pub enum SaleNews {
    /// To members: all that is for sale now, whenever it changes and when they
    /// come in, at most every 250 ms.
    Shelf {
        /// The server's clock.
        now: Millis,
        /// By number; their stock is what is left.
        products: Vec<Product>,
        /// Number of the product on show.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        on_show: Option<u32>,
        /// Open ones, those to come, and lotteries drawn last.
        offers: Vec<OfferInfo>,
    },
    /// To members: how many are left of offers on the shelf, at most every 250 ms.
    Left {
        /// Those that moved.
        left: Vec<(OfferId, u32)>,
    },
    /// A claim was made, or had been made by the same `cid`; it is on disk by now.
    Claimed {
        /// Its number; for a claim in a comment, the comment's.
        cid: u32,
        /// The claim.
        claim: ClaimInfo,
    },
    /// A claim was refused.
    Refused {
        /// Its number; for a claim in a comment, the comment's.
        cid: u32,
        /// Of which offer.
        offer: OfferId,
        /// Stable code, docs/protocol.md.
        code: u16,
        /// For people.
        message: String,
        /// Whether trying again later may help.
        retry: bool,
    },
    /// Answer to `wallet`.
    Wallet {
        /// Its number.
        cid: u32,
        /// In the order they were made; at most the last 500.
        claims: Vec<ClaimInfo>,
    },
    /// To consoles: everything, at most every 250 ms.
    Desk {
        /// All of it.
        desk: Box<SaleDesk>,
    },
}

/// The sale as hosts and helpers see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct SaleDesk {
    /// The server's clock.
    pub now: Millis,
    /// By number.
    pub products: Vec<Product>,
    /// Number of the product on show.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub on_show: Option<u32>,
    /// How many of each product the shop sold.
    pub sold: Vec<(u32, u64)>,
    /// By id.
    pub vouchers: Vec<Voucher>,
    /// Every offer there ever was, by id.
    pub offers: Vec<OfferInfo>,
    /// The last 100 claims, newest first.
    pub claims: Vec<ClaimInfo>,
    /// Entries in the ledger.
    pub entries: u64,
    /// The hash after the last, in hex.
    pub hash: String,
    /// Why the sale stands still, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub fault: Option<String>,
}
