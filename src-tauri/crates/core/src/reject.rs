//! Refusals with stable codes.
//!
//! A reject is an answer, not a failure: a rule said no. Codes never change
//! meaning; docs/protocol.md lists them. 20xx concern the frame, 21xx the
//! room, 22xx names and tokens, 23xx the console.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal, retry $retry:literal;)*) => {
        /// Why something was not accepted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, for the documentation and its test.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable number on the wire.
            pub fn number(self) -> u16 {
                match self { $(Self::$name => $code,)* }
            }

            /// Whether the same request may succeed later.
            pub fn retry(self) -> bool {
                match self { $(Self::$name => $retry,)* }
            }
        }
    };
}

codes! {
    /// Not JSON, or not an object with the fields this frame needs.
    Malformed = 2001, retry false;
    /// A frame larger than the limit.
    Oversized = 2002, retry false;
    /// The text frame is not UTF-8.
    NotUtf8 = 2003, retry false;
    /// A frame type this server does not know.
    UnknownFrame = 2004, retry false;
    /// A frame before the one it depends on.
    WrongOrder = 2005, retry false;
    /// A protocol version this server does not speak.
    Version = 2006, retry false;
    /// Objects or arrays nested deeper than 16.
    TooDeep = 2007, retry false;
    /// Frames faster than the limit of this connection.
    TooFast = 2008, retry true;
    /// The server has as many connections as it may.
    Full = 2009, retry true;
    /// No room of that name.
    UnknownRoom = 2101, retry false;
    /// Not in the room.
    NotMember = 2102, retry false;
    /// Guests read only.
    Guest = 2103, retry false;
    /// Banned from the room for some time.
    Banned = 2104, retry true;
    /// Refused by the back end of the app.
    Hooked = 2105, retry false;
    /// It meets a rule of the room's filter.
    Filtered = 2106, retry false;
    /// Muted for some time.
    Muted = 2107, retry true;
    /// No text left, or too long.
    TextLength = 2108, retry false;
    /// No such gift in the catalogue.
    UnknownGift = 2109, retry false;
    /// A count outside its bounds.
    Count = 2110, retry false;
    /// The remote room cannot be reached now.
    Offline = 2111, retry true;
    /// An address of a stream that is not `http://`, `https://` or a path of this server.
    BadStream = 2160, retry false;
    /// The pen was not given to this person.
    NoPen = 2140, retry true;
    /// No page of that number on the board.
    UnknownPage = 2141, retry false;
    /// Ink, a colour, a width or words outside their bounds.
    BadInk = 2142, retry false;
    /// A stroke that was not begun, or was twice.
    UnknownStroke = 2143, retry false;
    /// As many strokes or pages as a board may have.
    BoardFull = 2144, retry false;
    /// Nothing of one's own is left to undo or redo.
    NoStep = 2145, retry false;
    /// Too many strokes, hands or pens at once.
    TooManyHands = 2146, retry true;
    /// No lesson of that number.
    UnknownLesson = 2147, retry false;
    /// A picture that is not one of this server's.
    BadGround = 2148, retry false;
    /// The stroke could not be written down.
    NotKept = 2149, retry true;
    /// No such voucher, flash sale or lottery.
    UnknownOffer = 2120, retry false;
    /// What is offered opens later.
    OfferNotOpen = 2121, retry true;
    /// The offer has ended.
    OfferEnded = 2122, retry false;
    /// None is left.
    SoldOut = 2123, retry false;
    /// As many of it as one person may have.
    OfferLimit = 2124, retry false;
    /// No product of this number.
    UnknownProduct = 2125, retry false;
    /// No claim of this code or number.
    UnknownClaim = 2126, retry false;
    /// The claim was used for another order.
    Redeemed = 2127, retry false;
    /// Something else was settled, or given away, under this order or id.
    Settled = 2128, retry false;
    /// Slow mode: the member spoke a moment ago.
    Slow = 2112, retry true;
    /// Only some members may speak now.
    Speakers = 2113, retry true;
    /// A remote room is kept in order by its own host.
    Elsewhere = 2114, retry false;
    /// As many inquiries as one person may have waiting.
    InquiryLimit = 2150, retry true;
    /// As many inquiries as a room may have waiting.
    InquiryFull = 2151, retry true;
    /// Somebody else has the inquiry; the message names them.
    InquiryTaken = 2152, retry false;
    /// The inquiry is closed.
    InquiryClosed = 2153, retry false;
    /// No show of that number.
    UnknownShow = 2170, retry false;
    /// The show is still running.
    ShowRuns = 2171, retry true;
    /// A name that is empty, too long or has no visible character.
    Nick = 2201, retry false;
    /// A token that is not ours, or damaged.
    BadToken = 2202, retry false;
    /// A token that has run out or was withdrawn.
    OldToken = 2203, retry false;
    /// The role does not allow it.
    Role = 2204, retry false;
    /// No such overlay, or a name outside `a–z 0–9 -`, 1–32.
    UnknownOverlay = 2301, retry false;
    /// A pairing code that is wrong or has run out.
    BadCode = 2302, retry false;
    /// The item is not there (any more).
    UnknownItem = 2303, retry false;
    /// An address that is not `ws://HOST/ROOM` or `wss://HOST/ROOM`.
    BadAddress = 2304, retry false;
    /// No app of that number.
    UnknownApp = 2305, retry false;
    /// As many apps as a server may have.
    TooManyApps = 2306, retry false;
    /// The configuration decides it, or it is the configured app's for good.
    Configured = 2307, retry false;
    /// A value outside its bounds; the message names the field.
    BadValue = 2308, retry false;
    /// Something on this server did not work; the log says what.
    Internal = 2900, retry true;
}

/// A refusal: a stable code and a sentence for the reader who must act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reject {
    /// The stable code.
    pub code: Code,
    /// Lower case, no full stop: what, which one, what to do next.
    pub message: String,
}

impl Reject {
    /// A refusal with `code` that says `message`.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.message, self.code.number())
    }
}

impl std::error::Error for Reject {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn numbers_are_unique() {
        let numbers: HashSet<u16> = Code::ALL.iter().map(|c| c.number()).collect();
        assert_eq!(numbers.len(), Code::ALL.len());
    }
}
