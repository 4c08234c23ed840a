//! What keeps the picture bearable: flashes, movement, contrast.

use serde::{Deserialize, Serialize};

/// When text gets something dark behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Plates {
    /// Where the picture behind is known to be too close to the text's colour.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere; the outlines of the look are all there is.
    Never,
}

/// Settings of the comfort guard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct ComfortLook {
    /// At most three flashes of a large area a second (WCAG 2.3.1).
    pub flash: bool,
    /// Reduced motion, whatever the system the page runs on says: nothing but
    /// flying comments moves, and an effect is one still frame.
    pub still: bool,
    /// Plates behind text.
    pub plates: Plates,
}

impl Default for ComfortLook {
    fn default() -> Self {
        Self { flash: true, still: false, plates: Plates::Auto }
    }
}
