//! Ends the program in order when the system asks for it.

use tauri::AppHandle;

/// Quits on SIGTERM, SIGINT or SIGHUP (elsewhere on Ctrl-C).
pub fn quit_on_stop(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if let Err(error) = asked().await {
            tracing::warn!("signals are not heard, quit by the tray instead: {error}");
            return;
        }
        app.exit(0);
    });
}

#[cfg(unix)]
async fn asked() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut term = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    tokio::select! {
        _ = term.recv() => {}
        _ = interrupt.recv() => {}
        _ = hangup.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn asked() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}
