//! Lets clicks through a window to what is below it.

use tauri::WebviewWindow;

/// Switches it. Main thread only.
///
/// Tauri's own call leaves one pixel, the top left one, that still takes
/// clicks: a screen corner people aim at. An empty shape leaves none, and GTK
/// sets it again by itself whenever the window is mapped anew.
#[cfg(target_os = "linux")]
pub fn pass_through(window: &WebviewWindow, on: bool) -> tauri::Result<()> {
    use gtk::{cairo::Region, prelude::WidgetExt};

    let empty = Region::create();
    window.gtk_window()?.input_shape_combine_region(on.then_some(&empty));
    Ok(())
}

/// Switches it.
#[cfg(target_os = "windows")]
pub fn pass_through(window: &WebviewWindow, on: bool) -> tauri::Result<()> {
    window.set_ignore_cursor_events(on)
}

/// Switches it.
#[cfg(target_os = "macos")]
pub fn pass_through(window: &WebviewWindow, on: bool) -> tauri::Result<()> {
    window.set_ignore_cursor_events(on)
}
