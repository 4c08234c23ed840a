//! What the tray, a hot key or a second start may ask of the shell.
//!
//! Every command sets a state; none toggles one, so pressing a key twice or on
//! two devices is harmless.

use super::{notice, overlay, shell::Shell, tray, windows};
use surtitle_core::wire::HostCommand;
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
    /// Take everything off the picture, on every surface.
    Clear,
    /// Bring the console to the front.
    OpenConsole,
    /// Bring the viewer window to the front.
    OpenViewer,
    /// Put the link for a browser source on the clipboard.
    CopyOverlayLink,
    /// Put the overlay on the monitor of this name; `None` for the primary one.
    Monitor(Option<String>),
    /// Stop the server and end.
    Quit,
}

const MONITOR: &str = "monitor:";

impl Command {
    /// A menu id, read back by [`Self::from_id`].
    pub fn id(&self) -> String {
        match self {
            Self::ShowOverlay => "show".into(),
            Self::HideOverlay => "hide".into(),
            Self::PassClicks => "pass-clicks".into(),
            Self::CatchClicks => "catch-clicks".into(),
            Self::Clear => "clear".into(),
            Self::OpenConsole => "console".into(),
            Self::OpenViewer => "viewer".into(),
            Self::CopyOverlayLink => "copy-overlay-link".into(),
            Self::Monitor(name) => format!("{MONITOR}{}", name.as_deref().unwrap_or_default()),
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
            "clear" => Self::Clear,
            "console" => Self::OpenConsole,
            "viewer" => Self::OpenViewer,
            "copy-overlay-link" => Self::CopyOverlayLink,
            "quit" => Self::Quit,
            _ => {
                let name = id.strip_prefix(MONITOR)?;
                Self::Monitor((!name.is_empty()).then(|| name.to_owned()))
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
            Self::PassClicks => shell.settings.change_overlay(|o| o.click_through = true),
            Self::CatchClicks => shell.settings.change_overlay(|o| o.click_through = false),
            Self::Monitor(name) => shell.settings.change_overlay(|o| o.monitor = name),
            Self::Clear => {
                let app = app.clone();
                tauri::async_runtime::spawn(async move {
                    app.state::<Shell>().command(&app, HostCommand::Clear).await;
                });
                return;
            }
            Self::OpenConsole => return open(app, windows::Kind::Console),
            Self::OpenViewer => return open(app, windows::Kind::Viewer),
            Self::CopyOverlayLink => {
                let link = shell.origin.page(overlay::PATH).to_string();
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

fn open(app: &AppHandle, kind: windows::Kind) {
    if let Err(error) = windows::open(app, kind) {
        notice::warn(
            app,
            "Surtitle",
            &format!("window \"{}\" does not open: {error}", kind.label()),
        );
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
            Command::Monitor(None),
            Command::Monitor(Some("HDMI-1 (2)".into())),
            Command::Quit,
        ] {
            assert_eq!(Command::from_id(&command.id()), Some(command));
        }
    }

    #[test]
    fn an_id_of_something_else_is_no_command() {
        assert_eq!(Command::from_id("separator"), None);
    }
}
