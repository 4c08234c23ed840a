//! Makes a window as large as a monitor, over panels, task bars and, where the
//! system lets it, over programs that run in full screen.

#[cfg(target_os = "linux")]
use super::session;
use super::{screens::Screen, settings::OverlaySettings};
use tauri::{PhysicalPosition, PhysicalSize, WebviewWindow};

/// Whether `window` fills `screen` and nothing else. Under Wayland a window does
/// not know where it is; there its size must do.
pub fn covers(window: &WebviewWindow, screen: &Screen) -> bool {
    #[cfg(target_os = "linux")]
    if !session::is_x11() {
        return window
            .inner_size()
            .is_ok_and(|s| s == PhysicalSize::new(screen.width, screen.height));
    }
    window.inner_position().is_ok_and(|p| p == PhysicalPosition::new(screen.x, screen.y))
        && window.inner_size().is_ok_and(|s| s == PhysicalSize::new(screen.width, screen.height))
}

/// Readies a new window, before it is shown for the first time. Main thread only.
///
/// Window managers put the full-screen program in use above every window they
/// manage, "always on top" or not, so over a game the overlay must not be
/// managed. The price: OBS does not offer it for window capture, because it
/// lists managed windows only.
#[cfg(target_os = "linux")]
pub fn prepare(window: &WebviewWindow, settings: &OverlaySettings) -> tauri::Result<()> {
    use gtk::prelude::WidgetExt;

    let window = window.gtk_window()?;
    window.realize();
    if let Some(below) = window.window() {
        below.set_override_redirect(settings.over_full_screen);
    }
    Ok(())
}

/// Nothing to ready: a topmost window lies over borderless full screen.
#[cfg(any(target_os = "windows", target_os = "macos"))]
pub fn prepare(_window: &WebviewWindow, _settings: &OverlaySettings) -> tauri::Result<()> {
    Ok(())
}

/// Fills `screen`, number `index` of the system's list. Main thread only.
///
/// A managed window goes full screen, because a plain size is not kept: window
/// managers take room for a frame it does not have, or keep it off the panel.
#[cfg(target_os = "linux")]
pub fn cover(
    window: &WebviewWindow,
    _screen: &Screen,
    index: usize,
    settings: &OverlaySettings,
) -> tauri::Result<()> {
    use gtk::prelude::{GtkWindowExt, MonitorExt, WidgetExt};

    let window = window.gtk_window()?;
    let index = i32::try_from(index).unwrap_or(0);
    let (Some(screen), Some(monitor)) =
        (GtkWindowExt::screen(&window), window.display().monitor(index))
    else {
        return Ok(());
    };
    // Under Wayland only full screen reaches a monitor of our choice.
    if settings.over_full_screen && session::is_x11() {
        let area = monitor.geometry();
        window.move_(area.x(), area.y());
        window.resize(area.width(), area.height());
        return Ok(());
    }
    if window.is_mapped() {
        // Some window managers ignore a move of a window that is full screen.
        window.unfullscreen();
    }
    window.fullscreen_on_monitor(&screen, index);
    Ok(())
}

/// Fills `screen`. A borderless topmost window of its size lies over the task bar.
#[cfg(target_os = "windows")]
pub fn cover(
    window: &WebviewWindow,
    screen: &Screen,
    _index: usize,
    _settings: &OverlaySettings,
) -> tauri::Result<()> {
    place(window, screen)
}

/// Fills `screen`. Full screen would move the overlay to a space of its own.
#[cfg(target_os = "macos")]
pub fn cover(
    window: &WebviewWindow,
    screen: &Screen,
    _index: usize,
    _settings: &OverlaySettings,
) -> tauri::Result<()> {
    place(window, screen)
}

#[cfg(not(target_os = "linux"))]
fn place(window: &WebviewWindow, screen: &Screen) -> tauri::Result<()> {
    window.set_position(PhysicalPosition::new(screen.x, screen.y))?;
    window.set_size(PhysicalSize::new(screen.width, screen.height))
}
