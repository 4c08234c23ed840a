//! Notifications of the desktop for gifts and new questions.
//!
//! Off until the streamer wants them: on the machine that streams a
//! notification may end up on the picture. They name who, never what somebody
//! wrote, make no sound of their own and are not kept by the desktop.

mod fold;
mod words;

pub use surtitle_core::Language;
pub use words::{Notice, sample};

use super::shell::Shell;
use fold::Fold;
use notify_rust::Notification;
use serde::{Deserialize, Serialize};
use std::time::Instant;
use surtitle_server::News;
use tauri::{AppHandle, Manager};

/// What the bell rings for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BellSettings {
    /// Gifts.
    pub gifts: bool,
    /// New questions.
    pub questions: bool,
    /// What it speaks: as the console does.
    pub language: Language,
}

impl BellSettings {
    fn wants(&self, news: &News) -> bool {
        match news {
            News::Gift { .. } => self.gifts,
            News::Question { .. } => self.questions,
            _ => false,
        }
    }
}

/// Rings from now on, for as long as the server runs.
pub fn hang(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let Some(mut news) = app.state::<Shell>().news().await else { return };
        let mut fold = Fold::default();
        let mut ringing: Option<tokio::task::JoinHandle<()>> = None;
        loop {
            let due = fold.due();
            let wait = async {
                match due {
                    Some(at) => tokio::time::sleep_until(at.into()).await,
                    None => std::future::pending().await,
                }
            };
            let settings = || app.state::<Shell>().settings.bell();
            tokio::select! {
                one = news.recv() => {
                    let Some(one) = one else { return };
                    if settings().wants(&one) {
                        fold.add(Instant::now(), one);
                    }
                }
                () = wait => {
                    let heard = fold.take(Instant::now());
                    // A desktop that does not answer is not asked twice at a time.
                    if ringing.as_ref().is_some_and(|last| !last.is_finished()) {
                        tracing::debug!("notification dropped: the last one is still on its way");
                        continue;
                    }
                    let notice = words::notice(settings().language, &heard);
                    ringing = Some(tokio::task::spawn_blocking(move || {
                        if let Err(error) = show(&notice) {
                            tracing::warn!("no notification is shown: {error}");
                        }
                    }));
                }
            }
        }
    });
}

/// Has the desktop show it; blocks until it has answered.
pub fn show(notice: &Notice) -> Result<(), notify_rust::error::Error> {
    let mut notification = Notification::new();
    notification
        .appname("Surtitle")
        .summary(&notice.title)
        .body(&body(&notice.text))
        .icon("surtitle");
    #[cfg(target_os = "linux")]
    notification
        .hint(notify_rust::Hint::Transient(true))
        .hint(notify_rust::Hint::SuppressSound(true));
    #[cfg(target_os = "windows")]
    notification.app_id("io.github.surtitle");
    notification.show().map(drop)
}

/// The text as this desktop wants it: one that reads markup gets none.
#[cfg(target_os = "linux")]
fn body(text: &str) -> String {
    // Whoever does not say what it can is taken to read markup.
    let reads_markup = notify_rust::get_capabilities()
        .map_or(true, |can| can.iter().any(|one| one == "body-markup"));
    if reads_markup { words::escaped(text) } else { text.to_owned() }
}

/// The text as it is: nothing here reads markup.
#[cfg(any(target_os = "windows", target_os = "macos"))]
fn body(text: &str) -> String {
    text.to_owned()
}
