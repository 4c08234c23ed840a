//! What the streamer must be told: a line on stderr and a native dialog.

use tauri::AppHandle;
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};

/// Says something that does not stop the program.
pub fn warn(app: &AppHandle, title: &str, text: &str) {
    eprintln!("surtitle: {}", text.replace('\n', " "));
    app.dialog().message(text).title(title).kind(MessageDialogKind::Warning).show(|_| {});
}

/// Says why the program cannot start, and ends it with code 1 once that was read.
pub fn fatal(app: &AppHandle, error: &anyhow::Error) {
    let text = format!("{error:#}");
    eprintln!("surtitle: {text}");
    let ending = app.clone();
    app.dialog()
        .message(text)
        .title("Surtitle does not start")
        .kind(MessageDialogKind::Error)
        .show(move |_| ending.exit(1));
}
