//! Theme: how everything on the picture is dressed, as a page is told of it.
//!
//! The style sheet itself is a file of the server's; only its address travels.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The theme of an overlay that names none, or one that is not there.
pub const DEFAULT_THEME: &str = "glass";

/// How things come, go and change under a theme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Motion {
    /// Slides, grows and eases.
    #[default]
    Glide,
    /// Is there, is gone: hard cuts.
    Cut,
    /// Moves in visible steps.
    Step,
    /// Fades only; nothing changes its place or size.
    Fade,
}

/// What a page needs to dress a picture.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Theme {
    /// Its id, see [`is_theme_id`].
    pub id: String,
    /// Path of its style sheet on this server; a new one whenever it changes.
    pub css: String,
    /// How things move.
    pub motion: Motion,
    /// Which parts a card is built of, in order, by slot (docs/theming.md).
    /// A slot that is not named keeps the page's own order.
    pub template: BTreeMap<String, Vec<String>>,
}

/// Whether a name may be a theme's: 1–32 of `a–z 0–9 -`.
pub fn is_theme_id(id: &str) -> bool {
    (1..=32).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_what_a_path_can_carry() {
        for bad in ["", "A", "a b", "../x", "a.css", &"a".repeat(33)] {
            assert!(!is_theme_id(bad), "{bad:?}");
        }
        assert!(is_theme_id(DEFAULT_THEME) && is_theme_id("my-theme-2"));
    }
}
