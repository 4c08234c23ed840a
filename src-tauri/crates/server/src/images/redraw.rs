//! Bytes from outside become a picture of our own.
//!
//! Decoded within bounds, scaled down, and encoded anew as PNG: what reaches a
//! page holds pixels and nothing else of the file it came from, whatever else
//! that file was. Runs on a blocking thread; a decoder that panics is an
//! answer like any other there.

use super::format::{Format, sniff};
use super::sheet;
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::codecs::webp::WebPDecoder;
use image::imageops::{self, FilterType as Filter};
use image::{
    AnimationDecoder, DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, Limits,
    RgbaImage,
};
use std::io::Cursor;
use surtitle_core::Frames;

/// Most pixels of one side.
pub const SIDE: u32 = 4_096;
/// Most pixels decoded at once: 16 megapixels.
pub const PIXELS: u64 = 16 * 1024 * 1024;
/// Most bytes a decoded picture may need, as 16 megapixels of 8-bit RGBA do.
const DECODED: u64 = 4 * PIXELS;
/// Most bytes a decoder may take beside it.
const WORKING: u64 = 96 * 1024 * 1024;
/// Most scans of a JPEG; each goes over every pixel once more.
const SCANS: usize = 64;

/// What a picture is for, and so how large it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Size {
    /// A face or a gift: still, 256 px a side at most.
    Face,
    /// A product or anything else shown large: still, 1,280 px at most.
    Large,
    /// An emote: 256 px at most, moving if it moves.
    Emote,
}

impl Size {
    /// Most pixels of the longer side.
    pub fn side(self) -> u32 {
        match self {
            Self::Face | Self::Emote => 256,
            Self::Large => 1_280,
        }
    }

    /// The word that keeps keys of one address apart.
    pub fn word(self) -> &'static str {
        match self {
            Self::Face => "face",
            Self::Large => "large",
            Self::Emote => "emote",
        }
    }
}

/// A picture of our own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The PNG; a sheet if it moves.
    pub png: Vec<u8>,
    /// Width of one frame in px.
    pub width: u16,
    /// Height of one frame in px.
    pub height: u16,
    /// How it moves.
    pub frames: Option<Frames>,
}

/// Why bytes are not made into a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Bad {
    /// Another format.
    #[error("it is no PNG, JPEG, GIF or WebP picture")]
    Format,
    /// Over [`SIDE`], [`PIXELS`] or what an animation may have.
    #[error("it has too many pixels; at most {SIDE} a side and 16 million fit")]
    Large,
    /// Too much work.
    #[error("it takes too long to decode")]
    Slow,
    /// Damaged, or a liar.
    #[error("it is damaged")]
    Broken,
}

impl From<image::ImageError> for Bad {
    fn from(error: image::ImageError) -> Self {
        match error {
            image::ImageError::Limits(_) => Self::Large,
            _ => Self::Broken,
        }
    }
}

/// Makes a picture of `bytes`.
///
/// # Errors
/// [`Bad`].
pub fn redraw(bytes: &[u8], size: Size) -> Result<Drawing, Bad> {
    let format = sniff(bytes).ok_or(Bad::Format)?;
    let source = Cursor::new(bytes);
    let moves = size == Size::Emote;
    match format {
        Format::Png => {
            let decoder = PngDecoder::with_limits(source, limits())?;
            check(&decoder)?;
            if moves && decoder.is_apng()? {
                return sheet::draw(decoder.dimensions(), decoder.apng()?.into_frames());
            }
            still(decoder, size)
        }
        Format::Gif => {
            let mut decoder = GifDecoder::new(source)?;
            check(&decoder)?;
            decoder.set_limits(limits())?;
            if moves {
                return sheet::draw(decoder.dimensions(), decoder.into_frames());
            }
            still(decoder, size)
        }
        Format::WebP => {
            let mut decoder = WebPDecoder::new(source)?;
            check(&decoder)?;
            decoder.set_limits(limits())?;
            if moves && decoder.has_animation() {
                return sheet::draw(decoder.dimensions(), decoder.into_frames());
            }
            still(decoder, size)
        }
        Format::Jpeg => {
            if bytes.windows(2).filter(|pair| *pair == b"\xff\xda").count() > SCANS {
                return Err(Bad::Slow);
            }
            let mut decoder = JpegDecoder::new(source)?;
            check(&decoder)?;
            decoder.set_limits(limits())?;
            still(decoder, size)
        }
    }
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(SIDE);
    limits.max_image_height = Some(SIDE);
    limits.max_alloc = Some(WORKING);
    limits
}

/// Looks at what the header says, before anything of that size is reserved.
fn check(decoder: &impl ImageDecoder) -> Result<(), Bad> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Bad::Broken);
    }
    let pixels = u64::from(width) * u64::from(height);
    let fits = width <= SIDE && height <= SIDE && pixels <= PIXELS;
    if fits && decoder.total_bytes() <= DECODED { Ok(()) } else { Err(Bad::Large) }
}

fn still(mut decoder: impl ImageDecoder, size: Size) -> Result<Drawing, Bad> {
    let turn = decoder.orientation().unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut whole = DynamicImage::from_decoder(decoder)?;
    whole.apply_orientation(turn);
    let (width, height) = fit((whole.width(), whole.height()), size.side());
    let picture = shrink(whole.into_rgba8(), width, height);
    Ok(Drawing { png: encode(&picture)?, width: side(width), height: side(height), frames: None })
}

/// The largest of this shape with no side over `most`; nothing is made larger.
pub(super) fn fit((width, height): (u32, u32), most: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= most {
        return (width, height);
    }
    let scale = |side: u32| {
        let scaled = u64::from(side) * u64::from(most) / u64::from(longer);
        u32::try_from(scaled).unwrap_or(most).max(1)
    };
    (scale(width), scale(height))
}

/// Scales down; what is transparent leaves no colour at the edges.
pub(super) fn shrink(mut picture: RgbaImage, width: u32, height: u32) -> RgbaImage {
    if picture.dimensions() == (width, height) {
        return picture;
    }
    for pixel in picture.pixels_mut() {
        let alpha = u16::from(pixel[3]);
        for colour in &mut pixel.0[..3] {
            *colour = (u16::from(*colour) * alpha / 255) as u8;
        }
    }
    let mut small = imageops::resize(&picture, width, height, Filter::Triangle);
    for pixel in small.pixels_mut() {
        let alpha = u16::from(pixel[3]).max(1);
        for colour in &mut pixel.0[..3] {
            *colour = (u16::from(*colour) * 255 / alpha).min(255) as u8;
        }
    }
    small
}

/// A PNG of nothing but these pixels.
pub(super) fn encode(picture: &RgbaImage) -> Result<Vec<u8>, Bad> {
    let mut png = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut png, CompressionType::Default, FilterType::Adaptive);
    encoder.write_image(picture, picture.width(), picture.height(), ExtendedColorType::Rgba8)?;
    Ok(png)
}

/// A side of a picture that was made to fit.
pub(super) fn side(pixels: u32) -> u16 {
    u16::try_from(pixels).unwrap_or(u16::MAX)
}
