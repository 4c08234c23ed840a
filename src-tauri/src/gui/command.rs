//! What the tray, a hot key or a second start may ask of the shell.
//!
//! A command sets a state; none toggles one, so pressing a key twice or on two
//! devices is harmless. Only the opacity goes by steps.

use super::{
    notice, overlay,
    settings::{OPACITY_STEP, Pane},
    shell::Shell,
    tray, windows,
};
use std::sync::atomic::Ordering;
use surtitle_core::{RoomId, wire::HostCommand};
use tauri::{AppHandle, Manager};
use tauri_plugin_clipboard_manager::ClipboardExt;

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Show the overlay window.
    ShowOverlay,
    /// Hide the overlay window.
    HideOverlay,
    /// Clicks pass through the overlay to what is below.
    PassClicks,
    /// The overlay takes clicks.
    CatchClicks,
    /// The overlay takes clicks until [`Self::Release`].
    Hold,
    /// The key of [`Self::Hold`] was let go.
    Release,
    /// More of the picture is seen: one step, the only commands that are not states.
    Stronger,
    /// Less of the picture is seen.
    Fainter,
    /// Take the pinned line off the picture, on every surface.
    Unpin,
    /// Take everything off the picture, on every surface.
    Clear,
    /// Bring the console to the front.
    OpenConsole,
    /// Bring the viewer window to the front.
    OpenViewer,
    /// Bring the viewer window to the front, on this room.
    Join(RoomId),
    /// Put the link for a browser source on the clipboard.
    CopyOverlayLink,
    /// Put the overlay window of this number on the monitor of this name;
    /// `None` for the primary one.
    Monitor(usize, Option<String>),
    /// Stop the server and end.
    Quit,
}

const MONITOR: &str = "monitor:";
const JOIN: &str = "join:";

impl Command {
    /// A menu id, read back by [`Self::from_id`].
    pub fn id(&self) -> String {
        match self {
            Self::ShowOverlay => "show".into(),
            Self::HideOverlay => "hide".into(),
            Self::PassClicks => "pass-clicks".into(),
            Self::CatchClicks => "catch-clicks".into(),
            Self::Hold => "hold".into(),
            Self::Release => "release".into(),
            Self::Stronger => "stronger".into(),
            Self::Fainter => "fainter".into(),
            Self::Unpin => "unpin".into(),
            Self::Clear => "clear".into(),
            Self::OpenConsole => "console".into(),
            Self::OpenViewer => "viewer".into(),
            Self::Join(room) => format!("{JOIN}{room}"),
            Self::CopyOverlayLink => "copy-overlay-link".into(),
            Self::Monitor(pane, name) => {
                format!("{MONITOR}{pane}:{}", name.as_deref().unwrap_or_default())
            }
            Self::Quit => "quit".into(),
        }
    }

    /// The command of a menu id; `None` for an id that is no command.
    pub fn from_id(id: &str) -> Option<Self> {
        Some(match id {
            "show" => Self::ShowOverlay,
            "hide" => Self::HideOverlay,
            "pass-clicks" => Self::PassClicks,
            "catch-clicks" => Self::CatchClicks,
            "hold" => Self::Hold,
            "release" => Self::Release,
            "stronger" => Self::Stronger,
            "fainter" => Self::Fainter,
            "unpin" => Self::Unpin,
            "clear" => Self::Clear,
            "console" => Self::OpenConsole,
            "viewer" => Self::OpenViewer,
            "copy-overlay-link" => Self::CopyOverlayLink,
            "quit" => Self::Quit,
            _ if id.starts_with(JOIN) => Self::Join(RoomId::parse(&id[JOIN.len()..])?),
            _ => {
                let (pane, name) = id.strip_prefix(MONITOR)?.split_once(':')?;
                Self::Monitor(pane.parse().ok()?, (!name.is_empty()).then(|| name.to_owned()))
            }
        })
    }

    /// Carries it out on the main thread, from any thread. Before the server
    /// has started there is nothing to do it to, and nothing happens.
    pub fn perform(self, app: &AppHandle) {
        let on_main = app.clone();
        let queued = app.run_on_main_thread(move || {
            if on_main.try_state::<Shell>().is_some() {
                self.perform_now(&on_main);
            }
        });
        if let Err(error) = queued {
            tracing::debug!("shell is ending, command dropped: {error}");
        }
    }

    fn perform_now(self, app: &AppHandle) {
        let shell = app.state::<Shell>();
        match self {
            Self::ShowOverlay => shell.settings.change_overlay(|o| o.visible = true),
            Self::HideOverlay => shell.settings.change_overlay(|o| o.visible = false),
            Self::PassClicks => {
                // A key whose release was never seen is let go by this too.
                shell.held.store(false, Ordering::Relaxed);
                shell.settings.change_overlay(|o| o.click_through = true);
            }
            Self::CatchClicks => shell.settings.change_overlay(|o| o.click_through = false),
            Self::Hold => shell.held.store(true, Ordering::Relaxed),
            Self::Release => shell.held.store(false, Ordering::Relaxed),
            Self::Stronger => shell.settings.change_overlay(|o| o.opacity += OPACITY_STEP),
            Self::Fainter => {
                shell
                    .settings
                    .change_overlay(|o| o.opacity = o.opacity.saturating_sub(OPACITY_STEP));
            }
            Self::Monitor(pane, name) => shell.settings.change_overlay(|o| {
                if let Some(Pane { monitor, .. }) = o.windows.get_mut(pane) {
                    *monitor = name;
                }
            }),
            Self::Unpin => return host(app, HostCommand::Unpin),
            Self::Clear => return host(app, HostCommand::Clear),
            Self::OpenConsole => return opened(app, windows::open(app, windows::Kind::Console)),
            Self::OpenViewer => return opened(app, windows::open(app, windows::Kind::Viewer)),
            Self::Join(room) => return opened(app, windows::join(app, &room)),
            Self::CopyOverlayLink => {
                let first = shell.settings.overlay().windows.swap_remove(0);
                let link = shell.origin.page(&overlay::path(&first.name)).to_string();
                if let Err(error) = app.clipboard().write_text(&link) {
                    notice::warn(app, "Overlay link", &format!("{link}\n\nnot copied: {error}"));
                }
                return;
            }
            Self::Quit => return app.exit(0),
        }
        overlay::apply(app);
        tray::refresh(app);
    }
}

/// Asks the server for it; a refusal is said.
fn host(app: &AppHandle, command: HostCommand) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        app.state::<Shell>().command(&app, command).await;
    });
}

/// Says that a window did not open.
fn opened(app: &AppHandle, outcome: tauri::Result<()>) {
    if let Err(error) = outcome {
        notice::warn(app, "Surtitle", &format!("the window does not open: {error}"));
    }
}

#[cfg(test)]
mod tests {
    use super::Command;

    #[test]
    fn a_menu_id_reads_back_as_its_command() {
        for command in [
            Command::ShowOverlay,
            Command::HideOverlay,
            Command::PassClicks,
            Command::CatchClicks,
            Command::Clear,
            Command::OpenConsole,
            Command::OpenViewer,
            Command::CopyOverlayLink,
            Command::Hold,
            Command::Release,
            Command::Stronger,
            Command::Fainter,
            Command::Unpin,
            Command::Monitor(0, None),
            Command::Monitor(2, Some("HDMI-1: (2)".into())),
            Command::Join("@TGS#ab".into()),
            Command::Quit,
        ] {
            assert_eq!(Command::from_id(&command.id()), Some(command));
        }
    }

    #[test]
    fn an_id_of_something_else_is_no_command() {
        for id in ["separator", "monitor:", "monitor:x:DP-1", "join:", "join:../console"] {
            assert_eq!(Command::from_id(id), None);
        }
    }
}
