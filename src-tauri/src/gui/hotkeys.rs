//! Global hot keys, from anywhere on the desktop.

use super::{command::Command, settings::HotKeys, shell::Shell};
use tauri::{AppHandle, Manager};
use tauri_plugin_global_shortcut::{GlobalShortcutExt, ShortcutState};

/// Registers every key of the settings. One that is taken or misspelt is said
/// in the log; the others work.
pub fn register(app: &AppHandle) {
    let keys = app.state::<Shell>().settings.hot_keys();
    for (name, key, command) in bindings(keys) {
        let registered = app.global_shortcut().on_shortcut(key.as_str(), move |app, _, event| {
            match event.state {
                ShortcutState::Pressed => command.clone().perform(app),
                ShortcutState::Released if command == Command::Hold => {
                    Command::Release.perform(app)
                }
                ShortcutState::Released => {}
            }
        });
        match registered {
            Ok(()) => tracing::debug!("hot key \"{key}\": {name}"),
            Err(error) => tracing::warn!(
                "hot key \"{key}\" for {name} does not work ({error}); \
                 change hotKeys.{name} in settings.json"
            ),
        }
    }
}

/// Setting name, key and command of every key that is set.
fn bindings(keys: HotKeys) -> Vec<(&'static str, String, Command)> {
    let mut bindings = vec![
        ("show", keys.show, Command::ShowOverlay),
        ("hide", keys.hide, Command::HideOverlay),
        ("clickThroughOn", keys.click_through_on, Command::PassClicks),
        ("clickThroughOff", keys.click_through_off, Command::CatchClicks),
        ("hold", keys.hold, Command::Hold),
        ("stronger", keys.stronger, Command::Stronger),
        ("fainter", keys.fainter, Command::Fainter),
        ("clear", keys.clear, Command::Clear),
        ("console", keys.console, Command::OpenConsole),
        ("viewer", keys.viewer, Command::OpenViewer),
    ];
    bindings.retain(|(_, key, _)| !key.trim().is_empty());
    bindings
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;
    use tauri_plugin_global_shortcut::Shortcut;

    #[test]
    fn every_default_key_is_understood_and_used_once() {
        let bindings = bindings(HotKeys::default());
        let keys: HashSet<u32> = bindings
            .iter()
            .map(|(name, key, _)| {
                key.parse::<Shortcut>().unwrap_or_else(|e| panic!("{name}: {e}")).id()
            })
            .collect();
        assert_eq!(keys.len(), 9);
    }

    #[test]
    fn an_empty_key_is_no_key() {
        let keys = HotKeys { clear: " ".into(), ..HotKeys::default() };
        assert!(bindings(keys).iter().all(|(name, ..)| *name != "clear"));
    }
}
