//! Who is heard: of the pages that show one overlay, one at a time.

use serde::{Deserialize, Serialize};

/// Whether a page can be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Voice {
    /// It makes no sound: nobody sees it, or its look has none.
    #[default]
    Silent,
    /// Its browser lets no page sound before somebody clicks on it.
    Blocked,
    /// It can.
    Ready,
}
