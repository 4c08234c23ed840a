//! One overlay window: an overlay page, transparent, over one whole monitor.

use super::{
    browser, cover, overlay,
    pointer::{Catch, Pointer, Rect},
    screens::Screen,
    settings::OverlaySettings,
    shell::Shell,
};
use serde::Serialize;
use tauri::{
    AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, webview::NewWindowResponse,
};

/// How a page stands in its window; it draws itself by this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The whole window takes clicks.
    pub taken: bool,
    /// How much of the picture is seen, in percent.
    pub opacity: u8,
}

/// Where a window should be now.
#[derive(Debug)]
pub enum Draw<'a> {
    /// Over this monitor, number so and so of the system's list.
    On(usize, &'a Screen),
    /// Nowhere.
    Hidden,
}

/// A window, and what it was last made to be.
#[derive(Debug)]
pub struct Pane {
    label: String,
    name: String,
    shown: bool,
    /// Where its page has controls.
    hits: Vec<Rect>,
    catch: Option<Catch>,
    standing: Option<Standing>,
    pointer: Pointer,
}

impl Pane {
    /// Creates the `count`-th window of this run, hidden; [`Self::apply`] shows it.
    pub fn create(
        app: &AppHandle,
        count: usize,
        name: &str,
        settings: &OverlaySettings,
    ) -> tauri::Result<Self> {
        let shell = app.state::<Shell>();
        let own = shell.origin.clone();
        // A label is free again only some time after its window has ended.
        let label = match count {
            1 => overlay::LABEL.to_owned(),
            _ => format!("{}-{count}", overlay::LABEL),
        };
        let token = shell.display(name);
        let page = WebviewUrl::External(shell.origin.page(&overlay::path(name)));
        let window = WebviewWindowBuilder::new(app, &label, page)
            .title(title(name))
            .initialization_script(shell.origin.introduction(token.as_deref()))
            .data_directory(shell.webview.clone())
            .on_navigation(move |url| own.owns(url))
            .on_new_window(|url, _| {
                browser::open(&url);
                NewWindowResponse::Deny
            })
            .transparent(true)
            .decorations(false)
            .shadow(false)
            .always_on_top(true)
            .visible_on_all_workspaces(true)
            .skip_taskbar(true)
            .focusable(false)
            .focused(false)
            .visible(false)
            .build()?;
        cover::prepare(&window, settings)?;
        Ok(Self {
            label,
            name: name.into(),
            shown: false,
            hits: Vec::new(),
            catch: None,
            standing: None,
            pointer: Pointer::default(),
        })
    }

    /// Whether it is this window.
    pub fn is(&self, window: &WebviewWindow) -> bool {
        self.label == window.label()
    }

    /// Takes where its page has controls now; [`Self::apply`] follows.
    pub fn hits(&mut self, rects: Vec<Rect>) {
        self.hits = rects;
        let controls = Catch::new(false, &self.hits);
        tracing::debug!("window \"{}\" has controls {controls}", self.label);
    }

    /// Whether it shows this overlay.
    pub fn shows(&self, name: &str) -> bool {
        self.name == name
    }

    /// Brings the window in line. Main thread only.
    pub fn apply(
        &mut self,
        app: &AppHandle,
        draw: &Draw<'_>,
        standing: Standing,
        settings: &OverlaySettings,
    ) -> tauri::Result<()> {
        let Some(window) = app.get_webview_window(&self.label) else { return Ok(()) };
        let Draw::On(index, screen) = draw else {
            if self.shown {
                window.hide()?;
                self.shown = false;
            }
            return Ok(());
        };

        let catch = Catch::new(standing.taken, &self.hits);
        if self.catch.as_ref() != Some(&catch) {
            self.pointer.set(&window, &catch)?;
            tracing::debug!("window \"{}\" takes clicks {catch}", self.label);
            self.catch = Some(catch);
        }
        if self.standing != Some(standing) {
            window.eval(announcement(standing))?;
            self.standing = Some(standing);
        }
        let first = !self.shown;
        if first {
            window.show()?;
            self.shown = true;
        }
        if first || !cover::covers(&window, screen) {
            cover::cover(&window, screen, *index, settings)?;
        }
        Ok(())
    }

    /// Ends the window.
    pub fn end(self, app: &AppHandle) -> tauri::Result<()> {
        app.get_webview_window(&self.label).map_or(Ok(()), |window| window.destroy())
    }
}

fn title(name: &str) -> String {
    if name == "main" { "Surtitle overlay".into() } else { format!("Surtitle overlay {name}") }
}

/// A script that tells a page how it stands. A page that is loading misses it
/// and learns it from the answer to its first report.
fn announcement(standing: Standing) -> String {
    let standing = serde_json::to_string(&standing).expect("two plain values");
    format!(
        "window.dispatchEvent(new CustomEvent(\"surtitle-standing\", {{ detail: {standing} }}));"
    )
}
