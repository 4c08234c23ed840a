//! What kind of picture some bytes are, by their own first bytes.
//!
//! Names and headers are claims; only these four formats are read at all.
//! SVG is a document that runs scripts; ICO, BMP, TIFF and the rest are left
//! out because nobody's face comes in them and each is one more reader.

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// PNG, also animated (APNG).
    Png,
    /// JPEG.
    Jpeg,
    /// GIF 87a and 89a, also animated.
    Gif,
    /// WebP, lossy, lossless and animated.
    WebP,
}

/// The format of these bytes; `None` for anything else.
pub fn sniff(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Format::Png)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some(Format::Jpeg)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        Some(Format::Gif)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(Format::WebP)
    } else {
        None
    }
}
