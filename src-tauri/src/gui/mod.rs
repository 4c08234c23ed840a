//! The desktop shell: windows around the pages of a server in this process.
//!
//! ```text
//! session ─► plugins (a second start ends here) ─► server ─► overlay, console, tray, hot keys
//!                                                    │
//! tray, hot key, second start ─► Command ─────────► Shell ─► windows, settings, host command
//! ```
//!
//! Windows load their pages over loopback like any browser. They get a role
//! token and the few commands of [`bridge`], and only while they show the
//! server's own origin. What differs between systems lives in
//! [`browser`], [`compositor`], [`cover`], [`pointer`], [`session`] and
//! [`tray_host`], each with one arm per system.

mod bridge;
mod browser;
mod command;
mod compositor;
mod cover;
mod hotkeys;
mod notice;
mod origin;
mod overlay;
mod pane;
mod place;
mod pointer;
mod screens;
mod seats;
mod session;
mod settings;
mod shell;
mod signals;
mod tray;
mod tray_host;
mod windows;

use crate::Config;
use command::Command;
use shell::Shell;
use std::time::Duration;
use tauri::{AppHandle, Manager, RunEvent, WindowEvent};

/// How often the desktop is looked at for a compositor or monitor that came or went.
const WATCH: Duration = Duration::from_secs(1);

/// Whether this session has a display to open windows on.
pub fn has_display() -> bool {
    session::has_display()
}

/// Opens the desktop program and returns when it has quit and the server has stopped.
///
/// A start that fails (port in use, database, data directory) is said on
/// stderr and in a dialog, and ends the process with code 1.
///
/// # Errors
///
/// No window can be opened at all; nothing was started.
pub fn run(config: Config) -> anyhow::Result<()> {
    session::prepare()?;
    let app = tauri::Builder::default()
        // First: a second start must end before it touches the data directory.
        .plugin(tauri_plugin_single_instance::init(|app, _arguments, _folder| {
            Command::OpenConsole.perform(app);
        }))
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_global_shortcut::Builder::new().build())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![
            bridge::hits,
            bridge::press,
            bridge::desktop,
            bridge::opacity
        ])
        .on_menu_event(|app, event| {
            if let Some(command) = Command::from_id(event.id().as_ref()) {
                command.perform(app);
            }
        })
        .setup(move |app| {
            let app = app.handle().clone();
            signals::quit_on_stop(&app);
            if let Err(error) = open(&app, config) {
                notice::fatal(&app, &error);
            }
            Ok(())
        })
        .build(tauri::generate_context!())?;
    match app.run_return(on_event) {
        0 => Ok(()),
        code => std::process::exit(code),
    }
}

/// Starts the server, then everything that is seen of it.
fn open(app: &AppHandle, config: Config) -> anyhow::Result<()> {
    let running = tauri::async_runtime::block_on(crate::start(config))?;
    println!("listening on http://{}", running.addr);
    app.manage(Shell::new(app, running)?);
    bridge::open(app)?;
    overlay::apply(app);
    windows::open(app, windows::Kind::Console)?;
    tray::create(app);
    hotkeys::register(app);
    if let Some(words) = session::limits() {
        eprintln!("surtitle: {words}");
    }
    watch(app.clone());
    Ok(())
}

/// Keeps the overlay right when a compositor or a monitor comes or goes.
fn watch(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        loop {
            let again = app.clone();
            let looked = app.run_on_main_thread(move || {
                overlay::apply(&again);
                tray::refresh(&again);
            });
            if looked.is_err() {
                return;
            }
            tokio::time::sleep(WATCH).await;
        }
    });
}

fn on_event(app: &AppHandle, event: RunEvent) {
    match event {
        RunEvent::WindowEvent { label, event: WindowEvent::CloseRequested { api, .. }, .. } => {
            windows::close_requested(app, &label, &api);
        }
        RunEvent::WindowEvent {
            label,
            event: WindowEvent::Moved(_) | WindowEvent::Resized(_),
            ..
        } => windows::remember(app, &label),
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => Command::OpenConsole.perform(app),
        RunEvent::Exit => {
            if let Some(shell) = app.try_state::<Shell>() {
                shell.stop();
            }
        }
        _ => {}
    }
}
