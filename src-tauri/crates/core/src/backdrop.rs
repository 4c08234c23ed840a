//! Backdrop: how bright the picture behind an overlay is, coarsely.

use serde::{Deserialize, Deserializer, Serialize};

/// Cells of a row.
const COLUMNS: usize = 16;
/// Rows of cells.
const ROWS: usize = 9;

/// Luma of the picture behind an overlay, its own pixels left out: 16 columns
/// by 9 rows, row by row from the top left, 0 black to 255 white (the mean of
/// the cell's sRGB luma). On the wire a list of 144 numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Backdrop(Vec<u8>);

impl Backdrop {
    /// Cells of a row.
    pub const COLUMNS: usize = COLUMNS;
    /// Rows of cells.
    pub const ROWS: usize = ROWS;

    /// `None` unless there are 144 cells.
    pub fn new(cells: Vec<u8>) -> Option<Self> {
        (cells.len() == COLUMNS * ROWS).then_some(Self(cells))
    }

    /// From a picture of `width` × `height` RGB pixels; `None` if it has fewer
    /// bytes than that or is smaller than the grid.
    pub fn of_rgb(width: usize, height: usize, rgb: &[u8]) -> Option<Self> {
        if width < COLUMNS || height < ROWS || rgb.len() < width.checked_mul(height)? * 3 {
            return None;
        }
        let mut cells = vec![(0u64, 0u64); COLUMNS * ROWS];
        for (at, pixel) in rgb.chunks_exact(3).take(width * height).enumerate() {
            let (x, y) = (at % width * COLUMNS / width, at / width * ROWS / height);
            let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(u64::from);
            let (sum, count) = &mut cells[y * COLUMNS + x];
            // ITU-R BT.709, in ten-thousandths.
            *sum += (2_126 * r + 7_152 * g + 722 * b) / 10_000;
            *count += 1;
        }
        let luma = |(sum, count): (u64, u64)| u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX);
        Some(Self(cells.into_iter().map(luma).collect()))
    }

    /// The cells, row by row.
    pub fn cells(&self) -> &[u8] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Backdrop {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let cells = Vec::<u8>::deserialize(from)?;
        Self::new(cells).ok_or_else(|| serde::de::Error::custom("a backdrop has 144 cells"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_144_cells_are_a_backdrop() {
        assert!(Backdrop::new(vec![7; 144]).is_some());
        assert!(Backdrop::new(vec![7; 143]).is_none());
        assert!(serde_json::from_str::<Backdrop>("[1,2,3]").is_err());
    }

    #[test]
    fn bright_half_of_a_picture_is_bright_in_the_grid() {
        let (width, height) = (64, 36);
        let rgb: Vec<u8> = (0..width * height)
            .flat_map(|at| if at % width < width / 2 { [0; 3] } else { [255; 3] })
            .collect();
        let grid = Backdrop::of_rgb(width, height, &rgb).expect("large enough");
        for row in grid.cells().chunks(COLUMNS) {
            assert!(row[..8].iter().all(|c| *c == 0) && row[8..].iter().all(|c| *c >= 254));
        }
        assert!(Backdrop::of_rgb(width, height, &rgb[3..]).is_none());
        assert!(Backdrop::of_rgb(8, 8, &rgb).is_none());
    }
}
