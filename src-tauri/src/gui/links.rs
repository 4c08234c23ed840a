//! `surtitle://` links: who opens them on this computer, and what one does here.

use super::command::Command;
use crate::link;
use tauri::AppHandle;
use tauri_plugin_deep_link::DeepLinkExt;

/// A second start: its link, if it was started by one, or else the console.
pub fn take_arguments(app: &AppHandle, arguments: &[String]) {
    match arguments.iter().skip(1).find(|argument| link::is_link(argument)) {
        Some(link) => take(app, link),
        None => Command::OpenConsole.perform(app),
    }
}

/// Opens the viewer window on a link's room. Another link opens nothing: it is
/// said in the log, not over a picture that may be on air.
pub fn take(app: &AppHandle, link: &str) {
    match link::room(link) {
        Some(room) => Command::Join(room).perform(app),
        None => eprintln!("surtitle: {}", refusal(link)),
    }
}

/// Why a link opens nothing.
pub fn refusal(link: &str) -> String {
    let start: String = link.chars().take(60).collect();
    format!("link {start:?} opens nothing; only surtitle://join/ROOM does, with the name of a room")
}

/// Whether this program opens such links. Asks the system, which takes a while.
///
/// # Errors
/// The system does not say, or has no such setting.
pub fn are_ours(app: &AppHandle) -> tauri_plugin_deep_link::Result<bool> {
    app.deep_link().is_registered(link::SCHEME)
}

/// Has this program open such links for this user, or no more.
///
/// # Errors
/// The system did not do so.
pub fn make_ours(app: &AppHandle, ours: bool) -> tauri_plugin_deep_link::Result<()> {
    if ours {
        app.deep_link().register(link::SCHEME)?;
        #[cfg(target_os = "linux")]
        unquote(app)?;
        Ok(())
    } else {
        app.deep_link().unregister(link::SCHEME)
    }
}

/// Takes the quotation marks off the program's path in its desktop entry.
///
/// Where no GNOME or KDE runs, `xdg-open` and `xdg-mime` of xdg-utils 1.1 take
/// them for part of the path and find no program. A path that needs them keeps them.
#[cfg(target_os = "linux")]
fn unquote(app: &AppHandle) -> tauri_plugin_deep_link::Result<()> {
    use tauri::Manager;

    let program = tauri::utils::platform::current_exe()?;
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    let folder = app.path().data_dir()?.join("applications");
    let file = folder.join(format!("{name}-handler.desktop"));
    let entry = std::fs::read_to_string(&file)?;
    std::fs::write(&file, unquoted(&entry))?;
    Ok(())
}

#[cfg(target_os = "linux")]
fn unquoted(entry: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+".contains(c);
    let lines = entry.split_inclusive('\n').map(|line| {
        let quoted = line.strip_prefix("Exec=\"").and_then(|rest| rest.split_once('"'));
        match quoted {
            Some((path, rest)) if path.chars().all(is_plain) => format!("Exec={path}{rest}"),
            _ => line.to_owned(),
        }
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_quotes_the_beginning_of_a_link_in_one_line() {
        let said = refusal(&format!("surtitle://\n\u{1b}[31m{}", "x".repeat(5_000)));
        assert!(said.len() < 250 && !said.contains(['\n', '\u{1b}']), "{said}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_path_loses_its_quotation_marks_unless_it_needs_them() {
        let entry = |exec: &str| format!("[Desktop Entry]\nExec={exec} %u\nTerminal=false\n");
        assert_eq!(unquoted(&entry("\"/usr/bin/surtitle\"")), entry("/usr/bin/surtitle"));
        for kept in ["\"/home/a b/surtitle\"", "\"/x/$y\"", "/usr/bin/surtitle", "\"/open"] {
            assert_eq!(unquoted(&entry(kept)), entry(kept));
        }
    }
}
