//! The desktop shell: windows around the pages of a server in this process.
//!
//! ```text
//! session ─► plugins (a second start ends here) ─► server ─► overlay, console, tray, hot keys
//!                                                    │
//! tray, hot key, second start, link ─► Command ───► Shell ─► windows, settings, host command
//! gift, question ─► bell ─► notification of the desktop
//! ```
//!
//! Windows load their pages over loopback like any browser. They get a role
//! token and the few commands of [`bridge`], and only while they show the
//! server's own origin. What differs between systems lives in
//! [`browser`], [`compositor`], [`cover`], [`pointer`], [`session`] and
//! [`tray_host`], each with one arm per system.

mod bell;
mod bridge;
mod browser;
mod command;
mod compositor;
mod cover;
mod hotkeys;
mod links;
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

use crate::{Config, link};
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
/// stderr and in a dialog, and ends the process with code 1. So does a `link`
/// that names no room; then no server is started, nor a running one told.
///
/// # Errors
///
/// No window can be opened at all; nothing was started.
pub fn run(config: Config, link: Option<&str>) -> anyhow::Result<()> {
    session::prepare()?;
    let room = match link.map(|link| link::room(link).ok_or(link)) {
        None => None,
        Some(Ok(room)) => Some(room),
        Some(Err(link)) => return refuse(links::refusal(link)),
    };
    let app = tauri::Builder::default()
        // First: a second start must end before it touches the data directory.
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _folder| {
            links::take_arguments(app, &arguments);
        }))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_global_shortcut::Builder::new().build())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![
            bridge::hits,
            bridge::press,
            bridge::desktop,
            bridge::opacity,
            bridge::links,
            bridge::bell,
            bridge::set_bell,
            bridge::try_bell
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
                notice::fatal(&app, "Surtitle does not start", format!("{error:#}"));
            } else if let Some(room) = room {
                Command::Join(room).perform(&app);
            }
            Ok(())
        })
        .build(context())?;
    end(app.run_return(on_event))
}

/// Says why nothing is opened, and ends with code 1.
fn refuse(why: String) -> anyhow::Result<()> {
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        // Its configuration is there, so it must be too.
        .plugin(tauri_plugin_deep_link::init())
        .setup(move |app| {
            notice::fatal(app.handle(), "Link not opened", why);
            Ok(())
        })
        .build(context())?;
    end(app.run_return(|_, _| {}))
}

fn context() -> tauri::Context {
    tauri::generate_context!()
}

fn end(code: i32) -> anyhow::Result<()> {
    match code {
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
    bell::hang(app);
    #[cfg(target_os = "macos")]
    {
        use tauri_plugin_deep_link::DeepLinkExt;
        let taken = app.clone();
        app.deep_link().on_open_url(move |event| {
            event.urls().iter().for_each(|url| links::take(&taken, url.as_str()));
        });
    }
    if let Some(words) = session::limits() {
        eprintln!("surtitle: {words}");
    }
    watch(app.clone());
    Ok(())
}

/// Keeps the overlay right when a compositor or a monitor comes or goes, and
/// the windows' places with the monitors they are on.
fn watch(app: AppHandle) {
    tauri::async_runtime::spawn(async move {
        loop {
            let again = app.clone();
            let looked = app.run_on_main_thread(move || {
                overlay::apply(&again);
                tray::refresh(&again);
                windows::keep_places(&again);
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
        // The last look at the windows, which may have moved since the one before.
        RunEvent::ExitRequested { .. } => windows::keep_places(app),
        RunEvent::Exit => {
            if let Some(shell) = app.try_state::<Shell>() {
                shell.stop();
            }
        }
        _ => {}
    }
}
