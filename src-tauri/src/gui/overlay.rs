//! The overlay window: the overlay page, transparent, over one whole monitor.

use super::{browser, compositor, cover, notice, pointer, screens, shell::Shell};
use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, webview::NewWindowResponse,
};

/// Label of the window.
pub const LABEL: &str = "overlay";
/// Path of the overlay the window shows.
pub const PATH: &str = "/overlay/main";

const NO_COMPOSITOR: &str = "The overlay window is not shown: no compositor is running, and without \
     one it would cover the whole screen in black.\n\nStart a compositor (for example picom) and the \
     overlay appears by itself. The overlay link for OBS works without one.";

/// What the window was last made to be, so that nothing is done twice.
#[derive(Debug, Default)]
pub struct Seen {
    shown: bool,
    click_through: Option<bool>,
    /// The lack of a compositor was said, and there has been none since.
    warned: bool,
}

/// What the window should be now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Draw {
    /// Over the picture.
    Shown,
    /// Not wanted.
    Hidden,
    /// Wanted, but it would be black.
    Unsafe,
}

fn decide(wanted: bool, composited: bool) -> Draw {
    match (wanted, composited) {
        (false, _) => Draw::Hidden,
        (true, true) => Draw::Shown,
        (true, false) => Draw::Unsafe,
    }
}

/// Creates the window, hidden; [`apply`] shows it.
pub fn create(app: &AppHandle) -> tauri::Result<()> {
    let shell = app.state::<Shell>();
    let own = shell.origin.clone();
    let window =
        WebviewWindowBuilder::new(app, LABEL, WebviewUrl::External(shell.origin.page(PATH)))
            .title("Surtitle overlay")
            .initialization_script(shell.origin.introduction(Some(&shell.display)))
            .data_directory(shell.webview.clone())
            .on_navigation(move |url| own.owns(url))
            .on_new_window(|url, _| {
                browser::open(&url);
                NewWindowResponse::Deny
            })
            .transparent(true)
            .decorations(false)
            .shadow(false)
            .always_on_top(true)
            .visible_on_all_workspaces(true)
            .skip_taskbar(true)
            .focusable(false)
            .focused(false)
            .visible(false)
            .build()?;
    cover::prepare(&window, &shell.settings.overlay())
}

/// Brings the window in line with the settings and the desktop. Main thread
/// only; cheap when nothing changed.
pub fn apply(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    if let Err(error) = try_apply(app, &window) {
        tracing::warn!("overlay window: {error}");
    }
}

fn try_apply(app: &AppHandle, window: &WebviewWindow) -> tauri::Result<()> {
    let shell = app.state::<Shell>();
    let wanted = shell.settings.overlay();
    let mut seen = shell.overlay.lock().expect("only this function holds it");
    let draw = decide(wanted.visible, compositor::is_running());

    if draw != Draw::Unsafe {
        seen.warned = false;
    } else if !seen.warned {
        seen.warned = true;
        notice::warn(app, "Surtitle: no compositor", NO_COMPOSITOR);
    }

    if draw != Draw::Shown {
        if seen.shown {
            window.hide()?;
            seen.shown = false;
        }
        return Ok(());
    }

    if seen.click_through != Some(wanted.click_through) {
        pointer::pass_through(window, wanted.click_through)?;
        seen.click_through = Some(wanted.click_through);
    }
    let first = !seen.shown;
    if first {
        window.show()?;
        seen.shown = true;
    }
    let all = screens::list(app);
    let index = screens::choose(&all, wanted.monitor.as_deref());
    if let Some((index, screen)) = index.and_then(|i| Some((i, all.get(i)?)))
        && (first || !cover::covers(window, screen))
    {
        cover::cover(window, screen, index, &wanted)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Draw, decide};

    #[test]
    fn a_wanted_overlay_without_a_compositor_is_not_shown() {
        assert_eq!(decide(true, false), Draw::Unsafe);
        assert_eq!(decide(true, true), Draw::Shown);
        assert_eq!(decide(false, false), Draw::Hidden);
    }
}
