//! The secrets file: made on the first start, 0600, never printed.

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use surtitle_server::auth::random_token;

/// Name of the file in the data directory.
pub const FILE: &str = "secrets.json";

/// Everything in it.
#[derive(Clone, Serialize, Deserialize)]
pub struct Secrets {
    /// Token of the host: everything.
    pub host: String,
    /// Token of helpers: pin, remove, mute, clear, say.
    pub helper: String,
    /// Token of the desktop window's overlay.
    pub display: String,
    /// Key of viewer tokens.
    pub viewer_key: String,
    /// SDKAppID of the first app.
    pub sdkappid: u32,
    /// Its secret key.
    pub secret_key: String,
    /// Password of OBS's WebSocket server, if the host gave one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obs_password: Option<String>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// Where the file of a data directory is.
pub fn path(data: &Path) -> PathBuf {
    data.join(FILE)
}

/// Reads the file.
///
/// # Errors
/// It is not there or not readable: says which and what to do.
pub fn read(data: &Path) -> anyhow::Result<Secrets> {
    let path = path(data);
    let text = std::fs::read_to_string(&path).with_context(|| {
        format!("{:?} cannot be read; start surtitle once to make it", path.display())
    })?;
    serde_json::from_str(&text).with_context(|| {
        format!(
            "{:?} is damaged; move it away and start surtitle to make a new one",
            path.display()
        )
    })
}

/// Reads the file, or makes it. A given app id and key replace those kept.
///
/// # Errors
/// It can neither be read nor made.
pub fn open(data: &Path, sdkappid: u32, secret_key: Option<String>) -> anyhow::Result<Secrets> {
    let path = path(data);
    let mut secrets = if path.exists() {
        read(data)?
    } else {
        Secrets {
            host: random_token()?,
            helper: random_token()?,
            display: random_token()?,
            viewer_key: random_token()?,
            sdkappid,
            secret_key: random_token()?,
            obs_password: None,
        }
    };
    let before = serde_json::to_string(&secrets).ok();
    secrets.sdkappid = sdkappid;
    if let Some(key) = secret_key {
        secrets.secret_key = key;
    }
    if !path.exists() || serde_json::to_string(&secrets).ok() != before {
        write(&path, &secrets)?;
    }
    Ok(secrets)
}

/// Replaces the first app's secret key.
///
/// # Errors
/// The file can neither be read nor written; it is as it was then.
pub fn keep_key(data: &Path, key: &str) -> anyhow::Result<()> {
    let mut secrets = read(data)?;
    key.clone_into(&mut secrets.secret_key);
    write(&path(data), &secrets)
}

/// Replaces OBS's password; an empty one is none.
///
/// # Errors
/// The file can neither be read nor written; it is as it was then.
pub fn keep_obs(data: &Path, password: &str) -> anyhow::Result<()> {
    let mut secrets = read(data)?;
    secrets.obs_password = Some(password.to_owned()).filter(|password| !password.is_empty());
    write(&path(data), &secrets)
}

/// Whole or not at all: a new file, synced, renamed into place.
fn write(path: &Path, secrets: &Secrets) -> anyhow::Result<()> {
    let temporary = path.with_extension("new");
    let attempt = || -> std::io::Result<()> {
        let _ = std::fs::remove_file(&temporary);
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut file = options.open(&temporary)?;
        file.write_all(&serde_json::to_vec_pretty(secrets)?)?;
        file.sync_all()?;
        std::fs::rename(&temporary, path)
    };
    attempt().with_context(|| {
        format!("{:?} cannot be written; choose a data directory you own", path.display())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_made_once_and_only_the_owner_reads_them() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let first = open(dir.path(), 1, None).expect("made");
        let again = open(dir.path(), 1, None).expect("read");
        assert_eq!(first.host, again.host);
        assert_ne!(first.host, first.helper);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(path(dir.path())).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn new_key_replaces_the_old_one_and_nothing_else() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let first = open(dir.path(), 1, None).expect("made");
        keep_key(dir.path(), "new").expect("kept");
        keep_obs(dir.path(), "words").expect("kept");
        let again = open(dir.path(), 1, None).expect("read");
        assert_eq!((again.host, again.secret_key), (first.host, "new".to_owned()));
        assert_eq!(again.obs_password.as_deref(), Some("words"));
        keep_obs(dir.path(), "").expect("kept");
        assert_eq!(read(dir.path()).expect("read").obs_password, None);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(path(dir.path())).expect("there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn damaged_file_is_named_not_replaced() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(path(dir.path()), "{").expect("writable");
        let error = format!("{:#}", open(dir.path(), 1, None).expect_err("damaged"));
        assert!(error.contains("damaged"), "{error}");
        assert_eq!(std::fs::read_to_string(path(dir.path())).expect("there"), "{");
    }
}
