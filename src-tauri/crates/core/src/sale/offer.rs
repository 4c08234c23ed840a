//! An offer: what people may claim, on which terms.

use super::{KEYWORD, Price, TITLE, Worth, bad, named, words};
use crate::{Millis, Reject};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Most of one offer.
pub const STOCK: u32 = 1_000_000;
/// Most of one offer that one person may have.
pub const PER_PERSON: u32 = 99;

/// Names an offer: `voucher:ID`, `product:NUMBER`, `lottery:ID` or `packet:ID`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct OfferId(pub String);

impl OfferId {
    /// The offer of a voucher.
    pub fn voucher(id: &str) -> Self {
        Self(format!("voucher:{id}"))
    }

    /// The offer of a product.
    pub fn product(number: u32) -> Self {
        Self(format!("product:{number}"))
    }

    /// The offer of a lottery: a claim is a place in its list.
    pub fn lottery(id: &str) -> Self {
        Self(format!("lottery:{id}"))
    }

    /// The offer of a red packet: a claim is one share of it.
    pub fn packet(id: &str) -> Self {
        Self(format!("packet:{id}"))
    }

    /// The text of the id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of the voucher it is of, if it is of one.
    pub fn as_voucher(&self) -> Option<&str> {
        self.0.strip_prefix("voucher:")
    }

    /// The id of the lottery it is of, if it is of one.
    pub fn as_lottery(&self) -> Option<&str> {
        self.0.strip_prefix("lottery:")
    }

    /// The id of the red packet it is of, if it is of one.
    pub fn as_packet(&self) -> Option<&str> {
        self.0.strip_prefix("packet:")
    }
}

impl fmt::Display for OfferId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an offer is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Thing {
    /// A voucher.
    Voucher {
        /// What it is worth.
        worth: Worth,
        /// What must be spent to use it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        min_spend: Option<Price>,
    },
    /// A product set aside for whoever claims it.
    Product {
        /// Its number.
        number: u32,
        /// What it costs in this offer.
        price: Price,
    },
    /// A place in a lottery.
    Lottery {
        /// How many are drawn.
        winners: u32,
        /// SHA-256 of the seed, in hex; published before anybody enters.
        commitment: String,
    },
    /// A share of a red packet, whose amount the shop drew.
    Packet {
        /// Who gives it, 1–24 characters.
        by: String,
        /// What all shares come to.
        total: Price,
    },
}

/// The terms of an offer. They stand in the ledger, so that it can be verified alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// What it is for, 1–80 characters.
    pub title: String,
    /// What is offered.
    pub thing: Thing,
    /// How many there are, 1–1,000,000.
    pub stock: u32,
    /// How many one person may have, 1–99.
    pub per_person: u32,
    /// Claims before this are refused.
    pub opens_at: Millis,
    /// Claims from then on are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub ends_at: Option<Millis>,
    /// A comment with this word is a claim, 1–24 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub keyword: Option<String>,
}

impl Terms {
    /// The same with cleaned text.
    ///
    /// # Errors
    /// [`crate::Code::BadValue`] that names the field outside its bounds.
    pub fn checked(mut self) -> Result<Self, Reject> {
        words("title", &mut self.title, 1, TITLE)?;
        if !(1..=STOCK).contains(&self.stock) {
            return Err(bad(format!("\"stock\" is {}; write 1 to {STOCK}", self.stock)));
        }
        if !(1..=PER_PERSON).contains(&self.per_person) {
            let given = self.per_person;
            return Err(bad(format!("\"per_person\" is {given}; write 1 to {PER_PERSON}")));
        }
        if self.ends_at.is_some_and(|ends| ends <= self.opens_at) {
            return Err(bad("\"ends_at\" must be after \"opens_at\""));
        }
        self.keyword = keyword(self.keyword.take())?;
        Ok(self)
    }

    /// What it is worth, as people write it.
    pub fn value(&self) -> String {
        match &self.thing {
            Thing::Voucher { worth, .. } => worth.words(),
            Thing::Product { price, .. } => price.words(),
            Thing::Lottery { .. } => "Prize draw".to_owned(),
            Thing::Packet { total, .. } => total.words(),
        }
    }
}

/// A cleaned keyword; `None` for an empty one.
pub(super) fn keyword(keyword: Option<String>) -> Result<Option<String>, Reject> {
    let Some(mut word) = keyword else { return Ok(None) };
    words("keyword", &mut word, 0, KEYWORD)?;
    Ok(Some(word).filter(|word| !word.is_empty()))
}

/// Whether an offer's id says what its terms say.
pub(super) fn is_of(id: &OfferId, thing: &Thing) -> bool {
    match thing {
        Thing::Voucher { .. } => id.as_voucher().is_some_and(|id| named(id).is_ok()),
        Thing::Product { number, .. } => *id == OfferId::product(*number),
        Thing::Lottery { .. } => id.as_lottery().is_some_and(|id| named(id).is_ok()),
        Thing::Packet { .. } => id.as_packet().is_some_and(|id| named(id).is_ok()),
    }
}
