//! What the console shows of OBS.

use serde::{Deserialize, Serialize};

/// What the OBS light in the console's bar says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ObsState {
    /// Never set up, or switched off by the host.
    #[default]
    Off,
    /// Trying for the first time since the settings changed.
    Connecting,
    /// OBS does not answer; tried again for ever.
    NotConnected,
    /// Connected; OBS has no source of ours.
    Absent,
    /// The source is there, and not in the picture that goes out.
    Hidden,
    /// In the picture that goes out; its pixels are not proved yet.
    Checking,
    /// The source's pixels stand still though they must move.
    Frozen,
    /// In the picture that goes out, its pixels proved fresh.
    OnAir,
}

/// How the overlay gets into OBS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ObsSource {
    /// OBS's own browser opens the overlay page.
    Browser,
    /// OBS's media source plays the overlay as a transparent video of ours.
    Stream,
    /// OBS captures the desktop overlay's window.
    Window,
    /// OBS captures the whole screen.
    Screen,
}

/// Everything the console knows of OBS without asking.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ObsInfo {
    /// For the light.
    pub state: ObsState,
    /// How the overlay gets in, once it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub source: Option<ObsSource>,
    /// The scene that goes out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub scene: Option<String>,
    /// What is so, for people; empty where the state says it all.
    pub detail: String,
    /// What to do about it; empty for nothing.
    pub next: String,
    /// How often the source was refreshed since it last was fresh.
    pub heals: u32,
}
