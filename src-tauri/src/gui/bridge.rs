//! What pages may ask of the shell: four commands, none of them of Tauri's own.
//!
//! | command | from | does |
//! |---|---|---|
//! | `hits` | an overlay window | says where its controls are, learns how it stands |
//! | `press` | an overlay window | a control of it was pressed |
//! | `desktop` | the console window | reads how the overlay windows stand |
//! | `opacity` | the console window | sets how much of the picture is seen |
//!
//! [`open`] grants them to those windows only, and only to pages of our own
//! origin: the files in `capabilities/` grant nothing.

use super::{
    command::Command,
    overlay,
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
            .permission("allow-opacity"),
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
