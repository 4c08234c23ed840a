//! Whether the desktop can draw a transparent window.

/// Whether a compositor runs now. Main thread only.
///
/// Without one a "transparent" window covers everything below it in black.
#[cfg(target_os = "linux")]
pub fn is_running() -> bool {
    // GDK follows the owner of _NET_WM_CM_S0 by itself; Wayland always composes.
    gtk::gdk::Screen::default().is_some_and(|screen| screen.is_composited())
}

/// Always: the desktop window manager cannot be switched off since Windows 8.
#[cfg(target_os = "windows")]
pub fn is_running() -> bool {
    true
}

/// Always: the window server composes every window.
#[cfg(target_os = "macos")]
pub fn is_running() -> bool {
    true
}
