//! What of a window takes clicks; the rest of it lets them through to what is below.
//!
//! [`shape`] gives the window an input shape, where the window system has
//! them; [`follow`] watches the cursor, where it has not.

#[cfg(any(not(target_os = "linux"), test))]
#[cfg_attr(target_os = "linux", expect(dead_code, reason = "here for its test only"))]
mod follow;
#[cfg(target_os = "linux")]
mod shape;

#[cfg(not(target_os = "linux"))]
pub use follow::Pointer;
#[cfg(target_os = "linux")]
pub use shape::Pointer;

use serde::Deserialize;
use std::fmt;

/// Most rectangles a window's page may name; more are left out.
pub const MOST_RECTS: usize = 64;
/// No page is larger than this, px.
const FAR: f64 = 32_767.0;

/// The place of a control in its page, in CSS px from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(from = "[f64; 4]")]
pub struct Rect {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width; 0 takes nothing.
    pub width: i32,
    /// Height; 0 takes nothing.
    pub height: i32,
}

impl From<[f64; 4]> for Rect {
    /// From x, y, width and height, outwards to whole px; what is no number is 0.
    #[expect(clippy::cast_possible_truncation, reason = "clamped to 16 bits just before")]
    fn from([x, y, width, height]: [f64; 4]) -> Self {
        let whole = |value: f64| if value.is_nan() { 0 } else { value.clamp(-FAR, FAR) as i32 };
        let (left, top) = (whole(x.floor()), whole(y.floor()));
        let (right, bottom) = (whole((x + width).ceil()), whole((y + height).ceil()));
        Self { x: left, y: top, width: (right - left).max(0), height: (bottom - top).max(0) }
    }
}

/// What of a window takes clicks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Catch {
    /// All of it.
    Everything,
    /// These controls; with none of them, nothing.
    Only(Vec<Rect>),
}

impl Catch {
    /// What `hits`, named by a page, make of a window that is `taken` whole or not.
    pub fn new(taken: bool, hits: &[Rect]) -> Self {
        if taken {
            return Self::Everything;
        }
        let seen = hits.iter().filter(|rect| rect.width > 0 && rect.height > 0);
        Self::Only(seen.take(MOST_RECTS).copied().collect())
    }
}

impl fmt::Display for Catch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("everywhere"),
            Self::Only(rects) if rects.is_empty() => f.write_str("nowhere"),
            Self::Only(rects) => {
                f.write_str("at")?;
                rects.iter().try_for_each(|Rect { x, y, width, height }| {
                    write!(f, " {width}x{height}+{x}+{y}")
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rectangle_grows_to_whole_pixels_and_nonsense_takes_nothing() {
        assert_eq!(
            Rect::from([10.6, 20.2, 30.0, 5.5]),
            Rect { x: 10, y: 20, width: 31, height: 6 }
        );
        for bad in [[f64::NAN; 4], [f64::INFINITY; 4], [5.0, 5.0, -9.0, -9.0]] {
            let rect = Rect::from(bad);
            assert!(rect.width == 0 || rect.height == 0, "{bad:?} became {rect:?}");
        }
    }

    #[test]
    fn a_window_takes_its_controls_only_unless_it_is_taken_whole() {
        let button = Rect { x: 1, y: 2, width: 3, height: 4 };
        let nothing = Rect { width: 0, ..button };
        assert_eq!(Catch::new(false, &[button, nothing]), Catch::Only(vec![button]));
        assert_eq!(Catch::new(true, &[button]), Catch::Everything);
        let flood = vec![button; MOST_RECTS + 1];
        assert_eq!(Catch::new(false, &flood), Catch::Only(vec![button; MOST_RECTS]));
    }
}
