//! A picture as Targa, run-length coded: what OBS decodes fastest of all that
//! keeps straight alpha (2.6 ms for 1920×1080 where PNG takes 19).
//!
//! Every picture stands alone, so one may be dropped anywhere. Layout: Truevision
//! TGA 2.0, image type 10, 32 bits, first row on top.

use super::Size;

/// Most pixels of one packet.
const PACKET: usize = 128;
/// Equal pixels that end a packet of unequal ones.
const WORTH: usize = 3;

/// How the colours of a picture relate to its alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alpha {
    /// Colours are as bright as if nothing shone through.
    Straight,
    /// Colours are already multiplied by alpha.
    Premultiplied,
}

/// Encodes RGBA `pixels`, one after another from the top left, with straight
/// alpha. A row that is not whole is left out.
pub fn encode(pixels: &[u8], size: Size, alpha: Alpha, out: &mut Vec<u8>) {
    out.extend_from_slice(&header(size));
    let mut row = Vec::with_capacity(size.width as usize);
    for bytes in pixels.chunks_exact(size.width as usize * 4).take(size.height as usize) {
        row.clear();
        row.extend(bytes.chunks_exact(4).map(|p| u32::from_le_bytes([p[0], p[1], p[2], p[3]])));
        encode_row(&row, alpha, out);
    }
}

/// A picture with nothing in it.
pub fn empty(size: Size) -> Vec<u8> {
    let mut out = header(size).to_vec();
    let row = vec![0; size.width as usize];
    for _ in 0..size.height {
        encode_row(&row, Alpha::Straight, &mut out);
    }
    out
}

fn header(size: Size) -> [u8; 18] {
    let [w0, w1] = size.width.to_le_bytes();
    let [h0, h1] = size.height.to_le_bytes();
    // Type 10; 32 bits; 8 of them alpha, first row on top.
    [0, 0, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, w0, w1, h0, h1, 32, 0x28]
}

fn encode_row(row: &[u32], alpha: Alpha, out: &mut Vec<u8>) {
    let mut at = 0;
    while at < row.len() {
        let run = run(&row[at..]);
        if run > 1 {
            out.push(0x80 | length(run));
            out.extend_from_slice(&bgra(row[at], alpha));
            at += run;
            continue;
        }
        let start = at;
        while at < row.len() && at - start < PACKET && run_below(&row[at..], WORTH) {
            at += 1;
        }
        out.push(length(at - start));
        for pixel in &row[start..at] {
            out.extend_from_slice(&bgra(*pixel, alpha));
        }
    }
}

/// How many pixels at the start are the same; 1 to [`PACKET`].
fn run(row: &[u32]) -> usize {
    row.iter().take(PACKET).take_while(|pixel| **pixel == row[0]).count()
}

/// Whether fewer than `limit` pixels at the start are the same.
fn run_below(row: &[u32], limit: usize) -> bool {
    row.len() < limit || row[1..limit].iter().any(|pixel| *pixel != row[0])
}

/// A packet's length as its first byte says it.
fn length(pixels: usize) -> u8 {
    u8::try_from(pixels - 1).expect("a packet has 1 to 128 pixels")
}

/// The pixel as Targa writes it, with straight alpha.
fn bgra(pixel: u32, alpha: Alpha) -> [u8; 4] {
    let [r, g, b, a] = pixel.to_le_bytes();
    if alpha == Alpha::Straight || a == 255 {
        return [b, g, r, a];
    }
    if a == 0 {
        return [0; 4];
    }
    let straight = |c: u8| {
        let (c, a) = (u32::from(c), u32::from(a));
        u8::try_from((c * 255 + a / 2) / a).unwrap_or(u8::MAX)
    };
    [straight(b), straight(g), straight(r), a]
}

/// A reader of the same format, written from its description.
#[cfg(test)]
pub fn decode(bytes: &[u8]) -> Vec<[u8; 4]> {
    let mut out = Vec::new();
    let mut rest = &bytes[18..];
    while let [head, tail @ ..] = rest {
        let n = usize::from(head & 0x7f) + 1;
        let stored = if head & 0x80 == 0 { n } else { 1 };
        let pixels = tail[..stored * 4].as_chunks::<4>().0;
        for i in 0..n {
            out.push(pixels[if stored == 1 { 0 } else { i }]);
        }
        rest = &tail[stored * 4..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pixel_comes_back_with_straight_alpha() {
        let size = Size { width: 300, height: 3 };
        let pixels: Vec<u8> = (0..300 * 3u32)
            .flat_map(|i| match i % 300 {
                0..200 => [0, 0, 0, 0],
                200..202 => [128, 0, 0, 128],
                x => [u8::try_from(x % 256).expect("in a byte"), 1, 2, 255],
            })
            .collect();
        let mut out = Vec::new();
        encode(&pixels, size, Alpha::Premultiplied, &mut out);
        let decoded = decode(&out);
        assert_eq!(decoded.len(), 900);
        for (i, pixel) in decoded.iter().enumerate() {
            let expected = match i % 300 {
                0..200 => [0, 0, 0, 0],
                200..202 => [0, 0, 255, 128],
                x => [2, 1, u8::try_from(x % 256).expect("in a byte"), 255],
            };
            assert_eq!(*pixel, expected, "pixel {i}");
        }
    }

    #[test]
    fn straight_colours_are_left_alone() {
        let mut out = Vec::new();
        let size = Size { width: 1, height: 1 };
        encode(&[255, 10, 0, 128], size, Alpha::Straight, &mut out);
        assert_eq!(decode(&out), [[0, 10, 255, 128]]);
    }

    #[test]
    fn colour_brighter_than_its_alpha_is_cut_not_wrapped() {
        assert_eq!(bgra(u32::from_le_bytes([200, 0, 0, 100]), Alpha::Premultiplied)[2], 255);
    }

    #[test]
    fn empty_picture_is_small_and_transparent() {
        let out = empty(Size { width: 1920, height: 1080 });
        assert!(out.len() < 100_000, "{}", out.len());
        assert!(decode(&out).iter().all(|pixel| *pixel == [0; 4]));
    }
}
