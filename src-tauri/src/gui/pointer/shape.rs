//! X11 and Wayland: an input shape, kept by the window system itself.

use super::Catch;
use gtk::{
    cairo::{RectangleInt, Region},
    prelude::WidgetExt,
};
use tauri::WebviewWindow;

/// A window's input shape; the window system remembers it.
#[derive(Debug, Default)]
pub struct Pointer {}

impl Pointer {
    /// Sets it. Main thread only.
    ///
    /// Tauri's own call leaves one pixel, the top left one, that still takes
    /// clicks: a screen corner people aim at. An empty region leaves none, and
    /// GTK sets it again by itself whenever the window is mapped anew. CSS px of
    /// a page at zoom 1 are GTK's own, whatever the scale of the monitor.
    pub fn set(&mut self, window: &WebviewWindow, catch: &Catch) -> tauri::Result<()> {
        let region = match catch {
            Catch::Everything => None,
            Catch::Only(rects) => {
                let rects: Vec<_> = rects
                    .iter()
                    .map(|rect| RectangleInt::new(rect.x, rect.y, rect.width, rect.height))
                    .collect();
                Some(Region::create_rectangles(&rects))
            }
        };
        window.gtk_window()?.input_shape_combine_region(region.as_ref());
        Ok(())
    }
}
