//! Full-screen effects of big gifts.

use serde::{Deserialize, Serialize};

/// Settings of the effects layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct EffectsLook {
    /// Played at all.
    pub on: bool,
    /// Least tier of a card ([`crate::Gift::tier`]) that has one played, 1–5.
    pub tier: u32,
    /// Seconds one may take, 1–10; a longer file is cut there.
    pub seconds: u32,
}

impl Default for EffectsLook {
    fn default() -> Self {
        Self { on: true, tier: 3, seconds: 6 }
    }
}

impl EffectsLook {
    /// The same settings, every number inside its bounds.
    pub fn clamped(mut self) -> Self {
        self.tier = self.tier.clamp(1, 5);
        self.seconds = self.seconds.clamp(1, 10);
        self
    }
}
