//! Composition root: configuration, store, server, and with `gui` the windows.
#![warn(missing_docs)]

pub mod config;
#[cfg(feature = "gui")]
pub mod gui;
pub mod link;
pub mod replay;
pub mod secrets;

pub use config::{Config, Given};

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use surtitle_core::Reject;
use surtitle_core::wire::HostCommand;
use surtitle_server::{Handle, KeepKey, ServerConfig};
use surtitle_store::{Sqlite, Store};

/// Tokens the windows of this very program use.
#[derive(Clone)]
pub struct Tokens {
    /// Of the host, for the console window.
    pub host: String,
    /// Of the overlay `main`, for the overlay window.
    pub display: String,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens(…)")
    }
}

/// A running program without its windows.
#[derive(Debug)]
pub struct Running {
    /// The bound address.
    pub addr: SocketAddr,
    /// The data directory.
    pub data: PathBuf,
    /// Id of the embedded room.
    pub room: String,
    /// Tokens for its own windows.
    pub tokens: Tokens,
    handle: Handle,
}

impl Running {
    /// Carries out a command as the host.
    ///
    /// # Errors
    /// The [`Reject`] of the rule that said no.
    pub async fn command(&self, command: HostCommand) -> Result<(), Reject> {
        self.handle.command(command).await
    }

    /// Gifts and questions from now on, as the show hears them; one listener at a time.
    pub async fn news(&self) -> tokio::sync::mpsc::Receiver<surtitle_server::News> {
        self.handle.news().await
    }

    /// A display token of an overlay for a window of this program: that of
    /// `main` is kept in `secrets.json`, another's ends with the program.
    ///
    /// # Errors
    /// [`Reject`] if the system gives no random bytes.
    pub fn display_token(&self, overlay: &str) -> Result<String, Reject> {
        match overlay {
            "main" => Ok(self.tokens.display.clone()),
            _ => self.handle.display_token(overlay),
        }
    }

    /// Stops in order; what was acknowledged is on disk when this returns.
    pub async fn stop(self) {
        self.handle.stop().await;
    }
}

/// Opens the store and starts the server.
///
/// # Errors
/// A sentence that says what and what to do: unwritable data directory,
/// unreadable or newer database, port in use.
pub async fn start(config: Config) -> anyhow::Result<Running> {
    let store = Sqlite::open(&config.data).await?;
    let secrets = secrets::open(&config.data, config.sdkappid, config.secret_key.clone())?;
    let store: Arc<dyn Store> = Arc::new(store);
    let keep_key = keep_key(&config);
    let images = surtitle_server::ImagesConfig {
        folder: Some(config.data.join("images")),
        allow_private: config.images.allow_private,
        bounds: surtitle_server::Bounds {
            bytes: config.images.megabytes * 1024 * 1024,
            ..surtitle_server::Bounds::default()
        },
    };
    let server = ServerConfig {
        images,
        listen: config.listen,
        hosts: config.hosts,
        room: config.room.clone(),
        room_name: config.room_name,
        host_name: config.host_name,
        budget: config.budget,
        tick: config.tick,
        max_sockets: config.max_sockets,
        keep_days: config.keep_days,
        browser: config.browser,
        join: config.join.map(|address| (address, config.join_token)),
        app: surtitle_server::FirstApp {
            id: secrets.sdkappid,
            secret_key: secrets.secret_key,
            admins: config.admins,
        },
        keep_key,
        keep_obs: keep_obs(config.data.clone()),
        secrets: surtitle_server::Secrets {
            host: secrets.host.clone(),
            helper: secrets.helper,
            display: secrets.display.clone(),
            key: secrets.viewer_key.into_bytes(),
            obs: secrets.obs_password,
        },
    };
    let started = surtitle_server::start(server, Arc::clone(&store)).await;
    let handle = match started {
        Ok(handle) => handle,
        Err(error) => {
            store.close().await;
            return Err(error.into());
        }
    };
    Ok(Running {
        addr: handle.addr,
        data: config.data,
        room: config.room.to_string(),
        tokens: Tokens { host: secrets.host, display: secrets.display },
        handle,
    })
}

/// Where a new secret key of the first app goes: into the secrets file, unless
/// the environment sets it.
fn keep_key(config: &Config) -> KeepKey {
    let (data, given) = (config.data.clone(), config.secret_key.is_some());
    KeepKey::new(move |key| {
        if given {
            let message = "this app's key comes from SURTITLE_SECRET_KEY; change it there";
            return Err(message.to_owned());
        }
        secrets::keep_key(&data, key).map_err(|error| format!("{error:#}"))
    })
}

/// Where a new password of OBS goes: into the secrets file.
fn keep_obs(data: PathBuf) -> KeepKey {
    KeepKey::new(move |password| {
        secrets::keep_obs(&data, password).map_err(|error| format!("{error:#}"))
    })
}
