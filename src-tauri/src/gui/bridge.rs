//! What pages may ask of the shell: two commands, none of them of Tauri's own.
//!
//! | command | from | does |
//! |---|---|---|
//! | `hits` | an overlay window | says where its controls are, learns how it stands |
//! | `press` | an overlay window | a control of it was pressed |
//!
//! [`open`] grants them to those windows only, and only to pages of our own
//! origin: the files in `capabilities/` grant nothing.

use super::{
    command::Command,
    overlay,
    pane::Standing,
    pointer::{MOST_RECTS, Rect},
    shell::Shell,
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
