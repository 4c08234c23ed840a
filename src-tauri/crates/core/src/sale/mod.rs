//! The live sale: products, vouchers, lotteries, red packets, and who claimed what.
//!
//! What the host prepares (products, vouchers with their codes) is the
//! [`Catalogue`]. What happened is the **claims ledger**: an ordered list of
//! [`Fact`]s, each chained to the one before it by SHA-256, from which
//! [`Books`] follow and nothing else. The same [`Books::check`] decides a claim
//! when it is made, when the program starts again, and when somebody verifies
//! the ledger, so what a running sale accepts and what a ledger may hold cannot
//! drift apart.
//!
//! ```text
//! claim ─► Sale::claim ─► Books::check ─► Fact ─► chained Record ─► disk ─► answer
//! ```
//!
//! No clock and no randomness: times and seeds are arguments. The driver
//! writes [`Sale::take_records`] down before it answers anybody.

mod books;
mod catalogue;
mod chain;
mod csv;
mod draw;
mod fact;
mod hear;
mod host;
mod live;
mod offer;
mod order;
mod packet;
mod price;
mod voucher;

pub use books::{Books, Claim, Offer};
pub use catalogue::{Catalogue, PRODUCTS, Product, VOUCHERS};
pub use chain::{Fault, Hash, Record, verify};
pub use csv::cell;
pub use draw::{Draw, commitment, draw};
pub use fact::{Entry, Fact, How};
pub use live::{Answer, Change, Sale};
pub use offer::{OfferId, PER_PERSON, STOCK, Terms, Thing};
pub use order::SaleOrder;
pub use packet::{PACKETS, Packet, SHARES};
pub use price::Price;
pub use voucher::{CODES, Codes, Voucher, Worth};

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

use crate::text::clean;
use crate::{Code, Reject};

/// Most characters of a title.
pub const TITLE: usize = 80;
/// Most characters of a keyword.
pub const KEYWORD: usize = 24;

fn bad(message: impl Into<String>) -> Reject {
    Reject::new(Code::BadValue, message)
}

/// Cleans `text` and counts its characters.
fn words(field: &str, text: &mut String, least: usize, most: usize) -> Result<(), Reject> {
    *text = clean(text);
    let n = text.chars().count();
    if (least..=most).contains(&n) {
        return Ok(());
    }
    Err(bad(format!("\"{field}\" has {n} characters; write {least} to {most}")))
}

/// An id of something for sale: 1–20 of `a–z 0–9 -`.
fn named(id: &str) -> Result<(), Reject> {
    let named = (1..=20).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if named { Ok(()) } else { Err(bad("\"id\" must be 1 to 20 of a-z, 0-9 and hyphen")) }
}
