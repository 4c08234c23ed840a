//! Windows and macOS: a window takes all clicks or none, so the cursor is
//! watched, and the window takes them while it is over a control.

use super::{Catch, Rect};
use std::time::Duration;
use tauri::{PhysicalPosition, WebviewWindow, async_runtime::JoinHandle};

/// How often the cursor is looked at, while the page shows controls.
const LOOK: Duration = Duration::from_millis(30);

/// What watches the cursor for a window.
#[derive(Debug, Default)]
pub struct Pointer {
    watching: Option<JoinHandle<()>>,
}

impl Pointer {
    /// Sets what takes clicks, until it is set again.
    pub fn set(&mut self, window: &WebviewWindow, catch: &Catch) -> tauri::Result<()> {
        if let Some(watching) = self.watching.take() {
            watching.abort();
        }
        window.set_ignore_cursor_events(*catch != Catch::Everything)?;
        if let Catch::Only(rects) = catch
            && !rects.is_empty()
        {
            let watch = watch(window.clone(), rects.clone());
            self.watching = Some(tauri::async_runtime::spawn(watch));
        }
        Ok(())
    }
}

impl Drop for Pointer {
    fn drop(&mut self) {
        if let Some(watching) = self.watching.take() {
            watching.abort();
        }
    }
}

/// Switches the window as the cursor goes over its controls and off them; ends
/// with the window.
async fn watch(window: WebviewWindow, rects: Vec<Rect>) {
    let mut before = false;
    loop {
        tokio::time::sleep(LOOK).await;
        let (Ok(cursor), Ok(corner), Ok(scale)) =
            (window.cursor_position(), window.inner_position(), window.scale_factor())
        else {
            return;
        };
        let now = is_over(&rects, cursor, corner, scale);
        if now != before && window.set_ignore_cursor_events(!now).is_err() {
            return;
        }
        before = now;
    }
}

/// Whether a cursor, in px of the desktop, is over one of the controls of a
/// page whose top left corner is at `corner` and whose px are `scale` of those.
fn is_over(
    rects: &[Rect],
    cursor: PhysicalPosition<f64>,
    corner: PhysicalPosition<i32>,
    scale: f64,
) -> bool {
    let x = (cursor.x - f64::from(corner.x)) / scale;
    let y = (cursor.y - f64::from(corner.y)) / scale;
    rects.iter().any(|rect| {
        let (right, bottom) = (rect.x + rect.width, rect.y + rect.height);
        x >= f64::from(rect.x)
            && x < f64::from(right)
            && y >= f64::from(rect.y)
            && y < f64::from(bottom)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_over_a_control_of_a_second_monitor_at_150_percent() {
        let rects = [Rect { x: 100, y: 50, width: 20, height: 10 }];
        let over = |x, y| {
            is_over(&rects, PhysicalPosition::new(x, y), PhysicalPosition::new(1920, 0), 1.5)
        };
        assert!(over(2070.0, 75.0));
        assert!(over(2099.0, 89.0));
        assert!(!over(2100.0, 75.0));
        assert!(!over(150.0, 75.0));
    }
}
