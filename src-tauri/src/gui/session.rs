//! The desktop session the shell is started in.

/// Whether there is a display to open windows on.
#[cfg(target_os = "linux")]
pub fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Always: a program started by a user has a session.
#[cfg(any(target_os = "windows", target_os = "macos"))]
pub fn has_display() -> bool {
    true
}

/// Readies the toolkit. Before anything else, on the main thread.
///
/// X11 is asked for first, also under Wayland (where XWayland answers): a
/// Wayland client can neither stay on top nor choose where it stands.
#[cfg(target_os = "linux")]
pub fn prepare() -> anyhow::Result<()> {
    gtk::gdk::set_allowed_backends("x11,*");
    gtk::init().map_err(|_| {
        let display = std::env::var("DISPLAY").unwrap_or_default();
        anyhow::anyhow!(
            "display \"{display}\" does not answer; check DISPLAY, or run `surtitle serve`"
        )
    })
}

/// Nothing to ready.
#[cfg(any(target_os = "windows", target_os = "macos"))]
pub fn prepare() -> anyhow::Result<()> {
    Ok(())
}

/// Whether windows are X11 windows, under Wayland those of XWayland. Main thread only.
#[cfg(target_os = "linux")]
pub fn is_x11() -> bool {
    use gtk::prelude::DisplayExtManual;
    gtk::gdk::Display::default().is_some_and(|display| display.backend().is_x11())
}

/// What the overlay cannot do in this session, in words for the streamer.
/// Main thread only.
#[cfg(target_os = "linux")]
pub fn limits() -> Option<&'static str> {
    let wayland = std::env::var_os("WAYLAND_DISPLAY").is_some_and(|name| !name.is_empty())
        || std::env::var("XDG_SESSION_TYPE").is_ok_and(|kind| kind == "wayland");
    match (is_x11(), wayland) {
        (true, false) => None,
        (true, true) => Some(
            "This is a Wayland session. The overlay runs through XWayland, which keeps it on top, but \
             hot keys are heard only while an XWayland window has the keyboard: use the tray or this \
             console, or log in to an X11 session.",
        ),
        (false, _) => Some(
            "This is a Wayland session without XWayland. The overlay fills its monitor and lets clicks \
             through, but it cannot stay above other windows, and hot keys do not work. Install \
             XWayland, log in to an X11 session, or use the overlay link in OBS.",
        ),
    }
}

/// None known.
#[cfg(any(target_os = "windows", target_os = "macos"))]
pub fn limits() -> Option<&'static str> {
    None
}

/// Settings of the session under which a transparent window is never cleared,
/// so that every comment leaves a trail.
#[cfg(target_os = "linux")]
const OPAQUE: [&str; 2] = ["WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_DISABLE_DMABUF_RENDERER"];

/// Which setting of this session makes a transparent window impossible, and
/// what to do; `None` if none does.
#[cfg(target_os = "linux")]
pub fn opaque() -> Option<String> {
    let is_set =
        |name: &str| std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0");
    let name = OPAQUE.into_iter().find(|name| is_set(name))?;
    Some(format!(
        "The overlay window is not shown: {name} is set. Under it a transparent window is never \
         cleared, and every comment leaves a trail.\n\nStart Surtitle without {name} (in a terminal: \
         env -u {name} surtitle). If this computer needs it, use the overlay link in OBS instead."
    ))
}

/// None known.
#[cfg(any(target_os = "windows", target_os = "macos"))]
pub fn opaque() -> Option<String> {
    None
}
