//! Pictures made for tests, good and bad.

use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{Delay, ExtendedColorType, Frame, ImageEncoder as _, RgbaImage};

/// Every pixel another colour, so that no format makes it small.
pub fn pixels(width: u32, height: u32, shade: u8) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, y| {
        image::Rgba([(x * 31) as u8 ^ shade, (y * 17) as u8, (x * y) as u8, 255 - shade / 2])
    })
}

/// A PNG of these pixels.
pub fn png(picture: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::png::PngEncoder::new(&mut bytes)
        .write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgba8)
        .expect("a PNG");
    bytes
}

/// An animated PNG; a delay is a fraction of a second.
pub fn apng(frames: &[RgbaImage], delay: (u16, u16)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, frames[0].width(), frames[0].height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_animated(frames.len() as u32, 0).expect("frames");
    encoder.set_frame_delay(delay.0, delay.1).expect("a delay");
    let mut writer = encoder.write_header().expect("a header");
    for frame in frames {
        writer.write_image_data(frame).expect("pixels");
    }
    writer.finish().expect("an end");
    bytes
}

/// An animated GIF.
pub fn gif(frames: &[RgbaImage], ms: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    encoder.set_repeat(Repeat::Infinite).expect("repeats");
    for frame in frames {
        let delay = Delay::from_numer_denom_ms(ms, 1);
        encoder.encode_frame(Frame::from_parts(frame.clone(), 0, 0, delay)).expect("a frame");
    }
    drop(encoder);
    bytes
}

/// A still WebP without loss.
pub fn webp(picture: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes)
        .encode(picture, picture.width(), picture.height(), ExtendedColorType::Rgba8)
        .expect("a WebP");
    bytes
}

/// A JPEG.
pub fn jpeg(picture: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let flat = image::DynamicImage::ImageRgba8(picture.clone()).into_rgb8();
    JpegEncoder::new(&mut bytes)
        .encode(&flat, flat.width(), flat.height(), ExtendedColorType::Rgb8)
        .expect("a JPEG");
    bytes
}

fn u24(n: u32) -> [u8; 3] {
    let [a, b, c, _] = n.to_le_bytes();
    [a, b, c]
}

/// A chunk of a RIFF file.
pub fn riff(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let mut chunk = [&kind[..], &(data.len() as u32).to_le_bytes(), data].concat();
    if !data.len().is_multiple_of(2) {
        chunk.push(0);
    }
    chunk
}

/// A WebP of chunks.
pub fn webp_of(chunks: &[Vec<u8>]) -> Vec<u8> {
    riff(b"RIFF", &[b"WEBP".to_vec(), chunks.concat()].concat())
}

/// The chunk that says how large the canvas of an animated WebP is.
pub fn vp8x(width: u32, height: u32) -> Vec<u8> {
    riff(b"VP8X", &[&[0b0001_0010, 0, 0, 0][..], &u24(width - 1), &u24(height - 1)].concat())
}

/// One frame of an animated WebP at `(x, y)`, drawn by a still one.
pub fn anmf(picture: &RgbaImage, (x, y): (u32, u32), ms: u32) -> Vec<u8> {
    let still = webp(picture);
    let place =
        [u24(x / 2), u24(y / 2), u24(picture.width() - 1), u24(picture.height() - 1), u24(ms)];
    riff(b"ANMF", &[&place.concat()[..], &[0], &still[12..]].concat())
}

/// An animated WebP.
pub fn animated_webp(frames: &[RgbaImage], ms: u32) -> Vec<u8> {
    let mut chunks =
        vec![vp8x(frames[0].width(), frames[0].height()), riff(b"ANIM", &[0, 0, 0, 0, 0, 0])];
    chunks.extend(frames.iter().map(|frame| anmf(frame, (0, 0), ms)));
    webp_of(&chunks)
}

/// A chunk of a PNG with a right sum.
pub fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [&kind[..], data].concat();
    let sum = body.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 }
        })
    });
    [&(data.len() as u32).to_be_bytes()[..], &body, &(!sum).to_be_bytes()].concat()
}

/// A PNG of chunks, its header first.
pub fn png_of(size: (u32, u32), depth: u8, colour: u8, chunks: &[Vec<u8>]) -> Vec<u8> {
    let (width, height) = (size.0.to_be_bytes(), size.1.to_be_bytes());
    let head = chunk(b"IHDR", &[&width[..], &height[..], &[depth, colour, 0, 0, 0]].concat());
    [b"\x89PNG\r\n\x1a\n".to_vec(), head, chunks.concat(), chunk(b"IEND", &[])].concat()
}

/// `bytes` zeros as zlib writes them, a thousandth of that.
pub fn zeros(bytes: usize) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let block = vec![0; 64 * 1024];
    let mut left = bytes;
    while left > 0 {
        let part = left.min(block.len());
        std::io::Write::write_all(&mut encoder, &block[..part]).expect("memory takes it");
        left -= part;
    }
    encoder.finish().expect("memory takes it")
}
