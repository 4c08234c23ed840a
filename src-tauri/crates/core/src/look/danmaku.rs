//! How comments fly over the picture.

use serde::{Deserialize, Serialize};

/// How a comment crosses the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// In at the right, out at the left.
    #[default]
    ScrollRtl,
    /// In at the left, out at the right.
    ScrollLtr,
    /// Stands in the middle of the uppermost free lane.
    Top,
    /// Stands in the middle of the lowest free lane.
    Bottom,
}

/// Settings of the danmaku layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct DanmakuLook {
    /// Drawn at all.
    pub on: bool,
    /// How comments cross the picture. The host's and paid ones stand at the
    /// top where comments scroll and there is room.
    pub mode: Mode,
    /// Text height in px of a 1080-px picture, 16–96.
    pub size: u32,
    /// Seconds to cross the picture, 3–30; half of it to stand.
    pub seconds: u32,
    /// Per cent, 10–100.
    pub opacity: u32,
    /// Part of the height used, from the top, per cent, 10–100.
    pub area: u32,
    /// Most lanes, 1–40; fewer if they do not fit the area.
    pub lanes: u32,
    /// Part of a lane that comments may fill, per cent, 10–100.
    pub density: u32,
    /// Most characters a second that enter a lane, a wide one counting twice;
    /// 0 for no limit. 0–60.
    pub reading: u32,
    /// Equal lines fly once and count (×n).
    pub merge: bool,
    /// Outline width in px, 0–8.
    pub outline: u32,
    /// Show the sender's name before the text.
    pub names: bool,
    /// Show the sender's picture before the text.
    pub avatars: bool,
}

impl Default for DanmakuLook {
    fn default() -> Self {
        Self {
            on: true,
            mode: Mode::default(),
            size: 36,
            seconds: 8,
            opacity: 100,
            area: 40,
            lanes: 10,
            density: 100,
            reading: 0,
            merge: true,
            outline: 3,
            names: false,
            avatars: false,
        }
    }
}

impl DanmakuLook {
    /// The same settings with every number inside its bounds.
    pub fn clamped(mut self) -> Self {
        self.size = self.size.clamp(16, 96);
        self.seconds = self.seconds.clamp(3, 30);
        self.opacity = self.opacity.clamp(10, 100);
        self.area = self.area.clamp(10, 100);
        self.lanes = self.lanes.clamp(1, 40);
        self.density = self.density.clamp(10, 100);
        self.reading = self.reading.min(60);
        self.outline = self.outline.min(8);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_stored_before_there_were_modes_still_load() {
        let old = r#"{"on":false,"size":52,"seconds":9,"names":true}"#;
        let look: DanmakuLook = serde_json::from_str(old).expect("parses");
        let new = DanmakuLook::default();
        assert_eq!(look, DanmakuLook { on: false, size: 52, seconds: 9, names: true, ..new });
    }

    #[test]
    fn wild_values_are_moved_to_the_nearest_bound() {
        let wild = DanmakuLook { density: 0, reading: 900, lanes: 0, ..DanmakuLook::default() };
        let DanmakuLook { density, reading, lanes, .. } = wild.clamped();
        assert_eq!((density, reading, lanes), (10, 60, 1));
    }
}
