//! The data directory: made private, and held by one process at a time.

use crate::Error;
use std::{
    fs::{DirBuilder, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// A data directory this process holds until dropped or [`Directory::release`]d.
#[derive(Debug)]
pub(crate) struct Directory {
    /// `surtitle.db` in it; exists.
    pub database: PathBuf,
    /// `surtitle.lock`; the system drops the lock with the process, however it ends.
    lock: File,
}

impl Directory {
    /// Makes the directory (0700 on Unix) and the database file (0600) unless
    /// they are there, and locks it.
    pub fn hold(path: &Path) -> Result<Self, Error> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        private_directory(&mut builder);
        builder.create(path).map_err(|source| unwritable(path, source))?;

        let lock = open_private(&path.join("surtitle.lock"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Error::Locked { path: path.to_owned() }),
            Err(TryLockError::Error(source)) => {
                return Err(Error::Io { path: path.join("surtitle.lock"), source });
            }
        }
        // SQLite gives its -wal and -shm files the mode of the database.
        let database = Self::database(path);
        open_private(&database)?;
        Ok(Self { database, lock })
    }

    /// The database file of a data directory.
    pub fn database(path: &Path) -> PathBuf {
        path.join("surtitle.db")
    }

    /// Lets another process have it.
    pub fn release(&self) {
        if let Err(error) = self.lock.unlock() {
            tracing::warn!(%error, "data directory stays locked until this process ends");
        }
    }
}

fn open_private(path: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    private_file(&mut options);
    options.open(path).map_err(|source| unwritable(path, source))
}

fn unwritable(path: &Path, source: io::Error) -> Error {
    Error::Unwritable { path: path.to_owned(), source }
}

#[cfg(unix)]
fn private_directory(builder: &mut DirBuilder) {
    use std::os::unix::fs::DirBuilderExt;
    builder.mode(0o700);
}

#[cfg(unix)]
fn private_file(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

// Elsewhere a user's own directory is private by inheritance.
#[cfg(not(unix))]
fn private_directory(_: &mut DirBuilder) {}

#[cfg(not(unix))]
fn private_file(_: &mut OpenOptions) {}
