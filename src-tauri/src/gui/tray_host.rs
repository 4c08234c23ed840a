//! Whether somebody shows tray icons.

/// Whether a tray icon can be seen now. Main thread only; takes at most half a second.
///
/// Desktops without a StatusNotifier host (GNOME without its extension, bare
/// window managers) accept an icon and never show it.
#[cfg(target_os = "linux")]
pub fn is_present() -> bool {
    use gtk::{
        gio::{BusType, Cancellable, DBusCallFlags, bus_get_sync},
        glib::{Variant, prelude::ToVariant},
    };
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    const TIMEOUT_MS: i32 = 500;

    let Ok(bus) = bus_get_sync(BusType::Session, Cancellable::NONE) else { return false };
    bus.call_sync(
        Some(WATCHER),
        "/StatusNotifierWatcher",
        "org.freedesktop.DBus.Properties",
        "Get",
        Some(&(WATCHER, "IsStatusNotifierHostRegistered").to_variant()),
        None,
        DBusCallFlags::NO_AUTO_START,
        TIMEOUT_MS,
        Cancellable::NONE,
    )
    .ok()
    .and_then(|answer| answer.child_value(0).get::<Variant>())
    .and_then(|value| value.get::<bool>())
    .unwrap_or(false)
}

/// Always: the task bar has a notification area.
#[cfg(target_os = "windows")]
pub fn is_present() -> bool {
    true
}

/// Always: the menu bar shows status items.
#[cfg(target_os = "macos")]
pub fn is_present() -> bool {
    true
}
