//! The language of what a picture says by itself.

use serde::{Deserialize, Serialize};

/// A language an overlay has words of its own in. What people write stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Language {
    /// English.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Chinese in short signs.
    #[serde(rename = "zh-Hans")]
    Chinese,
    /// Japanese.
    #[serde(rename = "ja")]
    Japanese,
}
