//! What pages may ask of the shell: eight commands, none of them of Tauri's own.
//!
//! | command | from | does |
//! |---|---|---|
//! | `hits` | an overlay window | says where its controls are, learns how it stands |
//! | `press` | an overlay window | a control of it was pressed |
//! | `desktop` | the console window | reads how the overlay windows stand |
//! | `opacity` | the console window | sets how much of the picture is seen |
//! | `links` | the console window | reads or sets whether this program opens `surtitle://` links |
//! | `bell`, `set_bell`, `try_bell` | the console window | what notifications are shown for, and one to see |
//!
//! [`open`] grants them to those windows only, and only to pages of our own
//! origin: the files in `capabilities/` grant nothing.

use super::{
    bell::{self as ringing, BellSettings},
    command::Command,
    links as opener, overlay,
    pane::Standing,
    pointer::{MOST_RECTS, Rect},
    settings::{HotKeys, OverlaySettings},
    shell::Shell,
    tray, windows,
};
use serde::Serialize;
use tauri::{AppHandle, Manager, WebviewWindow, ipc::CapabilityBuilder};

/// Why a command was not carried out.
#[derive(Debug, Serialize)]
pub struct Refusal {
    code: &'static str,
    message: String,
}

/// Grants the windows their commands, on the server's origin.
pub fn open(app: &AppHandle) -> tauri::Result<()> {
    let origin = app.state::<Shell>().origin.pages();
    let grant = |name: &str| CapabilityBuilder::new(name).local(false).remote(origin.clone());
    app.add_capability(
        grant("overlay-bridge")
            .window(format!("{}*", overlay::LABEL))
            .permission("allow-hits")
            .permission("allow-press"),
    )?;
    app.add_capability(
        grant("console-bridge")
            .window(windows::Kind::Console.label())
            .permission("allow-desktop")
            .permission("allow-opacity")
            .permission("allow-links")
            .permission("allow-bell")
            .permission("allow-set-bell")
            .permission("allow-try-bell"),
    )
}

/// The controls of an overlay page moved, came or went: x, y, width and height
/// of each in CSS px. At most [`MOST_RECTS`] count.
#[tauri::command]
pub fn hits(window: WebviewWindow, mut rects: Vec<Rect>) -> Standing {
    rects.truncate(MOST_RECTS);
    let standing = overlay::hits(&window, rects);
    let app = window.app_handle().clone();
    overlay::apply(&app);
    standing
}

/// A control of an overlay window was pressed. Only what its controls are for
/// is carried out: nothing that ends the program or opens a link.
#[tauri::command]
pub fn press(app: AppHandle, what: &str) -> Result<(), Refusal> {
    match Command::from_id(what) {
        Some(
            command @ (Command::Unpin
            | Command::Stronger
            | Command::Fainter
            | Command::PassClicks
            | Command::HideOverlay
            | Command::OpenConsole),
        ) => {
            command.perform(&app);
            Ok(())
        }
        _ => Err(Refusal {
            code: "not_a_control",
            message: format!("\"{what}\" is nothing a control of the overlay does"),
        }),
    }
}

/// How the overlay windows stand, for the console.
#[derive(Debug, Serialize)]
pub struct Desktop {
    overlay: OverlaySettings,
    keys: HotKeys,
    /// What they cannot do now, in sentences.
    limits: Vec<String>,
}

/// How the overlay windows stand.
#[tauri::command]
pub fn desktop(app: AppHandle) -> Desktop {
    let settings = &app.state::<Shell>().settings;
    Desktop { overlay: settings.overlay(), keys: settings.hot_keys(), limits: overlay::limits() }
}

/// Sets how much of the picture is seen, in percent; what is out of bounds moves inside.
#[tauri::command]
pub fn opacity(app: AppHandle, percent: u8) {
    app.state::<Shell>().settings.change_overlay(|overlay| overlay.opacity = percent);
    overlay::apply(&app);
    tray::refresh(&app);
}

/// Whether this program opens `surtitle://` links for this user; with `ours`
/// that is set first.
#[tauri::command]
pub async fn links(app: AppHandle, ours: Option<bool>) -> Result<bool, Refusal> {
    // Other programs are asked, each may take a moment.
    let asked = tauri::async_runtime::spawn_blocking(move || {
        if let Some(ours) = ours {
            opener::make_ours(&app, ours)?;
        }
        opener::are_ours(&app)
    });
    let said = asked.await.map_err(|error| refusal("links", &error))?;
    said.map_err(|error| refusal("links", &error))
}

/// What notifications are shown for.
#[tauri::command]
pub fn bell(app: AppHandle) -> BellSettings {
    app.state::<Shell>().settings.bell()
}

/// Sets what notifications are shown for.
#[tauri::command]
pub fn set_bell(app: AppHandle, settings: BellSettings) {
    app.state::<Shell>().settings.set_bell(&settings);
}

/// Shows a notification, so that the streamer sees whether they come through.
#[tauri::command]
pub async fn try_bell(app: AppHandle) -> Result<(), Refusal> {
    let notice = ringing::sample(app.state::<Shell>().settings.bell().language);
    let shown = tauri::async_runtime::spawn_blocking(move || ringing::show(&notice));
    let shown = shown.await.map_err(|error| refusal("notifications", &error))?;
    shown.map_err(|error| refusal("notifications", &error))
}

fn refusal(code: &'static str, error: &dyn std::error::Error) -> Refusal {
    Refusal { code, message: error.to_string() }
}
