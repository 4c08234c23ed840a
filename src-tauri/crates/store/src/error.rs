//! Why a store did not do it.

use std::{io, path::PathBuf};

/// Why a store did not do it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The data directory, or a file in it, cannot be made or written.
    #[error("{path:?} cannot be written; choose a data directory you own")]
    Unwritable {
        /// Directory or file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The file is not SQLite, or is damaged.
    #[error(
        "{path:?} is not a database or is damaged; put a backup in its place, or move it away to start anew"
    )]
    NotADatabase {
        /// The file.
        path: PathBuf,
    },
    /// The file is SQLite, of another program.
    #[error("{path:?} is a database of another program; choose another data directory")]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A newer program has written the file.
    #[error(
        "{path:?} has schema {found}, this program knows up to {known}; install a newer surtitle"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Number of its newest migration.
        found: i64,
        /// Number of the newest migration this program has.
        known: i64,
    },
    /// Another process runs on the data directory.
    #[error(
        "{path:?} is in use by another surtitle; stop that one or choose another data directory"
    )]
    Locked {
        /// The directory.
        path: PathBuf,
    },
    /// No space left; nothing of this write was kept.
    #[error("the disk of the data directory is full; free some space")]
    Full,
    /// A record that cannot be read.
    #[error("{table} {key:?} cannot be read; the database was changed by something else")]
    Record {
        /// Table it is in.
        table: &'static str,
        /// Its key.
        key: String,
        /// What is wrong with it, if it is the JSON.
        #[source]
        source: Option<serde_json::Error>,
    },
    /// The lock file cannot be locked; some network disks know no locks.
    #[error("{path:?} cannot be locked; choose a data directory on a local disk")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The schema could not be brought up to date.
    #[error("the database could not be brought up to date; put a backup in its place")]
    Migration {
        /// What sqlx said.
        #[source]
        source: sqlx::migrate::MigrateError,
    },
    /// Anything else SQLite said.
    #[error("the database did not answer as it should")]
    Sql {
        /// What sqlx said.
        #[source]
        source: sqlx::Error,
    },
}

/// SQLite's primary result code of an error, 0 if it is not from SQLite.
pub(crate) fn sqlite_code(error: &sqlx::Error) -> u32 {
    let code = error.as_database_error().and_then(|e| e.code());
    // Extended codes carry the primary one in the low byte.
    code.and_then(|c| c.parse::<u32>().ok()).map_or(0, |c| c & 0xff)
}

impl From<sqlx::Error> for Error {
    fn from(source: sqlx::Error) -> Self {
        const FULL: u32 = 13;
        if sqlite_code(&source) == FULL { Self::Full } else { Self::Sql { source } }
    }
}
