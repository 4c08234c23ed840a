//! Where a browser may be installed, by system. Any of Chromium's family will do.

use std::path::PathBuf;

/// A browser that can draw, the one named by `chosen` before all others.
pub fn browser(chosen: Option<&PathBuf>) -> Option<PathBuf> {
    match chosen {
        Some(path) => path.is_file().then(|| path.clone()),
        None => candidates().into_iter().find(|path| path.is_file()),
    }
}

/// What to install, in the words of this system.
pub const ADVICE: &str = if cfg!(target_os = "linux") {
    "install the package chromium, or Google Chrome, or name a browser in SURTITLE_BROWSER"
} else {
    "install Google Chrome, Microsoft Edge or Chromium, or name one in SURTITLE_BROWSER"
};

#[cfg(not(any(windows, target_os = "macos")))]
fn candidates() -> Vec<PathBuf> {
    const NAMES: [&str; 8] = [
        "chromium",
        "chromium-browser",
        "google-chrome-stable",
        "google-chrome",
        "microsoft-edge-stable",
        "microsoft-edge",
        "brave-browser",
        "vivaldi-stable",
    ];
    // A program started from the desktop may have a short PATH.
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut dirs: Vec<PathBuf> = std::env::split_paths(&path).collect();
    dirs.extend(["/usr/bin", "/usr/local/bin", "/snap/bin"].map(PathBuf::from));
    NAMES.iter().flat_map(|name| dirs.iter().map(move |dir| dir.join(name))).collect()
}

#[cfg(target_os = "macos")]
fn candidates() -> Vec<PathBuf> {
    const NAMES: [&str; 4] = ["Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser"];
    let mut dirs = vec![PathBuf::from("/Applications")];
    dirs.extend(std::env::home_dir().map(|home| home.join("Applications")));
    let inside = |dir: &PathBuf, name| dir.join(format!("{name}.app/Contents/MacOS/{name}"));
    dirs.iter().flat_map(|dir| NAMES.iter().map(move |name| inside(dir, name))).collect()
}

#[cfg(windows)]
fn candidates() -> Vec<PathBuf> {
    const PLACES: [&str; 3] = [
        r"Google\Chrome\Application\chrome.exe",
        r"Microsoft\Edge\Application\msedge.exe",
        r"Chromium\Application\chrome.exe",
    ];
    let dirs: Vec<PathBuf> = ["ProgramFiles", "ProgramFiles(x86)", "LocalAppData"]
        .iter()
        .filter_map(std::env::var_os)
        .map(PathBuf::from)
        .collect();
    PLACES.iter().flat_map(|place| dirs.iter().map(move |dir| dir.join(place))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_browser_that_is_not_there_is_not_replaced() {
        assert_eq!(browser(Some(&PathBuf::from("/nowhere/chromium"))), None);
    }
}
