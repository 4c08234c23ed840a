//! What is behind the overlay: how bright OBS's picture is where the overlay
//! itself does not cover it.
//!
//! OBS cannot be asked for a scene without one of its sources. So the picture
//! of the whole scene is laid beside the picture of the source that proves it
//! fresh, and whatever the source covers, or may have covered in the moment
//! between the two, is left out.

use super::picture::Picture;
use surtitle_core::{Backdrop, Millis};

/// Time between two pictures of the scene, ms.
pub const EVERY_MS: u64 = 2_000;
/// Opacity up to which nothing is covered, of 255: more than the proof mark has.
const CLEAR: u8 = 7;
/// What the overlay covers may have moved by so many pixels to either side
/// between two pictures: a comment's way in 0.4 s, OBS being that slow in software.
const ASIDE: usize = 10;
/// A cell is known if this part of its pixels is clear: one of so many.
const PART: usize = 10;
/// A cell that differs by less keeps its value, so that a still picture with
/// some noise is not told again and again.
const SAME: u8 = 12;

/// How bright the cells behind the overlay are, as far as they were ever seen.
#[derive(Debug)]
pub struct Behind {
    cells: [Option<u8>; Backdrop::COLUMNS * Backdrop::ROWS],
    looked: Option<Millis>,
}

impl Default for Behind {
    fn default() -> Self {
        Self { cells: [None; Backdrop::COLUMNS * Backdrop::ROWS], looked: None }
    }
}

impl Behind {
    /// Whether it is time for another picture, which is then noted.
    pub fn is_due(&mut self, now: Millis) -> bool {
        let due = self.looked.is_none_or(|at| now.since(at) >= EVERY_MS);
        if due {
            self.looked = Some(now);
        }
        due
    }

    /// Knows nothing any more; the time of the last picture stays.
    pub fn clear(&mut self) {
        self.cells.fill(None);
    }

    /// Takes a picture of the scene and one of the overlay's source, of equal
    /// size; `None` while no cell was ever clear.
    pub fn see(&mut self, scene: &Picture, over: &Picture) -> Option<Backdrop> {
        if (scene.width, scene.height) == (over.width, over.height) {
            self.look(scene, over);
        }
        // What is always covered is taken for as bright as the rest.
        let known: Vec<u64> = self.cells.iter().flatten().map(|cell| u64::from(*cell)).collect();
        let mean = known.iter().sum::<u64>().checked_div(known.len() as u64)?;
        let mean = u8::try_from(mean).unwrap_or(u8::MAX);
        Backdrop::new(self.cells.iter().map(|cell| cell.unwrap_or(mean)).collect())
    }

    fn look(&mut self, scene: &Picture, over: &Picture) {
        let (width, height) = (over.width, over.height);
        // Sum, clear pixels, all pixels.
        let mut cells = [(0u64, 0usize, 0usize); Backdrop::COLUMNS * Backdrop::ROWS];
        for y in 0..height {
            let row = y * width..(y + 1) * width;
            let (Some(under), Some(row)) = (scene.pixels.get(row.clone()), over.pixels.get(row))
            else {
                return;
            };
            // The pixel from which on nothing covered is within reach: ASIDE ahead or behind.
            let mut clear_from = 0;
            for (x, [r, g, b, _]) in under.iter().enumerate() {
                let ahead = row.get(x + ASIDE).is_some_and(|pixel| pixel[3] > CLEAR);
                if ahead || (x == 0 && row.iter().take(ASIDE).any(|pixel| pixel[3] > CLEAR)) {
                    clear_from = x + 2 * ASIDE + 1;
                }
                let at =
                    y * Backdrop::ROWS / height * Backdrop::COLUMNS + x * Backdrop::COLUMNS / width;
                let (sum, clear, all) = &mut cells[at];
                *all += 1;
                if x >= clear_from {
                    *clear += 1;
                    // ITU-R BT.709, in ten-thousandths.
                    *sum += (2_126 * u64::from(*r) + 7_152 * u64::from(*g) + 722 * u64::from(*b))
                        / 10_000;
                }
            }
        }
        for (cell, (sum, clear, all)) in self.cells.iter_mut().zip(cells) {
            if clear > 0 && clear * PART >= all {
                let luma = u8::try_from(sum / clear as u64).unwrap_or(u8::MAX);
                if cell.is_none_or(|old| old.abs_diff(luma) >= SAME) {
                    *cell = Some(luma);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 160;
    const HEIGHT: usize = 90;

    fn picture(pixel: impl Fn(usize, usize) -> [u8; 4]) -> Picture {
        let pixels = (0..WIDTH * HEIGHT).map(|at| pixel(at % WIDTH, at / WIDTH)).collect();
        Picture { width: WIDTH, height: HEIGHT, pixels }
    }

    fn nothing() -> Picture {
        picture(|_, _| [0, 0, 0, 3])
    }

    #[test]
    fn overlay_itself_is_left_out_even_where_it_has_moved_on() {
        let words = 60..100;
        let scene = picture(|x, _| if words.contains(&x) { [255; 4] } else { [40, 40, 40, 255] });
        let over = picture(|x, _| [255, 255, 255, if (64..104).contains(&x) { 200 } else { 0 }]);
        let grid = Behind::default().see(&scene, &over).expect("clear cells");
        assert!(grid.cells().iter().all(|cell| (39..=40).contains(cell)), "{grid:?}");
    }

    #[test]
    fn cell_that_is_covered_keeps_what_was_seen_of_it() {
        let mut behind = Behind::default();
        let half = |x: usize| if x < WIDTH / 2 { 0 } else { 200 };
        let scene = picture(|x, _| [half(x), half(x), half(x), 255]);
        let seen = behind.see(&scene, &nothing()).expect("clear cells");
        assert_eq!((seen.cells()[0], seen.cells()[15]), (0, 200));
        let covered = picture(|_, _| [0, 0, 0, 255]);
        assert_eq!(behind.see(&picture(|_, _| [255; 4]), &covered), Some(seen));
        assert_eq!(Behind::default().see(&scene, &covered), None);
    }

    #[test]
    fn noise_is_not_told_and_pictures_are_two_seconds_apart() {
        let mut behind = Behind::default();
        let grey = |c: u8| picture(move |_, _| [c, c, c, 255]);
        let first = behind.see(&grey(100), &nothing());
        assert_eq!(behind.see(&grey(108), &nothing()), first);
        assert_ne!(behind.see(&grey(120), &nothing()), first);
        assert!(behind.is_due(Millis(5_000)));
        assert!(!behind.is_due(Millis(6_900)));
        assert!(behind.is_due(Millis(7_000)));
    }
}
