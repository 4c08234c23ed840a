//! What the shell remembers between runs: `settings.json` in the data directory.
//!
//! The file is the streamer's to edit while the program is closed; a value
//! that cannot be read is replaced by its default and said in the log.

use super::{bell::BellSettings, place::Place};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{path::Path, sync::Arc};
use tauri::{AppHandle, Wry};
use tauri_plugin_store::{Store, StoreBuilder};

/// Most overlay windows: each is a web page of its own.
pub const MOST_PANES: usize = 8;
/// Least opacity, in percent; an overlay nobody sees is hidden instead.
pub const LEAST_OPACITY: u8 = 10;
/// What a hot key adds to the opacity or takes from it, in percent.
pub const OPACITY_STEP: u8 = 10;

/// The overlay windows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OverlaySettings {
    /// Whether they are shown.
    pub visible: bool,
    /// Whether clicks pass through them, their controls excepted.
    pub click_through: bool,
    /// How much of the picture is seen, in percent, 10 to 100.
    pub opacity: u8,
    /// Linux: lie over full-screen programs too, unseen by OBS's window
    /// capture. Read when a window is created.
    pub over_full_screen: bool,
    /// The windows, 1 to 8, one a monitor.
    pub windows: Vec<Pane>,
}

/// One overlay window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Pane {
    /// The overlay it shows: 1 to 32 of a-z, 0-9 and `-`.
    pub name: String,
    /// Name of its monitor; `None` for the primary one.
    pub monitor: Option<String>,
}

impl Default for Pane {
    fn default() -> Self {
        Self { name: "main".into(), monitor: None }
    }
}

impl Default for OverlaySettings {
    fn default() -> Self {
        Self {
            visible: true,
            click_through: true,
            opacity: 100,
            over_full_screen: true,
            windows: vec![Pane::default()],
        }
    }
}

impl OverlaySettings {
    /// The same with every value inside its bounds.
    #[must_use]
    pub fn bounded(mut self) -> Self {
        self.opacity = self.opacity.clamp(LEAST_OPACITY, 100);
        self.windows.truncate(MOST_PANES);
        if self.windows.is_empty() {
            self.windows.push(Pane::default());
        }
        for pane in &mut self.windows {
            if !is_overlay_name(&pane.name) {
                pane.name = Pane::default().name;
            }
        }
        self
    }
}

/// Whether `/overlay/NAME` is an overlay's path.
fn is_overlay_name(name: &str) -> bool {
    let plain = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    (1..=32).contains(&name.len()) && name.bytes().all(plain)
}

/// Global hot keys, in the form `Ctrl+Alt+Shift+S`. Empty for none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct HotKeys {
    /// Show the overlay.
    pub show: String,
    /// Hide the overlay.
    pub hide: String,
    /// Clicks pass through the overlay.
    pub click_through_on: String,
    /// The overlay takes clicks.
    pub click_through_off: String,
    /// The overlay takes clicks while this key is down.
    pub hold: String,
    /// More of the picture is seen.
    pub stronger: String,
    /// Less of the picture is seen.
    pub fainter: String,
    /// Clear the picture.
    pub clear: String,
    /// Bring the console to the front.
    pub console: String,
    /// Bring the viewer window to the front.
    pub viewer: String,
}

impl Default for HotKeys {
    fn default() -> Self {
        let key = |letter: &str| format!("Ctrl+Alt+Shift+{letter}");
        Self {
            show: key("S"),
            hide: key("H"),
            click_through_on: key("T"),
            click_through_off: key("Y"),
            hold: key("X"),
            stronger: key("Equal"),
            fainter: key("Minus"),
            clear: key("C"),
            console: key("O"),
            viewer: String::new(),
        }
    }
}

const OVERLAY: &str = "overlay";
const HOT_KEYS: &str = "hotKeys";
const BELL: &str = "notifications";
/// Sets of monitors a window's place is remembered for; the one not seen for longest goes.
const MOST_LAYOUTS: usize = 8;

/// The open file. Changes are written 100 ms later and when the program ends.
pub struct Settings {
    store: Arc<Store<Wry>>,
}

impl Settings {
    /// Opens `path`, which need not exist. A file that is not a JSON object is
    /// moved to `settings.json.broken`, never overwritten.
    pub fn open(app: &AppHandle, path: &Path) -> anyhow::Result<Self> {
        if is_broken(path) {
            let aside = path.with_extension("json.broken");
            std::fs::rename(path, &aside)?;
            tracing::warn!(
                "settings {} is not a JSON object; moved to {}, defaults used",
                path.display(),
                aside.display()
            );
        }
        let settings = Self { store: StoreBuilder::new(app, path).build()? };
        // Written out whole, so that there is something to edit.
        settings.write(OVERLAY, &settings.overlay());
        settings.write(HOT_KEYS, &settings.hot_keys());
        settings.write(BELL, &settings.bell());
        Ok(settings)
    }

    /// The overlay windows' settings, in bounds.
    pub fn overlay(&self) -> OverlaySettings {
        self.read::<OverlaySettings>(OVERLAY).bounded()
    }

    /// Changes the overlay windows' settings; what is out of bounds moves inside.
    pub fn change_overlay(&self, change: impl FnOnce(&mut OverlaySettings)) {
        let mut overlay = self.overlay();
        change(&mut overlay);
        self.write(OVERLAY, &overlay.bounded());
    }

    /// The hot keys.
    pub fn hot_keys(&self) -> HotKeys {
        self.read(HOT_KEYS)
    }

    /// What notifications are shown for.
    pub fn bell(&self) -> BellSettings {
        self.read(BELL)
    }

    /// Changes what notifications are shown for.
    pub fn set_bell(&self, bell: &BellSettings) {
        self.write(BELL, bell);
    }

    /// Where the window `label` was on this set of monitors; `None` if it never was.
    pub fn place_on(&self, label: &str, layout: &str) -> Option<Place> {
        self.layouts(label).into_iter().find(|(on, _)| on == layout).map(|(_, place)| place)
    }

    /// Remembers where the window `label` is on this set of monitors.
    pub fn set_place_on(&self, label: &str, layout: &str, place: &Place) {
        let mut layouts = self.layouts(label);
        layouts.retain(|(on, _)| on != layout);
        layouts.insert(0, (layout.to_owned(), *place));
        layouts.truncate(MOST_LAYOUTS);
        self.write(&layouts_key(label), &layouts);
    }

    fn layouts(&self, label: &str) -> Vec<(String, Place)> {
        self.read(&layouts_key(label))
    }

    /// Where the window `label` was last; `None` if it was never moved.
    pub fn place(&self, label: &str) -> Option<Place> {
        serde_json::from_value(self.store.get(place_key(label))?).ok()
    }

    /// Remembers where the window `label` is.
    pub fn set_place(&self, label: &str, place: &Place) {
        self.write(&place_key(label), place);
    }

    /// The file is written in place, so it is left alone where nothing changes.
    fn write<T: Serialize>(&self, key: &str, value: &T) {
        let value = json(value);
        if self.store.get(key).as_ref() != Some(&value) {
            self.store.set(key, value);
        }
    }

    fn read<T: DeserializeOwned + Default>(&self, key: &str) -> T {
        let Some(value) = self.store.get(key) else { return T::default() };
        serde_json::from_value(value).unwrap_or_else(|error| {
            tracing::warn!("settings: \"{key}\" not understood, defaults used: {error}");
            T::default()
        })
    }
}

fn place_key(label: &str) -> String {
    format!("window.{label}")
}

fn layouts_key(label: &str) -> String {
    format!("layouts.{label}")
}

fn json<T: Serialize>(value: &T) -> serde_json::Value {
    serde_json::to_value(value).expect("settings hold only strings, numbers and booleans")
}

/// Whether `path` holds something that is not a JSON object.
fn is_broken(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| {
        serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&bytes).is_err()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_object_means_every_default() {
        let overlay: OverlaySettings = serde_json::from_str("{}").expect("has defaults");
        let keys: HotKeys = serde_json::from_str(r#"{"show":"F9"}"#).expect("has defaults");
        assert_eq!(overlay, OverlaySettings::default());
        assert_eq!((keys.show.as_str(), keys.hide.as_str()), ("F9", "Ctrl+Alt+Shift+H"));
    }

    #[test]
    fn what_is_out_of_bounds_moves_inside() {
        let text =
            r#"{"opacity":0,"windows":[{"name":"../console"},{"name":"side","monitor":"HDMI-1"}]}"#;
        let overlay =
            serde_json::from_str::<OverlaySettings>(text).expect("has defaults").bounded();
        assert_eq!(overlay.opacity, LEAST_OPACITY);
        let side = Pane { name: "side".into(), monitor: Some("HDMI-1".into()) };
        assert_eq!(overlay.windows, [Pane::default(), side]);

        let many = OverlaySettings { windows: vec![Pane::default(); 99], ..overlay };
        assert_eq!(many.bounded().windows.len(), MOST_PANES);
        let none: OverlaySettings =
            serde_json::from_str(r#"{"windows":[]}"#).expect("has defaults");
        assert_eq!(none.bounded().windows, [Pane::default()]);
    }

    #[test]
    fn half_a_file_is_broken_and_a_missing_one_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("settings.json");
        assert!(!is_broken(&path));
        std::fs::write(&path, "{\"overlay\":").expect("written");
        assert!(is_broken(&path));
        std::fs::write(&path, "{}").expect("written");
        assert!(!is_broken(&path));
    }
}
