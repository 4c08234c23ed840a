//! What something costs.

use super::bad;
use crate::{AMOUNT_LIMIT, Reject};
use serde::{Deserialize, Serialize};

/// An amount of money. Nothing here moves any: amounts are only said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// In the smallest unit of the currency (cents; yen), 0–10^12.
    pub amount: u64,
    /// ISO 4217, three capital letters.
    pub currency: String,
}

impl Price {
    /// The same with the currency in capitals.
    ///
    /// # Errors
    /// [`crate::Code::BadValue`] that names `field`.
    pub fn checked(mut self, field: &str) -> Result<Self, Reject> {
        if self.amount > AMOUNT_LIMIT {
            return Err(bad(format!("\"{field}\" is over {AMOUNT_LIMIT} of the smallest unit")));
        }
        if self.currency.len() != 3 || !self.currency.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(bad(format!(
                "the currency of \"{field}\" is not three letters of ISO 4217 such as EUR"
            )));
        }
        self.currency.make_ascii_uppercase();
        Ok(self)
    }

    /// As people write it: `€5`, `€4.90`, `¥500`, `CHF 12.50`.
    pub fn words(&self) -> String {
        let digits = digits(&self.currency);
        let one = 10_u64.pow(digits);
        let (whole, rest) = (self.amount / one, self.amount % one);
        let figures = if rest == 0 {
            whole.to_string()
        } else {
            format!("{whole}.{rest:0width$}", width = digits as usize)
        };
        match symbol(&self.currency) {
            Some(symbol) => format!("{symbol}{figures}"),
            None => format!("{} {figures}", self.currency),
        }
    }
}

/// Decimal places of a currency (ISO 4217).
fn digits(currency: &str) -> u32 {
    match currency {
        "JPY" | "KRW" | "VND" | "CLP" | "ISK" | "PYG" | "UGX" | "XAF" | "XOF" | "RWF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

fn symbol(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "EUR" => "€",
        "USD" => "$",
        "GBP" => "£",
        "CNY" | "JPY" => "¥",
        "KRW" => "₩",
        "INR" => "₹",
        "VND" => "₫",
        "THB" => "฿",
        "PHP" => "₱",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_with_the_minor_units_of_their_currency() {
        let words = |amount, currency: &str| Price { amount, currency: currency.into() }.words();
        assert_eq!(words(490, "EUR"), "€4.90");
        assert_eq!(words(500, "EUR"), "€5");
        assert_eq!(words(500, "JPY"), "¥500");
        assert_eq!(words(1_005, "KWD"), "KWD 1.005");
        assert_eq!(words(7, "USD"), "$0.07");
    }

    #[test]
    fn currency_that_is_none_is_refused() {
        let price =
            |currency: &str| Price { amount: 1, currency: currency.into() }.checked("price");
        assert_eq!(price("eur").expect("a currency").currency, "EUR");
        assert!(price("E1R").is_err() && price("EURO").is_err() && price("").is_err());
    }
}
