//! Names of pictures on this server.

use sha2::{Digest as _, Sha256};
use std::fmt;

/// Where a picture is found under [`super::PATH`]: 32 hexadecimal digits, the
/// first half of a SHA-256. It tells nobody the address it stands for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; 16]);

impl Key {
    /// The key of whatever these bytes name; `what` keeps kinds apart.
    pub fn of(what: &str, bytes: &[u8]) -> Self {
        let hash = Sha256::new().chain_update(what).chain_update([0]).chain_update(bytes);
        let mut key = [0; 16];
        key.copy_from_slice(&hash.finalize()[..16]);
        Self(key)
    }

    /// The key of its own writing, 32 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 32 || !digits.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            return None;
        }
        let mut key = [0; 16];
        for (byte, pair) in key.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).ok()?;
            *byte = u8::from_str_radix(pair, 16).ok()?;
        }
        Some(Self(key))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_reads_back_from_its_own_writing_alone() {
        let key = Key::of("face", b"https://pictures.example/a.png");
        assert_eq!(Key::parse(&key.to_string()), Some(key));
        assert_ne!(key, Key::of("large", b"https://pictures.example/a.png"));
        for bad in [
            "",
            "..",
            "../../secrets.json",
            &"A".repeat(32),
            &"0".repeat(33),
            "é0é0é0é0é0é0é0é0é0é0é",
        ] {
            assert_eq!(Key::parse(bad), None, "{bad:?}");
        }
    }
}
