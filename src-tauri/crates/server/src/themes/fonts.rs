//! Fonts that people bring: WOFF2 files, kept as documents of the store.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// Largest font file, bytes.
pub const FONT_LIMIT: usize = 2 * 1024 * 1024;
/// Most fonts of one theme.
pub const PER_THEME: usize = 4;
/// Most fonts of all themes; all of them are in memory for a moment at the start.
pub const FONTS: usize = 24;
/// The kind of the documents fonts are written down as.
pub const KIND: &str = "theme_font";
/// Bytes of the header of a WOFF2 file (W3C WOFF 2.0 §4).
const HEADER: usize = 48;

/// A font of a theme: what it is called there, and which file it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Uploaded {
    /// 1–60 letters, digits, spaces, hyphens.
    pub family: String,
    /// Hash of the file, see [`key_of`].
    pub key: String,
}

impl Uploaded {
    /// Its `@font-face`.
    pub fn rule(&self) -> String {
        format!(
            "@font-face{{font-family:\"{}\";src:url(/themes/fonts/own/{}) format(\"woff2\");\
             font-display:swap;font-weight:100 900}}\n",
            self.family, self.key
        )
    }
}

/// Whether a name may be a family's.
pub fn is_family(name: &str) -> bool {
    (1..=60).contains(&name.chars().count())
        && name.trim() == name
        && name.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-')
}

/// The key of a font file: 24 hexadecimal digits of its hash.
pub fn key_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a text may be a key.
pub fn is_key(key: &str) -> bool {
    key.len() == 24 && key.bytes().all(|b| b.is_ascii_hexdigit())
}

/// Checks that a file is what a browser takes for WOFF2.
///
/// # Errors
/// What is wrong with it.
pub fn check(bytes: &[u8]) -> Result<(), String> {
    if bytes.len() > FONT_LIMIT {
        return Err(format!("the font is larger than {} MB; subset it", FONT_LIMIT / 1024 / 1024));
    }
    let word =
        |at: usize| bytes.get(at..at + 4).and_then(|w| w.try_into().ok()).map(u32::from_be_bytes);
    let tables = bytes.get(12..14).map_or(0, |n| u16::from_be_bytes([n[0], n[1]]));
    let whole = word(8).and_then(|n| usize::try_from(n).ok());
    let is_font = bytes.starts_with(b"wOF2")
        && bytes.len() > HEADER
        && whole == Some(bytes.len())
        && (1..=64).contains(&tables);
    if is_font { Ok(()) } else { Err("this is no WOFF2 font; convert it first".to_owned()) }
}

/// The bytes as text for a document.
pub fn packed(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of such a text.
pub fn unpacked(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// The smallest file that passes.
    pub fn font() -> Vec<u8> {
        let mut bytes = vec![0; HEADER + 2];
        bytes[..4].copy_from_slice(b"wOF2");
        let whole = u32::try_from(bytes.len()).expect("small").to_be_bytes();
        bytes[8..12].copy_from_slice(&whole);
        bytes[13] = 9;
        bytes
    }

    #[test]
    fn only_a_whole_woff2_file_is_a_font() {
        assert_eq!(check(&font()), Ok(()));
        let mut cut = font();
        cut.pop();
        let mut longer = font();
        longer.extend(b"<script>");
        let mut other = font();
        other[..4].copy_from_slice(b"wOFF");
        for bad in [cut, longer, other, b"wOF2".to_vec(), Vec::new(), vec![0; FONT_LIMIT + 1]] {
            assert!(check(&bad).is_err());
        }
    }

    #[test]
    fn a_family_cannot_leave_its_string() {
        assert!(is_family("Kosugi Maru") && is_family("源ノ角ゴシック"));
        for bad in ["", " a", "a\"", "a;}", "a\\", &"a".repeat(61)] {
            assert!(!is_family(bad), "{bad:?}");
        }
    }
}
