//! Vouchers, and the codes their claims are redeemed with.

use super::offer::keyword;
use super::{PER_PERSON, Price, STOCK, TITLE, bad, named, words};
use crate::{Millis, Reject};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::HashSet;

/// Most imported codes of one voucher.
pub const CODES: usize = 100_000;
/// Characters of a generated code: without I, L, O, U, 0 and 1, which people confuse.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Characters of a generated code: 30^12 are more than 2^58.
const LENGTH: usize = 12;

/// What a voucher is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Worth {
    /// So much off.
    Fixed {
        /// How much, at least one of the smallest unit.
        off: Price,
    },
    /// So many hundredths off.
    Percent {
        /// 1–100.
        percent: u8,
    },
    /// Delivery for nothing.
    FreeShipping,
}

impl Worth {
    /// The same, checked.
    ///
    /// # Errors
    /// [`crate::Code::BadValue`] that names the field outside its bounds.
    pub fn checked(self) -> Result<Self, Reject> {
        Ok(match self {
            Self::Fixed { off } if off.amount == 0 => return Err(bad("\"off\" must be over 0")),
            Self::Fixed { off } => Self::Fixed { off: off.checked("off")? },
            Self::Percent { percent } if !(1..=100).contains(&percent) => {
                return Err(bad(format!("\"percent\" is {percent}; write 1 to 100")));
            }
            same => same,
        })
    }

    /// As people write it: `€5 off`, `20% off`, `Free shipping`.
    pub fn words(&self) -> String {
        match self {
            Self::Fixed { off } => format!("{} off", off.words()),
            Self::Percent { percent } => format!("{percent}% off"),
            Self::FreeShipping => "Free shipping".to_owned(),
        }
    }
}

/// Where the codes of a voucher come from. Secret: who has a code can use it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "from", rename_all = "snake_case", deny_unknown_fields)]
pub enum Codes {
    /// Made from a secret seed.
    Generated {
        /// At least 128 random bits, in hex.
        seed: String,
    },
    /// Given by the shop, in the order they are handed out.
    Imported {
        /// 1–100,000, each of 1–64 printable characters, none twice.
        codes: Vec<String>,
    },
}

impl Codes {
    /// Checks codes that came from a shop.
    ///
    /// # Errors
    /// [`crate::Code::BadValue`] that names the code that will not do.
    pub fn imported(codes: Vec<String>) -> Result<Self, Reject> {
        if !(1..=CODES).contains(&codes.len()) {
            return Err(bad(format!("{} codes were given; give 1 to {CODES}", codes.len())));
        }
        let mut seen = HashSet::new();
        for code in &codes {
            let fits = (1..=64).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_graphic());
            if !fits {
                return Err(bad(format!("the code {code:?} is not 1 to 64 printable characters")));
            }
            if !seen.insert(code.to_ascii_uppercase()) {
                return Err(bad(format!("the code {code:?} is there twice")));
            }
        }
        Ok(Self::Imported { codes })
    }

    /// The code of claim number `n`, from 1, of voucher `id`; `None` if they
    /// have run out.
    pub fn code(&self, id: &str, n: u32) -> Option<String> {
        match self {
            Self::Imported { codes } => codes.get(n.checked_sub(1)? as usize).cloned(),
            Self::Generated { seed } => {
                let mut hash = Sha256::new();
                for part in ["surtitle voucher code 1", seed, id] {
                    hash.update(part.as_bytes());
                    hash.update([0]);
                }
                let digest: [u8; 32] = hash.chain_update(n.to_be_bytes()).finalize().into();
                // Two bytes a character: the alphabet's 30 divide 2^16 evenly enough.
                let pairs = digest.chunks_exact(2).take(LENGTH);
                let letter = |pair: &[u8]| {
                    let value = usize::from(u16::from_be_bytes([pair[0], pair[1]]));
                    char::from(ALPHABET[value % ALPHABET.len()])
                };
                Some(pairs.map(letter).collect())
            }
        }
    }

    /// How many there can be.
    pub fn most(&self) -> u32 {
        match self {
            Self::Generated { .. } => STOCK,
            Self::Imported { codes } => u32::try_from(codes.len()).unwrap_or(STOCK),
        }
    }
}

/// A voucher as the host prepares it. It can be claimed once it is dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Voucher {
    /// 1–20 of `a–z 0–9 -`.
    pub id: String,
    /// What it is for, 1–80 characters.
    pub title: String,
    /// What it is worth.
    pub worth: Worth,
    /// How many there are, 1–1,000,000.
    pub stock: u32,
    /// How many one person may have, 1–99.
    #[serde(default = "one")]
    pub per_person: u32,
    /// What must be spent to use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub min_spend: Option<Price>,
    /// A comment with this word is a claim, 1–24 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub keyword: Option<String>,
    /// Claims before this are refused, whenever it is dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub opens_at: Option<Millis>,
    /// Claims from then on are refused, whenever it is dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub ends_at: Option<Millis>,
}

fn one() -> u32 {
    1
}

impl Voucher {
    /// The same with cleaned text.
    ///
    /// # Errors
    /// [`crate::Code::BadValue`] that names the field outside its bounds.
    pub fn checked(mut self) -> Result<Self, Reject> {
        named(&self.id)?;
        words("title", &mut self.title, 1, TITLE)?;
        self.worth = self.worth.checked()?;
        self.min_spend = self.min_spend.map(|price| price.checked("min_spend")).transpose()?;
        self.keyword = keyword(self.keyword.take())?;
        if !(1..=STOCK).contains(&self.stock) {
            return Err(bad(format!("\"stock\" is {}; write 1 to {STOCK}", self.stock)));
        }
        if !(1..=PER_PERSON).contains(&self.per_person) {
            let given = self.per_person;
            return Err(bad(format!("\"per_person\" is {given}; write 1 to {PER_PERSON}")));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generated_codes_are_the_same_for_the_same_seed_and_never_twice() {
        let codes = Codes::Generated { seed: "5eed".into() };
        let all: HashSet<String> = (1..=5_000).filter_map(|n| codes.code("ten", n)).collect();
        assert_eq!(all.len(), 5_000);
        assert_eq!(codes.code("ten", 1), codes.clone().code("ten", 1));
        assert_ne!(codes.code("ten", 1), codes.code("five", 1));
        assert!(all.iter().all(|code| code.len() == LENGTH));
    }

    #[test]
    fn imported_codes_are_handed_out_in_their_order_until_they_run_out() {
        let codes = Codes::imported(vec!["A-1".into(), "B-2".into()]).expect("codes");
        assert_eq!(codes.code("x", 2).as_deref(), Some("B-2"));
        assert_eq!((codes.code("x", 3), codes.code("x", 0)), (None, None));
        assert!(Codes::imported(vec!["a".into(), "A".into()]).is_err());
        assert!(Codes::imported(vec!["a b".into()]).is_err());
    }
}
