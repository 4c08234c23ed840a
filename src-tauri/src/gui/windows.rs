//! The console and the viewer window.

use super::{browser, notice, place::Place, screens, shell::Shell, tray};
use std::sync::atomic::Ordering;
use surtitle_core::RoomId;
use tauri::{
    AppHandle, CloseRequestApi, Manager, PhysicalPosition, PhysicalSize, Url, WebviewUrl,
    WebviewWindow, WebviewWindowBuilder, webview::NewWindowResponse,
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
        None => {
            let shell = app.state::<Shell>();
            let path = match kind {
                Kind::Console => "/console",
                Kind::Viewer => &shell.viewer,
            };
            create(app, kind, shell.origin.page(path))?
        }
    };
    bring(&window)
}

/// Brings the viewer window to the front, on this room. Main thread only.
pub fn join(app: &AppHandle, room: &RoomId) -> tauri::Result<()> {
    let page = app.state::<Shell>().origin.page(&format!("/viewer/{room}"));
    let window = match app.get_webview_window(Kind::Viewer.label()) {
        Some(window) => {
            // On the room already, what is being written there stays.
            if window.url()?.path() != page.path() {
                window.navigate(page)?;
            }
            window
        }
        None => create(app, Kind::Viewer, page)?,
    };
    tracing::debug!("viewer window opens on room \"{room}\"");
    bring(&window)
}

fn bring(window: &WebviewWindow) -> tauri::Result<()> {
    window.show()?;
    window.unminimize()?;
    window.set_focus()
}

fn create(app: &AppHandle, kind: Kind, page: Url) -> tauri::Result<WebviewWindow> {
    let shell = app.state::<Shell>();
    let token = match kind {
        Kind::Console => Some(shell.host.as_str()),
        Kind::Viewer => None,
    };
    let own = shell.origin.clone();
    let ((width, height), (min_width, min_height)) = kind.sizes();
    let window = WebviewWindowBuilder::new(app, kind.label(), WebviewUrl::External(page))
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
    let screens = screens::list(app);
    let place = shell
        .settings
        .place_on(kind.label(), &screens::words(&screens))
        .or_else(|| shell.settings.place(kind.label()));
    if let Some(place) = place.and_then(|place| place.mended(&screens)) {
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

/// Remembers where the windows are on the monitors there are now, so that each
/// is back in its place when a monitor that was away is back. Main thread only.
///
/// Not while the monitors change: a window manager moves windows off a monitor
/// that goes, and that is not where the streamer put them.
pub fn keep_places(app: &AppHandle) {
    let Some(shell) = app.try_state::<Shell>() else { return };
    let now = screens::words(&screens::list(app));
    {
        let mut before = shell.layout.lock().expect("never held while panicking");
        if *before != now {
            *before = now;
            return;
        }
    }
    for kind in [Kind::Console, Kind::Viewer] {
        if let Some(window) = app.get_webview_window(kind.label())
            && let Some(place) = place_of(&window, shell.settings.place(kind.label()))
        {
            shell.settings.set_place_on(kind.label(), &now, &place);
        }
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
        keep_places(app);
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
