//! Where a browser may be installed, by system. Any of Chromium's family will do.

use std::path::PathBuf;

/// A browser that can draw, the one named by `chosen` before all others.
pub fn browser(chosen: Option<&PathBuf>) -> Option<PathBuf> {
    match chosen {
        _ if cfg!(windows) => None,
        Some(path) => path.is_file().then(|| path.clone()),
        None => candidates().into_iter().find(|path| path.is_file()),
    }
}

/// What to do without one, in the words of this system.
pub const ADVICE: &str = if cfg!(windows) {
    "use OBS's browser source"
} else if cfg!(target_os = "macos") {
    "install Google Chrome, Microsoft Edge or Chromium, or name one in SURTITLE_BROWSER"
} else {
    "install the package chromium, or Google Chrome, or name a browser in SURTITLE_BROWSER"
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

/// The browser's pipes are descriptors of Unix; OBS for Windows always has its
/// own browser, which is better in every way.
#[cfg(windows)]
fn candidates() -> Vec<PathBuf> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_browser_that_is_not_there_is_not_replaced() {
        assert_eq!(browser(Some(&PathBuf::from("/nowhere/chromium"))), None);
    }
}
