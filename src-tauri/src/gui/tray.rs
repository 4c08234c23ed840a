//! The tray icon and its menu.
//!
//! A desktop may have no place for it. Then everything in it is still reached
//! by hot keys and the console, and nothing here is an error.

use super::{command::Command, screens, settings::OverlaySettings, shell::Shell, tray_host};
use std::panic::{AssertUnwindSafe, catch_unwind};
use tauri::{
    AppHandle, Manager, Wry,
    image::Image,
    menu::{CheckMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu},
    tray::{TrayIcon, TrayIconBuilder},
};

/// The icon, and what its menu was last built for.
#[derive(Default)]
pub struct Tray {
    icon: Option<TrayIcon>,
    built_for: Option<State>,
}

/// What the menu shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct State {
    overlay: OverlaySettings,
    monitors: Vec<String>,
}

fn state(app: &AppHandle) -> State {
    State {
        overlay: app.state::<Shell>().settings.overlay(),
        monitors: screens::list(app).into_iter().map(|s| s.name).collect(),
    }
}

/// Puts the icon up if the system can. Main thread only.
pub fn create(app: &AppHandle) {
    let now = state(app);
    // The indicator library is loaded at run time, and its binding panics where it is not installed.
    let built = catch_unwind(AssertUnwindSafe(|| build(app, &now)));
    let icon = match built {
        Ok(Ok(icon)) => icon,
        Ok(Err(error)) => return tracing::warn!("no tray icon: {error}"),
        Err(_) => {
            return tracing::warn!("no tray icon: install libayatana-appindicator3-1");
        }
    };
    let shell = app.state::<Shell>();
    *shell.tray.lock().expect("never held while panicking") =
        Tray { icon: Some(icon), built_for: Some(now) };
}

/// Whether the icon is up and somebody shows it. Main thread only.
pub fn is_seen(app: &AppHandle) -> bool {
    let up = {
        let shell = app.state::<Shell>();
        let tray = shell.tray.lock().expect("never held while panicking");
        tray.icon.is_some()
    };
    up && tray_host::is_present()
}

/// Rebuilds the menu if what it shows has changed. Main thread only.
pub fn refresh(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let mut tray = shell.tray.lock().expect("never held while panicking");
    let Some(icon) = tray.icon.clone() else { return };
    let now = state(app);
    if tray.built_for.as_ref() == Some(&now) {
        return;
    }
    match menu(app, &now).and_then(|menu| icon.set_menu(Some(menu))) {
        Ok(()) => tray.built_for = Some(now),
        Err(error) => tracing::warn!("tray menu not renewed: {error}"),
    }
}

fn build(app: &AppHandle, state: &State) -> tauri::Result<TrayIcon> {
    TrayIconBuilder::with_id("surtitle")
        .icon(Image::from_bytes(include_bytes!("../../../icons/tray.png"))?)
        .tooltip("Surtitle")
        .menu(&menu(app, state)?)
        .build(app)
}

/// Menu of set commands; the mark tells which of a pair is in force.
fn menu(app: &AppHandle, state: &State) -> tauri::Result<Menu<Wry>> {
    let plain = |text: &str, command: Command| {
        MenuItem::with_id(app, command.id(), text, true, None::<&str>)
    };
    let marked = |text: &str, command: Command, on: bool| {
        CheckMenuItem::with_id(app, command.id(), text, true, on, None::<&str>)
    };
    let line = || PredefinedMenuItem::separator(app);
    let overlay = &state.overlay;

    let mut monitors = Vec::new();
    for (i, pane) in overlay.windows.iter().enumerate() {
        let title = match overlay.windows.len() {
            1 => "Overlay on monitor".to_owned(),
            _ => format!("Overlay {} on monitor", pane.name),
        };
        let list = Submenu::new(app, title, true)?;
        list.append(&marked("Primary", Command::Monitor(i, None), pane.monitor.is_none())?)?;
        for name in &state.monitors {
            let on = pane.monitor.as_ref() == Some(name);
            list.append(&marked(name, Command::Monitor(i, Some(name.clone())), on)?)?;
        }
        monitors.push(list);
    }

    let menu = Menu::with_items(
        app,
        &[
            &marked("Show overlay", Command::ShowOverlay, overlay.visible)?,
            &marked("Hide overlay", Command::HideOverlay, !overlay.visible)?,
            &line()?,
            &marked("Clicks pass through", Command::PassClicks, overlay.click_through)?,
            &marked("Overlay takes clicks", Command::CatchClicks, !overlay.click_through)?,
            &line()?,
        ],
    )?;
    for list in &monitors {
        menu.append(list)?;
    }
    menu.append_items(&[
        &plain("Clear the picture", Command::Clear)?,
        &line()?,
        &plain("Open console", Command::OpenConsole)?,
        &plain("Open viewer", Command::OpenViewer)?,
        &plain("Copy overlay link", Command::CopyOverlayLink)?,
        &line()?,
        &plain("Quit Surtitle", Command::Quit)?,
    ])?;
    Ok(menu)
}
