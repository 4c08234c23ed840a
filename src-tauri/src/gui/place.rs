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
            self.x + edge(self.width) >= s.x + GRIP.0
                && self.x + GRIP.0 <= right
                && self.y >= s.y
                && self.y + GRIP.1 <= bottom
        })
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
    fn a_window_needs_its_title_bar_not_its_whole_area() {
        let one = [screen(0, 1920)];
        assert!(at(-1000, 10).is_reachable(&one));
        assert!(at(1700, 900).is_reachable(&one));
        assert!(!at(100, -30).is_reachable(&one));
        assert!(!at(100, 1079).is_reachable(&one));
        assert!(!at(-1279, 10).is_reachable(&one));
    }
}
