//! What the shell remembers between runs: `settings.json` in the data directory.
//!
//! The file is the streamer's to edit while the program is closed; a value
//! that cannot be read is replaced by its default and said in the log.

use super::place::Place;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{path::Path, sync::Arc};
use tauri::{AppHandle, Wry};
use tauri_plugin_store::{Store, StoreBuilder};

/// The overlay window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OverlaySettings {
    /// Whether it is shown.
    pub visible: bool,
    /// Whether clicks pass through it.
    pub click_through: bool,
    /// Name of its monitor; `None` for the primary one.
    pub monitor: Option<String>,
    /// Linux: lie over full-screen programs too, unseen by OBS's window
    /// capture. Read when the program starts.
    pub over_full_screen: bool,
}

impl Default for OverlaySettings {
    fn default() -> Self {
        Self { visible: true, click_through: true, monitor: None, over_full_screen: true }
    }
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
            clear: key("C"),
            console: key("O"),
            viewer: String::new(),
        }
    }
}

const OVERLAY: &str = "overlay";
const HOT_KEYS: &str = "hotKeys";

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
        Ok(settings)
    }

    /// The overlay window's settings.
    pub fn overlay(&self) -> OverlaySettings {
        self.read(OVERLAY)
    }

    /// Changes the overlay window's settings.
    pub fn change_overlay(&self, change: impl FnOnce(&mut OverlaySettings)) {
        let mut overlay = self.overlay();
        change(&mut overlay);
        self.write(OVERLAY, &overlay);
    }

    /// The hot keys.
    pub fn hot_keys(&self) -> HotKeys {
        self.read(HOT_KEYS)
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
