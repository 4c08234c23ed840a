//! The place on disk of one server.

use super::{Launch, Server};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection as _, SqliteConnection};
use std::path::PathBuf;
use surtitle_lib::secrets::{self, Secrets};
use tempfile::TempDir;

/// A data directory and a configuration file, gone with the value. Servers
/// may be started on it one after another.
pub struct Home {
    dir: TempDir,
}

impl Home {
    /// An empty one.
    pub fn new() -> Self {
        Self { dir: TempDir::new().expect("a temporary folder") }
    }

    /// The data directory; a server makes it.
    pub fn data(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    /// A file beside the data directory, with `text` in it.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.dir.path().join(name);
        std::fs::write(&path, text).expect("the temporary folder is writable");
        path
    }

    /// A start on a free port that can still be changed.
    pub fn launch(&self) -> Launch {
        Launch::new(&self.data())
    }

    /// Starts a server as it is out of the box.
    pub async fn start(&self) -> Server {
        self.launch().start().await
    }

    /// The tokens and keys of the server.
    pub fn secrets(&self) -> Secrets {
        secrets::read(&self.data()).expect("the server has made its secrets")
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.data().join("surtitle.db")
    }

    /// A connection to the database, beside the server's own.
    pub async fn sql(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.database());
        SqliteConnection::connect_with(&options).await.expect("the database opens")
    }
}
