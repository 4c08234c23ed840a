//! Paid comments: a comment somebody paid for, as a platform or an app's back
//! end reports it. No member can make one: [`crate::wire::Body`] never carries
//! one over a socket.

use crate::{Code, Event, Millis, Reject};
use serde::{Deserialize, Serialize};

/// Most minor units of an amount: 10^12, far inside what a page counts exactly.
pub const AMOUNT_LIMIT: u64 = 1_000_000_000_000;
/// How long a paid comment of tier 1–5 stands on the picture, in ms.
const STAYS: [u64; 5] = [4_000, 8_000, 14_000, 20_000, 30_000];
/// From this many hundredths of a unit worth about a dollar on: tier 2, 3, 4, 5.
const STEPS: [u64; 4] = [500, 2_000, 5_000, 10_000];

/// What was paid for a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Paid {
    /// In the smallest unit of the currency (cents; yen), 1–10^12.
    pub amount: u64,
    /// ISO 4217, three capital letters.
    pub currency: String,
    /// 1–5: colour, size and stay. 4, 8, 14, 20 and 30 s.
    pub tier: u8,
}

impl Paid {
    /// An amount, with the tier its worth gives.
    ///
    /// # Errors
    /// [`Code::BadValue`] for an amount of nothing or over [`AMOUNT_LIMIT`],
    /// or a currency that is not three letters.
    pub fn new(amount: u64, currency: &str) -> Result<Self, Reject> {
        if !(1..=AMOUNT_LIMIT).contains(&amount) {
            return Err(Reject::new(
                Code::BadValue,
                format!("\"amount\" is {amount}; send 1 to {AMOUNT_LIMIT} of the smallest unit"),
            ));
        }
        if currency.len() != 3 || !currency.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(Reject::new(
                Code::BadValue,
                "\"currency\" is not three letters of ISO 4217 such as EUR",
            ));
        }
        let currency = currency.to_ascii_uppercase();
        let tier = tier(amount, &currency);
        Ok(Self { amount, currency, tier })
    }

    /// The same, checked, with a tier of 1–5; `None` if it makes no sense.
    /// For what another server says.
    pub fn sound(self) -> Option<Self> {
        let tier = self.tier;
        let sound = Self::new(self.amount, &self.currency).ok()?;
        Some(Self { tier: if (1..=5).contains(&tier) { tier } else { sound.tier }, ..sound })
    }

    /// How long it stands on the picture, in ms.
    pub fn stay_ms(&self) -> u64 {
        STAYS[usize::from(self.tier.clamp(1, 5)) - 1]
    }
}

/// A paid comment that stands on the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PaidCard {
    /// Id of the comment.
    pub id: crate::EventId,
    /// The comment; it has `paid`.
    pub event: Event,
    /// Since when it stands there.
    pub since: Millis,
    /// When it leaves.
    pub until: Millis,
}

/// Tier by worth. Rates are round numbers on purpose: they sort amounts into
/// five sizes and are no exchange rates. An unknown currency counts as dollars.
fn tier(amount: u64, currency: &str) -> u8 {
    // Minor units in one unit, and units that are worth about a dollar.
    let (minor, per_dollar) = match currency {
        "JPY" => (1, 150),
        "KRW" => (1, 1_400),
        "VND" => (1, 25_000),
        "CLP" => (1, 950),
        "ISK" => (1, 140),
        "PYG" | "UGX" => (1, 7_000),
        "XAF" | "XOF" => (1, 600),
        "BHD" | "KWD" | "OMR" | "JOD" | "TND" => (1_000, 1),
        "CNY" | "HKD" | "DKK" | "NOK" | "SEK" | "BRL" | "PLN" | "MXN" => (100, 8),
        "TWD" | "THB" | "TRY" | "UAH" | "CZK" => (100, 32),
        "INR" | "RUB" | "PHP" => (100, 80),
        "HUF" | "PKR" => (100, 350),
        "IDR" => (100, 16_000),
        _ => (100, 1),
    };
    let worth = amount.saturating_mul(100) / (minor * per_dollar);
    // One per step passed; there are four.
    1 + u8::try_from(STEPS.iter().filter(|step| worth >= **step).count()).unwrap_or(4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_go_by_worth_in_every_currency() {
        for (amount, currency, expected) in [
            (499, "USD", 1),
            (500, "usd", 2),
            (10_000, "EUR", 5),
            (500, "JPY", 1),
            (1_000, "JPY", 2),
            (20_000, "JPY", 5),
            (5_000, "KWD", 2),
            (3_000, "CNY", 1),
            (100_000_000, "IDR", 4),
            (AMOUNT_LIMIT, "VND", 5),
        ] {
            let paid = Paid::new(amount, currency).expect("an amount");
            assert_eq!(paid.tier, expected, "{amount} {currency}");
        }
    }

    #[test]
    fn stay_is_four_to_thirty_seconds() {
        let stays = [1, 2, 3, 4, 5, 0, 9]
            .map(|tier| Paid { amount: 1, currency: "EUR".into(), tier }.stay_ms());
        assert_eq!(stays, [4_000, 8_000, 14_000, 20_000, 30_000, 4_000, 30_000]);
    }

    #[test]
    fn nothing_and_nonsense_are_no_amount() {
        for (amount, currency) in
            [(0, "EUR"), (AMOUNT_LIMIT + 1, "EUR"), (1, "EU"), (1, "€uro"), (1, "E R")]
        {
            assert_eq!(Paid::new(amount, currency).expect_err("refused").code, Code::BadValue);
            let paid = Paid { amount, currency: currency.into(), tier: 3 };
            assert_eq!(paid.sound(), None);
        }
        let kept = Paid { amount: 100, currency: "EUR".into(), tier: 4 };
        assert_eq!(kept.clone().sound(), Some(kept.clone()));
        assert_eq!(Paid { tier: 0, ..kept }.sound().map(|paid| paid.tier), Some(1));
    }
}
