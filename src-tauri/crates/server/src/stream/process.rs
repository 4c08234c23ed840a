//! The browser's process: started without a window, with a profile of its own
//! that is thrown away, and ended for good.
//!
//! It is spoken to over two pipes and listens on nothing. When this program
//! ends in whatever way, the pipes close and the browser ends with them.

use super::cdp::Pipe;
use super::{Fault, Size};
use std::fs::{self, DirBuilder, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::process::{Child, Command};

/// How long a killed browser's last processes may still write to the profile.
const LET_GO: Duration = Duration::from_secs(2);

/// A running browser; dropping it kills it.
#[derive(Debug)]
pub struct Browser {
    /// The line to it.
    pub pipe: Pipe,
    child: Child,
    profile: Profile,
}

impl Browser {
    /// Starts the program at `path` with a first page of this size.
    ///
    /// # Errors
    /// [`Fault::Start`].
    pub fn start(path: &Path, size: Size) -> Result<Self, Fault> {
        let profile = Profile::new().map_err(Fault::Start)?;
        let mut command = piped(path);
        command.args(switches(&profile, size)).kill_on_drop(true);
        for (name, _) in std::env::vars_os() {
            // Ours may be secrets.
            if name.to_str().is_some_and(|name| name.starts_with("SURTITLE_")) {
                command.env_remove(name);
            }
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(Fault::Start)?;
        let (Some(to), Some(from)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(Fault::Gone);
        };
        Ok(Self { pipe: Pipe::new(to, from), child, profile })
    }

    /// The process's number, for tests and the log.
    pub fn id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Kills it, waits until it is gone, and deletes its profile.
    pub async fn end(self) {
        let Self { pipe, mut child, profile } = self;
        drop(pipe);
        // One that has ended already is as good as killed.
        let _ = child.kill().await;
        profile.delete().await;
    }
}

/// A command whose standard input and output become the browser's descriptors
/// 3 and 4, where it looks for its pipes: the shell moves them and is replaced.
#[cfg(unix)]
fn piped(path: &Path) -> Command {
    let mut command = Command::new("/bin/sh");
    command.args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#]).arg(path);
    command
}

/// [`super::find`] finds no browser on such a system, so nothing comes here.
#[cfg(not(unix))]
fn piped(path: &Path) -> Command {
    Command::new(path)
}

fn switches(profile: &Profile, size: Size) -> Vec<String> {
    let mut all: Vec<String> = [
        "--headless=new",
        "--remote-debugging-pipe",
        "--no-first-run",
        "--no-default-browser-check",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-extensions",
        "--disable-sync",
        "--disable-crash-reporter",
        "--password-store=basic",
        "--use-mock-keychain",
        // The page is the picture; its sounds are for pages that are heard.
        "--mute-audio",
        "--hide-scrollbars",
        "--force-color-profile=srgb",
        "--force-device-scale-factor=1",
        // The one page is always seen, whatever the browser makes of it.
        "--disable-renderer-backgrounding",
        "--disable-background-timer-throttling",
        "--disable-backgrounding-occluded-windows",
        // A page that starts over gets a process of its own, not one that waited beside a hung one.
        "--disable-features=SpareRendererForSitePerProcess",
    ]
    .map(str::to_owned)
    .into();
    all.push(format!("--window-size={},{}", size.width, size.height));
    all.push(format!("--user-data-dir={}", profile.0.display()));
    if owner(&profile.0) == Some(0) {
        // Chromium refuses to run as root with its sandbox. It shows our own page only.
        all.push("--no-sandbox".to_owned());
    }
    all.push("about:blank".to_owned());
    all
}

/// A folder for nobody else, deleted when dropped. Its lock is held as long as
/// it is used, so that one left by a crash is known.
#[derive(Debug)]
struct Profile(PathBuf, #[expect(dead_code, reason = "closing the file lets go of the lock")] File);

/// What every such folder's name starts with.
const NAME: &str = "surtitle-browser-";
const LOCK: &str = "in-use";

impl Profile {
    fn new() -> std::io::Result<Self> {
        let dir = std::env::temp_dir();
        let number = getrandom::u64().map_err(std::io::Error::other)?;
        let path = dir.join(format!("{NAME}{number:016x}"));
        #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path)?;
        let lock = File::create(path.join(LOCK))?;
        lock.lock()?;
        let profile = Self(path, lock);
        profile.delete_left(&dir);
        Ok(profile)
    }

    /// Deletes folders of ours that a crash left behind.
    fn delete_left(&self, dir: &Path) {
        for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
            let named = entry.file_name().to_str().is_some_and(|name| name.starts_with(NAME));
            if !named || owner(&entry.path()) != owner(&self.0) {
                continue;
            }
            let lock = File::options().write(true).open(entry.path().join(LOCK));
            if lock.is_ok_and(|lock| lock.try_lock().is_ok()) {
                // Somebody else may have been quicker.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    async fn delete(self) {
        let end = tokio::time::Instant::now() + LET_GO;
        while fs::remove_dir_all(&self.0).is_err()
            && self.0.exists()
            && tokio::time::Instant::now() < end
        {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// Whose a folder is, by number; `None` where owners have none.
#[cfg(unix)]
fn owner(path: &Path) -> Option<u32> {
    std::os::unix::fs::MetadataExt::uid(&fs::symlink_metadata(path).ok()?).into()
}

#[cfg(not(unix))]
fn owner(_: &Path) -> Option<u32> {
    None
}

impl Drop for Profile {
    fn drop(&mut self) {
        // Deleted already if the browser ended in order.
        let _ = fs::remove_dir_all(&self.0);
    }
}
