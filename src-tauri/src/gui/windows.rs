//! The console and the viewer window.

use super::{browser, notice, place::Place, screens, shell::Shell, tray};
use std::sync::atomic::Ordering;
use tauri::{
    AppHandle, CloseRequestApi, Manager, PhysicalPosition, PhysicalSize, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, webview::NewWindowResponse,
};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogResult};

/// Which window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The host's page.
    Console,
    /// The audience's page, as a guest sees it.
    Viewer,
}

impl Kind {
    /// Label of the window.
    pub fn label(self) -> &'static str {
        match self {
            Self::Console => "console",
            Self::Viewer => "viewer",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Console => "Surtitle",
            Self::Viewer => "Surtitle viewer",
        }
    }

    /// First and smallest inner size in logical pixels.
    fn sizes(self) -> ((f64, f64), (f64, f64)) {
        match self {
            Self::Console => ((1280.0, 800.0), (1024.0, 700.0)),
            Self::Viewer => ((1024.0, 720.0), (360.0, 560.0)),
        }
    }

    fn of(label: &str) -> Option<Self> {
        [Self::Console, Self::Viewer].into_iter().find(|kind| kind.label() == label)
    }
}

/// Brings the window to the front, creating it if need be. Main thread only.
pub fn open(app: &AppHandle, kind: Kind) -> tauri::Result<()> {
    let window = match app.get_webview_window(kind.label()) {
        Some(window) => window,
        None => create(app, kind)?,
    };
    window.show()?;
    window.unminimize()?;
    window.set_focus()
}

fn create(app: &AppHandle, kind: Kind) -> tauri::Result<WebviewWindow> {
    let shell = app.state::<Shell>();
    let (path, token) = match kind {
        Kind::Console => ("/console", Some(shell.host.as_str())),
        Kind::Viewer => (shell.viewer.as_str(), None),
    };
    let own = shell.origin.clone();
    let ((width, height), (min_width, min_height)) = kind.sizes();
    let window =
        WebviewWindowBuilder::new(app, kind.label(), WebviewUrl::External(shell.origin.page(path)))
            .title(kind.title())
            .initialization_script(shell.origin.introduction(token))
            .data_directory(shell.webview.clone())
            .on_navigation(move |url| own.owns(url))
            .on_new_window(|url, _| {
                browser::open(&url);
                NewWindowResponse::Deny
            })
            .inner_size(width, height)
            .min_inner_size(min_width, min_height)
            .center()
            .visible(false)
            .build()?;
    if let Some(place) = shell.settings.place(kind.label())
        && place.is_reachable(&screens::list(app))
    {
        window.set_size(PhysicalSize::new(place.width, place.height))?;
        window.set_position(PhysicalPosition::new(place.x, place.y))?;
        if place.maximized {
            window.maximize()?;
        }
    }
    Ok(window)
}

/// Remembers where a window is, after it moved. Hidden and minimized windows
/// have no place of their own.
pub fn remember(app: &AppHandle, label: &str) {
    let (Some(_), Some(shell), Some(window)) =
        (Kind::of(label), app.try_state::<Shell>(), app.get_webview_window(label))
    else {
        return;
    };
    if let Some(place) = place_of(&window, shell.settings.place(label)) {
        shell.settings.set_place(label, &place);
    }
}

fn place_of(window: &WebviewWindow, before: Option<Place>) -> Option<Place> {
    if !window.is_visible().ok()? || window.is_minimized().ok()? {
        return None;
    }
    if window.is_maximized().ok()? {
        return before.map(|place| Place { maximized: true, ..place });
    }
    let (position, size) = (window.outer_position().ok()?, window.inner_size().ok()?);
    Some(Place {
        x: position.x,
        y: position.y,
        width: size.width,
        height: size.height,
        maximized: false,
    })
}

/// What closing a window means.
///
/// The viewer window closes; the overlay cannot be closed by itself. The
/// console hides if the tray can bring it back; otherwise the streamer is
/// asked, because on air a closed window must not end the show.
pub fn close_requested(app: &AppHandle, label: &str, api: &CloseRequestApi) {
    let kind = Kind::of(label);
    if kind == Some(Kind::Viewer) {
        return;
    }
    api.prevent_close();
    if kind != Some(Kind::Console) {
        return;
    }
    if tray::is_seen(app) {
        hide_console(app);
    } else {
        ask_before_closing(app);
    }
}

fn hide_console(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(Kind::Console.label())
        && let Err(error) = window.hide()
    {
        notice::warn(app, "Surtitle", &format!("console does not hide: {error}"));
    }
}

const HIDE: &str = "Hide";
const QUIT: &str = "Quit";
const CANCEL: &str = "Cancel";

/// Asks what closing the console means, once at a time. The first answer, which
/// Return gives, and the last, which Escape gives, are both harmless.
fn ask_before_closing(app: &AppHandle) {
    if app.state::<Shell>().asking.swap(true, Ordering::Relaxed) {
        return;
    }
    let asked = app.clone();
    app.dialog()
        .message(
            "This desktop shows no tray icon. A hidden console comes back by its hot key or by \
             starting Surtitle again.\n\nQuitting ends the room and the overlay.",
        )
        .title("Close the console?")
        .buttons(MessageDialogButtons::YesNoCancelCustom(HIDE.into(), QUIT.into(), CANCEL.into()))
        .show_with_result(move |answer| {
            asked.state::<Shell>().asking.store(false, Ordering::Relaxed);
            match answer {
                MessageDialogResult::Custom(button) if button == QUIT => asked.exit(0),
                MessageDialogResult::No => asked.exit(0),
                MessageDialogResult::Custom(button) if button == HIDE => hide_console(&asked),
                MessageDialogResult::Yes => hide_console(&asked),
                _ => {}
            }
        });
}
