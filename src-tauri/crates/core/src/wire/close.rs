//! Close codes: the range tells a client what to do.
//!
//! * 1001, 1013, 4000–4099: come back with backoff.
//! * 4100–4199: come back with a new token (a viewer page: as a guest).
//! * 1002, 1003, 1007, 1009, 4200–4299: do not come back by yourself.

use crate::Code;

/// Why the server closes a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Close {
    /// The server stops.
    GoingAway,
    /// The WebSocket rules were broken.
    Protocol,
    /// A binary frame; this protocol is text.
    Binary,
    /// Text that is not UTF-8.
    NotUtf8,
    /// A frame over the limit.
    TooBig,
    /// The socket could not keep up.
    Slow,
    /// No frame for [`super::IDLE_MS`].
    Idle,
    /// Too many bad frames or too fast.
    Abuse,
    /// The server is full.
    Full,
    /// The token is bad, old or withdrawn.
    Token,
    /// The version is not spoken here.
    Version,
}

impl Close {
    /// The number in the close frame.
    pub fn code(self) -> u16 {
        match self {
            Self::GoingAway => 1001,
            Self::Protocol => 1002,
            Self::Binary => 1003,
            Self::NotUtf8 => 1007,
            Self::TooBig => 1009,
            Self::Slow => 1013,
            Self::Idle => 4000,
            Self::Full => 4001,
            Self::Token => 4100,
            Self::Version => 4200,
            Self::Abuse => 4201,
        }
    }

    /// The reason in the close frame, at most 123 bytes.
    pub fn reason(self) -> &'static str {
        match self {
            Self::GoingAway => "server stops, come back in a moment",
            Self::Protocol => "websocket rules broken",
            Self::Binary => "binary frames are not part of this protocol",
            Self::NotUtf8 => "text is not utf-8",
            Self::TooBig => "frame larger than 12288 bytes",
            Self::Slow => "too slow to keep up, come back in a moment",
            Self::Idle => "silent for 60 s",
            Self::Full => "server is full, come back in a moment",
            Self::Token => "token not accepted, get a new one",
            Self::Version => "protocol version not spoken here",
            Self::Abuse => "too many bad frames",
        }
    }

    /// The close that follows a frame error, if the connection cannot go on.
    pub fn after(code: Code) -> Option<Self> {
        match code {
            Code::Oversized => Some(Self::TooBig),
            Code::NotUtf8 => Some(Self::NotUtf8),
            Code::BadToken | Code::OldToken => Some(Self::Token),
            Code::Version => Some(Self::Version),
            Code::Full => Some(Self::Full),
            _ => None,
        }
    }
}
