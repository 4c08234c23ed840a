//! What every part of the shell shares: the server in this process and the settings.

use super::{notice, origin::Origin, overlay, settings::Settings, tray};
use crate::Running;
use std::{
    collections::HashMap,
    path::PathBuf,
    sync::{Mutex, atomic::AtomicBool},
    time::Duration,
};
use surtitle_core::wire::HostCommand;
use surtitle_server::News;
use tauri::AppHandle;
use tokio::sync::{RwLock, mpsc};

/// How long the server may take to stop before the program ends without it.
const STOP: Duration = Duration::from_secs(10);

/// The shell's state, one a process, kept by Tauri.
pub struct Shell {
    /// Where the pages come from.
    pub origin: Origin,
    /// Token of the console window.
    pub host: String,
    /// Tokens of the overlay windows, by overlay, made as they are needed.
    displays: Mutex<HashMap<String, String>>,
    /// Path of the viewer page of the server's own room.
    pub viewer: String,
    /// Where web views keep their storage: beside the server's data.
    pub webview: PathBuf,
    /// What is remembered.
    pub settings: Settings,
    /// What the overlay windows were last seen as. Short sections on the main thread only.
    pub overlay: Mutex<overlay::Seen>,
    /// The key that lends the overlay the pointer is down.
    pub held: AtomicBool,
    /// The monitors, as the windows were last looked at. Short sections on the main thread only.
    pub layout: Mutex<String>,
    /// The tray icon, if there is one. Short sections on the main thread only.
    pub tray: Mutex<tray::Tray>,
    /// The question what closing the console means is open.
    pub asking: AtomicBool,
    /// `None` once it was stopped.
    running: RwLock<Option<Running>>,
}

impl Shell {
    /// Takes over a started server.
    pub fn new(app: &AppHandle, running: Running) -> anyhow::Result<Self> {
        // The store would take a relative path as one below a folder of its own.
        let data = std::path::absolute(&running.data)?;
        Ok(Self {
            origin: Origin::new(running.addr)?,
            host: running.tokens.host.clone(),
            displays: Mutex::default(),
            viewer: format!("/viewer/{}", running.room),
            webview: data.join("webview"),
            settings: Settings::open(app, &data.join("settings.json"))?,
            overlay: Mutex::default(),
            held: AtomicBool::new(false),
            layout: Mutex::default(),
            tray: Mutex::default(),
            asking: AtomicBool::new(false),
            running: RwLock::new(Some(running)),
        })
    }

    /// The token of a window that shows this overlay; `None` once the server is
    /// being stopped, and then the page shows its code.
    pub fn display(&self, overlay: &str) -> Option<String> {
        let mut displays = self.displays.lock().expect("never held while panicking");
        if let Some(token) = displays.get(overlay) {
            return Some(token.clone());
        }
        let running = self.running.try_read().ok()?;
        let token = running.as_ref()?.display_token(overlay).ok()?;
        displays.insert(overlay.to_owned(), token.clone());
        Some(token)
    }

    /// Gifts and questions from now on; `None` once the server is being stopped.
    pub async fn news(&self) -> Option<mpsc::Receiver<News>> {
        let running = self.running.read().await;
        Some(running.as_ref()?.news().await)
    }

    /// Carries out a host command; a refusal is said, not returned.
    pub async fn command(&self, app: &AppHandle, command: HostCommand) {
        let running = self.running.read().await;
        if let Some(running) = running.as_ref()
            && let Err(reject) = running.command(command).await
        {
            notice::warn(app, "Surtitle", &reject.to_string());
        }
    }

    /// Stops the server in order, once; waits at most [`STOP`].
    pub fn stop(&self) {
        tauri::async_runtime::block_on(async {
            let Some(running) = self.running.write().await.take() else { return };
            if tokio::time::timeout(STOP, running.stop()).await.is_err() {
                tracing::error!("server still busy after {} s; ending without it", STOP.as_secs());
            }
        });
    }
}
