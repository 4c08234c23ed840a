//! The overlay windows: which there are, where each lies, whether they may be shown.

use super::{
    compositor, notice,
    pane::{Draw, Pane, Standing},
    pointer::Rect,
    screens::{self, Screen},
    seats, session,
    settings::OverlaySettings,
    shell::Shell,
};
use std::sync::atomic::Ordering;
use tauri::{AppHandle, Manager, WebviewWindow};

/// Every overlay window's label begins with this; the first one's is this.
pub const LABEL: &str = "overlay";

const NO_COMPOSITOR: &str = "The overlay window is not shown: no compositor is running, and without \
     one it would cover the whole screen in black.\n\nStart a compositor (for example picom) and the \
     overlay appears by itself. The overlay link for OBS works without one.";

/// What the windows were last made to be, so that nothing is done twice.
#[derive(Debug, Default)]
pub struct Seen {
    /// One for each wanted, in order.
    panes: Vec<Pane>,
    /// How many were created in this run.
    created: usize,
    screens: Vec<Screen>,
    /// That the overlay cannot be transparent was said, and nothing has mended it since.
    warned: bool,
}

impl Seen {
    /// Ends windows that are not wanted, or show another overlay than is, and
    /// creates those that are missing.
    fn fit(&mut self, app: &AppHandle, wanted: &OverlaySettings) -> tauri::Result<()> {
        let names: Vec<&str> = wanted.windows.iter().map(|pane| pane.name.as_str()).collect();
        let same =
            self.panes.iter().zip(&names).take_while(|(pane, name)| pane.shows(name)).count();
        for pane in self.panes.drain(same..) {
            pane.end(app)?;
        }
        for name in &names[same..] {
            self.created += 1;
            self.panes.push(Pane::create(app, self.created, name, wanted)?);
        }
        Ok(())
    }
}

/// The page of an overlay.
pub fn path(name: &str) -> String {
    format!("/overlay/{name}")
}

/// Brings the windows in line with the settings and the desktop, creating and
/// ending them as need be. Main thread only; cheap when nothing changed.
pub fn apply(app: &AppHandle) {
    if let Err(error) = try_apply(app) {
        tracing::warn!("overlay window: {error}");
    }
}

fn try_apply(app: &AppHandle) -> tauri::Result<()> {
    let shell = app.state::<Shell>();
    let wanted = shell.settings.overlay();
    let mut seen = shell.overlay.lock().expect("never held while panicking");
    let obstacle = obstacle();
    match &obstacle {
        None => seen.warned = false,
        Some(Obstacle { title, text }) if wanted.visible && !seen.warned => {
            seen.warned = true;
            notice::warn(app, title, text);
        }
        Some(_) => {}
    }

    seen.fit(app, &wanted)?;
    let all = screens::list(app);
    if all != seen.screens {
        tracing::debug!("monitors: {}", screens::words(&all));
        seen.screens.clone_from(&all);
    }
    let seats = seats::seats(&all, &wanted.windows);
    let standing = standing(&shell, &wanted);
    for (pane, seat) in seen.panes.iter_mut().zip(seats) {
        let seat = seat.and_then(|index| Some((index, all.get(index)?)));
        let draw = match seat {
            Some((index, screen)) if wanted.visible && obstacle.is_none() => {
                Draw::On(index, screen)
            }
            _ => Draw::Hidden,
        };
        pane.apply(app, &draw, standing, &wanted)?;
    }
    Ok(())
}

/// Takes what a window's page says of its controls, and answers how the page stands.
pub fn hits(window: &WebviewWindow, rects: Vec<Rect>) -> Standing {
    let app = window.app_handle();
    let shell = app.state::<Shell>();
    let standing = standing(&shell, &shell.settings.overlay());
    let mut seen = shell.overlay.lock().expect("never held while panicking");
    if let Some(pane) = seen.panes.iter_mut().find(|pane| pane.is(window)) {
        pane.hits(rects);
    }
    standing
}

fn standing(shell: &Shell, wanted: &OverlaySettings) -> Standing {
    let taken = !wanted.click_through || shell.held.load(Ordering::Relaxed);
    Standing { taken, opacity: wanted.opacity }
}

/// What the overlay windows cannot do now, in sentences for the streamer. Main thread only.
pub fn limits() -> Vec<String> {
    let obstacle = obstacle().map(|obstacle| obstacle.text);
    obstacle.into_iter().chain(session::limits().map(Into::into)).collect()
}

/// Why a window would not be transparent now.
struct Obstacle {
    title: &'static str,
    /// What to do about it.
    text: String,
}

fn obstacle() -> Option<Obstacle> {
    if let Some(text) = session::opaque() {
        return Some(Obstacle { title: "Surtitle: no transparency", text });
    }
    let text = NO_COMPOSITOR.into();
    (!compositor::is_running()).then_some(Obstacle { title: "Surtitle: no compositor", text })
}
