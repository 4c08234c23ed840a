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

/// Says which settings of this session break the overlay.
#[cfg(target_os = "linux")]
pub fn warn() {
    for name in ["WEBKIT_DISABLE_COMPOSITING_MODE", "WEBKIT_DISABLE_DMABUF_RENDERER"] {
        if std::env::var(name).is_ok_and(|value| !value.is_empty() && value != "0") {
            eprintln!(
                "surtitle: {name} is set: the overlay window is then never cleared and every \
                 comment leaves a trail; unset it, or use the overlay link in OBS instead"
            );
        }
    }
}

/// None known.
#[cfg(any(target_os = "windows", target_os = "macos"))]
pub fn warn() {}
