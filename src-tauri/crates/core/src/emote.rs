//! Emotes: small pictures of the host's that stand in text as `:code:`.
//!
//! The text itself stays as it was written; a surface cuts it into fragments
//! (`ui/src/shared/fragments.ts`) by the emotes it knows. An animated picture
//! is one sheet of frames, so that every surface draws it as a function of
//! time and can hold it still.

use serde::{Deserialize, Serialize};

/// Most emotes at once.
pub const EMOTES: usize = 500;
/// Most characters of a code.
pub const CODE_LIMIT: usize = 32;
/// Most frames of an animated one.
pub const FRAMES: usize = 120;

/// A picture that stands for `:code:` in text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Emote {
    /// What is written between the colons: 1–32 of `A–Z a–z 0–9 _ -`.
    pub code: String,
    /// Path of its picture on this server, e.g. `/image/3f…`; a sheet if it moves.
    pub src: String,
    /// Width of one frame in px, 1–256.
    pub width: u16,
    /// Height of one frame in px, 1–256.
    pub height: u16,
    /// How it moves; `None` for a still one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub frames: Option<Frames>,
}

/// Frames of a sheet, left to right and top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Frames {
    /// How many, 2–120.
    pub count: u16,
    /// How many stand in a row.
    pub columns: u16,
    /// How long each is seen, in ms, 20–60,000; `count` of them. They repeat for ever.
    pub ms: Vec<u16>,
}

/// Whether a text can stand between the colons.
pub fn is_code(code: &str) -> bool {
    (1..=CODE_LIMIT).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_short_and_plain() {
        for good in ["a", "LUL", "cat_jam-2", &"x".repeat(32)] {
            assert!(is_code(good), "{good:?}");
        }
        for bad in ["", ":a:", "a b", "<b>", "é", "../x", &"x".repeat(33)] {
            assert!(!is_code(bad), "{bad:?}");
        }
    }
}
