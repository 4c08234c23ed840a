//! The sale, which the vendor has none of: named in its way.

use super::write;
use crate::hook::Command;
use serde::Serialize;
use serde_json::value::RawValue;

/// A claim that was made.
#[derive(Debug, Serialize)]
pub struct Claimed<'a> {
    /// The group it was made in.
    #[serde(rename = "GroupId")]
    pub group: &'a str,
    /// Number of its entry in the ledger.
    #[serde(rename = "Entry")]
    pub entry: u64,
    /// The offer: `voucher:ID`, `product:NUMBER`, `lottery:ID` or `packet:ID`.
    #[serde(rename = "Offer")]
    pub offer: &'a str,
    /// The how-manieth of its offer, from 1.
    #[serde(rename = "Number")]
    pub number: u32,
    /// Who.
    #[serde(rename = "From_Account")]
    pub from: &'a str,
    /// Their name then.
    #[serde(rename = "Nick")]
    pub nick: &'a str,
    /// The code, of a voucher.
    #[serde(rename = "Code", skip_serializing_if = "Option::is_none")]
    pub code: Option<&'a str>,
    /// What the share of a red packet is worth, in the smallest unit.
    #[serde(rename = "Amount", skip_serializing_if = "Option::is_none")]
    pub amount: Option<u64>,
    /// Its currency.
    #[serde(rename = "Currency", skip_serializing_if = "Option::is_none")]
    pub currency: Option<&'a str>,
    /// When, Unix ms.
    #[serde(rename = "EventTime")]
    pub at_ms: u64,
}

/// [`Command::SaleClaimMade`].
pub fn claim_made(claimed: &Claimed<'_>) -> Box<RawValue> {
    write(Command::SaleClaimMade, claimed)
}
