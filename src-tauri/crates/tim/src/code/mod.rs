//! Refusals as the vendor numbers them.
//!
//! An SDK rejects its promise with the number and, in newer versions, with
//! our text; older ones show a text of their own for the number.

mod table;

pub use table::Code;

use crate::usersig;

/// A refusal ready to be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// ErrorCode.
    pub number: u32,
    /// ErrorInfo.
    pub text: String,
}

impl Refusal {
    /// A refusal that names the field, value or limit.
    pub fn new(code: Code, text: impl Into<String>) -> Self {
        Self { number: code.number(), text: text.into() }
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self { number: code.number(), text: code.text().to_owned() }
    }
}

impl From<usersig::Reject> for Refusal {
    fn from(reject: usersig::Reject) -> Self {
        Self { number: reject.code(), text: reject.to_string() }
    }
}

impl From<&surtitle_core::Reject> for Refusal {
    fn from(reject: &surtitle_core::Reject) -> Self {
        use surtitle_core::Code as Own;
        let code = match reject.code {
            Own::Muted | Own::Slow | Own::Speakers => Code::Muted,
            Own::NotMember | Own::Guest | Own::Role | Own::Banned => Code::NotMember,
            Own::UnknownRoom => Code::UnknownGroup,
            Own::TextLength | Own::Oversized => Code::MessageLong,
            Own::Filtered => Code::Sensitive,
            Own::TooFast | Own::Full => Code::TooFast,
            Own::Internal | Own::Offline => Code::Server,
            _ => Code::Parameter,
        };
        Self { number: code.number(), text: reject.message.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_are_unique() {
        let numbers: HashSet<u32> = Code::ALL.iter().map(|c| c.number()).collect();
        assert_eq!(numbers.len(), Code::ALL.len());
    }

    #[test]
    fn texts_are_for_the_reader_who_must_act() {
        for code in Code::ALL {
            let text = code.text();
            assert!(!text.is_empty() && !text.ends_with('.'), "{code:?}: {text}");
            let numbers =
                [10100..=10200, 120_001..=130_000].map(|own| own.contains(&code.number()));
            assert_eq!(numbers, [false; 2], "{code:?} is a number of the app's webhook");
        }
    }

    #[test]
    fn refusal_may_name_what_was_wrong() {
        let refusal = Refusal::new(Code::Parameter, "Name is longer than 30 bytes");
        assert_eq!((refusal.number, &*refusal.text), (10004, "Name is longer than 30 bytes"));
    }

    #[test]
    fn rooms_refusals_have_the_vendors_numbers() {
        use surtitle_core::{Code as Own, Reject};
        for (code, number) in [
            (Own::Muted, 10017),
            (Own::Slow, 10017),
            (Own::Speakers, 10017),
            (Own::Guest, 10007),
            (Own::TextLength, 80002),
            (Own::Filtered, 80001),
        ] {
            let refusal = Refusal::from(&Reject::new(code, "why"));
            assert_eq!((refusal.number, refusal.text.as_str()), (number, "why"));
        }
    }
}
