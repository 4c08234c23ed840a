//! How the board is drawn over the picture.

use serde::{Deserialize, Serialize};

/// What lies under the ink on an overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Sheet {
    /// The picture: only the ink is drawn.
    #[default]
    Clear,
    /// A white page that hides the picture.
    White,
    /// A dark one.
    Dark,
}

/// Settings of the board's layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct BoardLook {
    /// Drawn at all, while the board is on the picture.
    pub on: bool,
    /// What lies under the ink.
    pub sheet: Sheet,
}

impl Default for BoardLook {
    fn default() -> Self {
        Self { on: true, sheet: Sheet::Clear }
    }
}
