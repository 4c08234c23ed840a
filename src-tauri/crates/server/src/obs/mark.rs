//! The proof mark: a number an overlay page draws into its picture, so faint
//! that nobody sees it, and its reading from OBS's own picture of the source.
//!
//! 32 blocks of 8 × 8 device pixels stand in the lower left corner, in one
//! row. They are black; a block's opacity is its bit, [`ZERO`] or [`ONE`] of
//! 255. Most significant first: 12 bits of the page's number, 12 bits of the
//! mark's number, 8 bits of checksum. ui/src/overlay/proof.ts draws it.
//!
//! OBS is asked for its source scaled down by 8: each block is then one pixel,
//! taken from the block's middle, and the picture costs next to nothing.

use super::picture::Picture;

/// Width and height of a block, device pixels.
pub const BLOCK: u32 = 8;
/// Blocks of a mark.
const BITS: usize = 32;
/// Opacity of a 0, of 255. Not nothing, so that a page that draws nothing is told apart.
const ZERO: u8 = 2;
/// Opacity of a 1, of 255: a hundredth of black, under what anybody sees.
const ONE: u8 = 5;
/// Opacity over this is no mark's, of 255.
const MOST: u8 = 7;
/// Numbers are kept modulo this.
pub const MODULUS: u16 = 1 << 12;

/// A mark's two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mark {
    /// The page's own number, new with every load.
    pub page: u16,
    /// One more with every mark.
    pub n: u16,
}

/// What a picture of the source holds where the mark belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A mark.
    Mark(Mark),
    /// Nothing at all is drawn there.
    Blank,
    /// Something else is drawn there.
    Covered,
}

/// The size to ask a source of `size` for.
pub fn reduced((width, height): (u32, u32)) -> (usize, usize) {
    // obs-websocket takes 8 to 4096.
    let side = |pixels: u32| (pixels / BLOCK).clamp(8, 4_096) as usize;
    (side(width), side(height))
}

/// Reads the mark from a picture of the source at its [`reduced`] size.
pub fn read(picture: &Picture) -> Seen {
    if picture.width < BITS || picture.height == 0 {
        return Seen::Covered;
    }
    let row = (picture.height - 1) * picture.width;
    let opacity = |x: usize| picture.pixels.get(row + x).map_or(0, |pixel| pixel[3]);
    decode(std::array::from_fn(opacity))
}

/// Reads the mark from the opacity of its blocks.
fn decode(blocks: [u8; BITS]) -> Seen {
    if blocks.iter().all(|opacity| *opacity == 0) {
        return Seen::Blank;
    }
    if blocks.iter().any(|opacity| *opacity > MOST) {
        return Seen::Covered;
    }
    let middle = ZERO.midpoint(ONE);
    let bits = blocks.iter().fold(0u32, |bits, opacity| bits << 1 | u32::from(*opacity > middle));
    let [a, b, c, check] = bits.to_be_bytes();
    if checksum([a, b, c]) != check {
        return Seen::Covered;
    }
    let numbers = bits >> 8;
    let page = (numbers >> 12) as u16;
    let n = (numbers & u32::from(MODULUS - 1)) as u16;
    Seen::Mark(Mark { page, n })
}

/// CRC-8 with the polynomial x⁸ + x² + x + 1, begun with 255.
fn checksum(bytes: [u8; 3]) -> u8 {
    bytes.iter().fold(0xff, |crc, byte| {
        (0..8).fold(
            crc ^ byte,
            |crc: u8, _| {
                if crc & 0x80 == 0 { crc << 1 } else { crc << 1 ^ 0x07 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(mark: Mark) -> [u8; BITS] {
        let numbers = u32::from(mark.page) << 12 | u32::from(mark.n);
        let [_, a, b, c] = numbers.to_be_bytes();
        let bits = numbers << 8 | u32::from(checksum([a, b, c]));
        std::array::from_fn(|i| if bits >> (31 - i) & 1 == 1 { ONE } else { ZERO })
    }

    #[test]
    fn every_mark_reads_back() {
        for page in [0, 1, 0x5a5, 4_095] {
            for n in (0..MODULUS).step_by(13) {
                let mark = Mark { page, n };
                assert_eq!(decode(blocks(mark)), Seen::Mark(mark));
            }
        }
    }

    #[test]
    fn mark_is_the_one_the_page_draws() {
        // The same figures are in ui/src/overlay/proof.test.ts.
        let drawn: String = blocks(Mark { page: 0xabc, n: 0x123 })
            .map(|opacity| if opacity == ONE { '1' } else { '0' })
            .iter()
            .collect();
        assert_eq!(drawn, format!("{:012b}{:012b}{:08b}", 0xabc, 0x123, 0x9e));
    }

    #[test]
    fn nothing_and_something_else_are_told_apart() {
        assert_eq!(decode([0; BITS]), Seen::Blank);
        assert_eq!(decode([255; BITS]), Seen::Covered);
        let mut changed = blocks(Mark { page: 7, n: 7 });
        changed[20] = if changed[20] == ONE { ZERO } else { ONE };
        assert_eq!(decode(changed), Seen::Covered);
    }

    #[test]
    fn broken_picture_is_an_error_and_an_opaque_one_is_covered() {
        assert!(Picture::decode(b"no picture").is_err());
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 40, 2);
        encoder.set_color(png::ColorType::Rgb);
        let mut writer = encoder.write_header().expect("a header");
        writer.write_image_data(&[9; 40 * 2 * 3]).expect("pixels");
        writer.finish().expect("an end");
        assert_eq!(read(&Picture::decode(&file).expect("a picture")), Seen::Covered);
    }
}
