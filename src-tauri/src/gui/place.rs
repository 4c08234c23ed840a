//! Where a window stands, and whether anybody could still reach it there.

use super::screens::Screen;
use serde::{Deserialize, Serialize};

/// Outer position and inner size in physical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Left edge of the frame.
    pub x: i32,
    /// Top edge of the frame.
    pub y: i32,
    /// Width without the frame.
    pub width: u32,
    /// Height without the frame.
    pub height: u32,
    /// Fills its monitor; the other figures are those to go back to.
    #[serde(default)]
    pub maximized: bool,
}

/// Part of the title bar that must be on a screen to count as reachable.
const GRIP: (i32, i32) = (96, 24);

impl Place {
    /// Whether the top left part of the title bar is on one of `screens`.
    pub fn is_reachable(&self, screens: &[Screen]) -> bool {
        screens.iter().any(|s| {
            let (right, bottom) = (s.x + edge(s.width), s.y + edge(s.height));
            self.x.saturating_add(edge(self.width)) >= s.x + GRIP.0
                && self.x.saturating_add(GRIP.0) <= right
                && self.y >= s.y
                && self.y.saturating_add(GRIP.1) <= bottom
        })
    }
}

impl Place {
    /// The place itself if it can be reached, or else the same window in the
    /// middle of the primary monitor, no larger than that. `None` if the
    /// system names no monitor.
    #[must_use]
    pub fn mended(self, screens: &[Screen]) -> Option<Self> {
        if self.is_reachable(screens) {
            return Some(self);
        }
        let screen = screens.iter().find(|s| s.primary).or(screens.first())?;
        // Room for the frame.
        let height = self.height.min(screen.height.saturating_sub(2 * GRIP.1.unsigned_abs()));
        let width = self.width.min(screen.width);
        let x = screen.x + (edge(screen.width) - edge(width)) / 2;
        let y = screen.y + (edge(screen.height) - edge(height)) / 2 - GRIP.1;
        Some(Self { x, y: y.max(screen.y), width, height, ..self })
    }
}

fn edge(length: u32) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn screen(x: i32, width: u32) -> Screen {
        Screen { name: "A".into(), x, y: 0, width, height: 1080, primary: x == 0 }
    }

    fn at(x: i32, y: i32) -> Place {
        Place { x, y, width: 1280, height: 800, maximized: false }
    }

    #[test]
    fn a_window_left_on_a_monitor_that_is_gone_is_not_reachable() {
        let both = [screen(0, 1920), screen(1920, 1920)];
        assert!(at(2400, 100).is_reachable(&both));
        assert!(!at(2400, 100).is_reachable(&both[..1]));
    }

    #[test]
    fn a_place_off_every_monitor_is_put_in_the_middle_of_the_primary_one() {
        let two = [screen(1920, 1280), screen(0, 1920)];
        for lost in [at(9_000, 100), at(i32::MIN, 0), at(i32::MAX, i32::MAX), at(100, -900)] {
            let mended = lost.mended(&two).expect("there are monitors");
            assert_eq!(mended, at(320, 116), "{lost:?}");
            assert!(mended.is_reachable(&two));
        }
        assert_eq!(at(2_000, 100).mended(&two), Some(at(2_000, 100)));
        assert_eq!(at(2_000, 100).mended(&[]), None);
    }

    #[test]
    fn a_mended_window_is_no_larger_than_its_monitor() {
        let huge = Place { width: u32::MAX, height: u32::MAX, ..at(9_000, 0) };
        let mended = huge.mended(&[screen(0, 1920)]).expect("there is a monitor");
        assert_eq!((mended.width, mended.height), (1920, 1032));
        assert!(mended.is_reachable(&[screen(0, 1920)]));
    }

    #[test]
    fn a_window_needs_its_title_bar_not_its_whole_area() {
        let one = [screen(0, 1920)];
        assert!(at(-1000, 10).is_reachable(&one));
        assert!(at(1700, 900).is_reachable(&one));
        assert!(!at(100, -30).is_reachable(&one));
        assert!(!at(100, 1079).is_reachable(&one));
        assert!(!at(-1279, 10).is_reachable(&one));
    }
}
