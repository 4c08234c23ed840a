//! What the streamer must be told: a line on stderr and a native dialog.

use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// Says something that does not stop the program.
pub fn warn(app: &AppHandle, title: &str, text: &str) {
    eprintln!("surtitle: {}", text.replace('\n', " "));
    app.dialog().message(plain(text)).title(title).kind(MessageDialogKind::Warning).show(|_| {});
}

/// Says why the program cannot start or go on, and ends it with code 1 once that was read.
pub fn fatal(app: &AppHandle, title: &str, text: String) {
    eprintln!("surtitle: {text}");
    let ending = app.clone();
    app.dialog()
        .message(plain(&text))
        .title(title)
        .kind(MessageDialogKind::Error)
        .show(move |_| ending.exit(1));
}

/// A text no dialog can misread: GTK's takes it for a format (rfd 0.17 hands
/// it over as one), so `%n` in a stranger's words would write to memory, and a
/// zero byte ends the program. Neither is in it.
fn plain(text: &str) -> String {
    text.replace('%', "\u{ff05}").replace('\0', " ")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_dialog_is_given_nothing_to_format() {
        assert_eq!(plain("%2f %n%s 100 %\0"), "％2f ％n％s 100 ％ ");
    }
}
