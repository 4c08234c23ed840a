//! Sounds of what happens.

use serde::{Deserialize, Serialize};

/// Settings of the sounds. Every volume is per cent, 0–100; 0 is silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct SoundLook {
    /// Played at all.
    pub on: bool,
    /// Of everything; nothing is ever louder than this.
    pub volume: u32,
    /// A gift card that opens or grows.
    pub gift: u32,
    /// A paid comment.
    pub paid: u32,
    /// Somebody comes in.
    pub join: u32,
    /// Somebody follows.
    pub follow: u32,
    /// A voucher is put on the picture.
    pub voucher: u32,
}

impl Default for SoundLook {
    fn default() -> Self {
        Self { on: true, volume: 60, gift: 80, paid: 90, join: 0, follow: 60, voucher: 80 }
    }
}

impl SoundLook {
    /// The same settings, every number inside its bounds.
    pub fn clamped(mut self) -> Self {
        let Self { on: _, volume, gift, paid, join, follow, voucher } = &mut self;
        for level in [volume, gift, paid, join, follow, voucher] {
            *level = (*level).min(100);
        }
        self
    }
}
