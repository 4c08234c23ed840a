//! How placards and paid comments are drawn.

use super::{Corner, PlaceLook};
use serde::{Deserialize, Serialize};

/// Settings of paid comments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct PaidLook {
    /// Drawn as cards; otherwise they are lines of the feed like others.
    pub on: bool,
    /// Where they stack.
    pub corner: Corner,
    /// Text height of the third tier in px of a 1080-px picture, 16–56.
    pub size: u32,
}

/// Settings of placards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct PlacardsLook {
    /// Vouchers, products and polls, one at a time.
    pub sale: PlaceLook,
    /// Goals.
    pub goal: PlaceLook,
    /// Top gifters.
    pub rank: PlaceLook,
    /// Whether questions are drawn.
    pub question: bool,
    /// Whether the ticker is drawn.
    pub ticker: bool,
    /// Text height in px of a 1080-px picture, 16–48.
    pub size: u32,
}

impl Default for PaidLook {
    fn default() -> Self {
        Self { on: true, corner: Corner::BottomLeft, size: 30 }
    }
}

impl Default for PlacardsLook {
    fn default() -> Self {
        let top_right = PlaceLook { on: true, corner: Corner::TopRight };
        Self {
            sale: top_right.clone(),
            goal: PlaceLook { on: true, corner: Corner::TopLeft },
            rank: top_right,
            question: true,
            ticker: true,
            size: 26,
        }
    }
}

impl PaidLook {
    /// The same inside its bounds.
    pub(super) fn clamp(&mut self) {
        self.size = self.size.clamp(16, 56);
    }
}

impl PlacardsLook {
    /// The same inside its bounds.
    pub(super) fn clamp(&mut self) {
        self.size = self.size.clamp(16, 48);
    }
}
