//! Makes a window as large as a monitor, over panels and task bars.

use super::screens::Screen;
use tauri::{PhysicalPosition, PhysicalSize, WebviewWindow};

/// Whether `window` fills `screen` and nothing else.
pub fn covers(window: &WebviewWindow, screen: &Screen) -> bool {
    window.inner_position().is_ok_and(|p| p == PhysicalPosition::new(screen.x, screen.y))
        && window.inner_size().is_ok_and(|s| s == PhysicalSize::new(screen.width, screen.height))
}

/// Fills `screen`, number `index` of the system's list, once the window is
/// mapped. Main thread only.
///
/// A plain size is not kept: window managers take room for a frame the window
/// does not have, or keep it off the panel. Only full screen is exact.
#[cfg(target_os = "linux")]
pub fn cover(window: &WebviewWindow, _screen: &Screen, index: usize) -> tauri::Result<()> {
    use gtk::prelude::{GtkWindowExt, WidgetExt};

    let window = window.gtk_window()?;
    let Some(screen) = GtkWindowExt::screen(&window) else { return Ok(()) };
    if window.is_mapped() {
        // Some window managers ignore a move of a window that is full screen.
        window.unfullscreen();
    }
    window.fullscreen_on_monitor(&screen, i32::try_from(index).unwrap_or(0));
    Ok(())
}

/// Fills `screen`. A borderless topmost window of its size lies over the task bar.
#[cfg(target_os = "windows")]
pub fn cover(window: &WebviewWindow, screen: &Screen, _index: usize) -> tauri::Result<()> {
    place(window, screen)
}

/// Fills `screen`. Full screen would move the overlay to a space of its own.
#[cfg(target_os = "macos")]
pub fn cover(window: &WebviewWindow, screen: &Screen, _index: usize) -> tauri::Result<()> {
    place(window, screen)
}

#[cfg(not(target_os = "linux"))]
fn place(window: &WebviewWindow, screen: &Screen) -> tauri::Result<()> {
    window.set_position(PhysicalPosition::new(screen.x, screen.y))?;
    window.set_size(PhysicalSize::new(screen.width, screen.height))
}
