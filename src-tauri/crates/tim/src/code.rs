//! Refusals as the vendor numbers them.
//!
//! An SDK rejects its promise with the number and, in newer versions, with
//! our text; older ones show a text of their own for the number.

use crate::usersig;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $text:literal;)*) => {
        /// Why a command was refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The vendor's ErrorCode.
            pub fn number(self) -> u32 {
                match self { $(Self::$name => $number,)* }
            }

            /// The ErrorInfo: what, and what to do.
            pub fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }
        }
    };
}

codes! {
    /// A command before `login`, or as a guest.
    NotLoggedIn = 10001, "not logged in; log in first";
    /// Something on this server did not work.
    Server = 10002, "something on the server did not work; try again in a moment";
    /// A command this server does not know.
    UnknownCommand = 10003, "this server does not know the command";
    /// A field is missing or not what it must be.
    Parameter = 10004, "a field of the request is missing or wrong";
    /// Commands faster than the limit of a connection.
    TooFast = 10006, "too many requests; slow down";
    /// Not in the group, or not allowed there.
    NotMember = 10007, "not a member of the group; join it first";
    /// No group of that name.
    UnknownGroup = 10010, "no such group; check its GroupId";
    /// Muted for some time.
    Muted = 10017, "muted in this group";
    /// A profile value over its limit.
    ProfileLong = 40601, "a profile value is longer than 500 bytes";
    /// A message over its limit.
    MessageLong = 80002, "the message is longer than 12 KB";
    /// A login that has run out, or is of another server.
    LoginOver = 70001, "the login has run out; log in again with a new usersig";
    /// No app of that number.
    UnknownApp = 70020, "this server has no app of that SDKAppID";
}

/// A refusal ready to be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// ErrorCode.
    pub number: u32,
    /// ErrorInfo.
    pub text: String,
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
            Own::Muted => Code::Muted,
            Own::NotMember | Own::Guest | Own::Role | Own::Banned => Code::NotMember,
            Own::UnknownRoom => Code::UnknownGroup,
            Own::TextLength | Own::Oversized => Code::MessageLong,
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
    fn rooms_refusals_have_the_vendors_numbers() {
        use surtitle_core::{Code as Own, Reject};
        for (code, number) in [(Own::Muted, 10017), (Own::Guest, 10007), (Own::TextLength, 80002)] {
            let refusal = Refusal::from(&Reject::new(code, "why"));
            assert_eq!((refusal.number, refusal.text.as_str()), (number, "why"));
        }
    }
}
