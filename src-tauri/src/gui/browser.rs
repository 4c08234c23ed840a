//! Opens a link in the system's own browser.

use std::process::{Command, Stdio};
use tauri::Url;

/// Opens `url` if it is a web address; anything else is dropped.
pub fn open(url: &Url) {
    if !matches!(url.scheme(), "http" | "https") {
        tracing::debug!("link with scheme \"{}\" not opened", url.scheme());
        return;
    }
    let mut command = opener(url);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        // Waited for, or it would stay as a zombie until the program ends.
        Ok(mut child) => drop(std::thread::spawn(move || child.wait())),
        Err(error) => tracing::warn!("no browser opens {url}: {error}"),
    }
}

#[cfg(target_os = "linux")]
fn opener(url: &Url) -> Command {
    let mut command = Command::new("xdg-open");
    command.arg(url.as_str());
    command
}

#[cfg(target_os = "windows")]
fn opener(url: &Url) -> Command {
    // Not `cmd /c start`: its shell would read `&` in the address.
    let mut command = Command::new("rundll32");
    command.arg("url.dll,FileProtocolHandler").arg(url.as_str());
    command
}

#[cfg(target_os = "macos")]
fn opener(url: &Url) -> Command {
    let mut command = Command::new("open");
    command.arg(url.as_str());
    command
}
