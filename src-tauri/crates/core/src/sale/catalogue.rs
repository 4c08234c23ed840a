//! What the host prepares for a sale.

use super::{Codes, Price, STOCK, TITLE, Voucher, bad, words};
use crate::Reject;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most products.
pub const PRODUCTS: usize = 200;
/// Most vouchers.
pub const VOUCHERS: usize = 100;

/// A product of the sale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// 1–9,999; what viewers write to claim it.
    pub number: u32,
    /// Its name, 1–80 characters.
    pub title: String,
    /// What it costs.
    pub price: Price,
    /// Path or address of a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub picture: Option<String>,
    /// Where it is sold, an http(s) address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub link: Option<String>,
    /// How many there are, 0–1,000,000.
    pub stock: u32,
}

impl Product {
    /// The same with cleaned text.
    ///
    /// # Errors
    /// [`crate::Code::BadValue`] that names the field outside its bounds.
    pub fn checked(mut self) -> Result<Self, Reject> {
        if !(1..=9_999).contains(&self.number) {
            return Err(bad(format!("\"number\" is {}; write 1 to 9999", self.number)));
        }
        words("title", &mut self.title, 1, TITLE)?;
        self.price = self.price.checked("price")?;
        let empty = |text: &String| text.trim().is_empty();
        self.picture = self.picture.filter(|picture| !empty(picture));
        self.link = self.link.filter(|link| !empty(link));
        if self.picture.as_ref().is_some_and(|picture| !is_address(picture, true)) {
            return Err(bad("\"picture\" must be a path here or an http(s) address"));
        }
        if self.link.as_ref().is_some_and(|link| !is_address(link, false)) {
            return Err(bad("\"link\" must be an http(s) address"));
        }
        if self.stock > STOCK {
            return Err(bad(format!("\"stock\" is {}; write 0 to {STOCK}", self.stock)));
        }
        Ok(self)
    }
}

fn is_address(address: &str, own: bool) -> bool {
    let ours = own && address.starts_with('/') && !address.starts_with("//");
    let outside = address.starts_with("https://") || address.starts_with("http://");
    (ours || outside) && address.len() <= 500 && address.bytes().all(|b| b.is_ascii_graphic())
}

/// Everything prepared. Bounded: [`PRODUCTS`], [`VOUCHERS`], [`PACKETS`](super::PACKETS); one more is refused.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// By number.
    pub products: BTreeMap<u32, Product>,
    /// By id, with their codes.
    pub vouchers: BTreeMap<String, (Voucher, Codes)>,
    /// Secret seeds of lotteries, by id.
    pub seeds: BTreeMap<String, String>,
    /// What the shares of each red packet are worth, in the order they are
    /// opened, by id; in the smallest unit. Secret until then.
    pub packets: BTreeMap<String, Vec<u64>>,
    /// Number of the product on show.
    pub on_show: Option<u32>,
}
