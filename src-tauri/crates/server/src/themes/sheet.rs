//! Style sheets as they are served.

use bytes::Bytes;
use sha2::{Digest as _, Sha256};

/// A style sheet and the mark of its content.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The CSS.
    pub text: Bytes,
    /// Twelve hexadecimal digits of its hash.
    pub mark: String,
}

impl Sheet {
    /// The sheet of this CSS.
    pub fn new(css: String) -> Self {
        let hash = Sha256::digest(css.as_bytes());
        let mark = hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        Self { text: css.into(), mark }
    }

    /// Where pages find it as the sheet of theme `id`.
    pub fn path(&self, id: &str) -> String {
        format!("/themes/{id}.css?v={}", self.mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_content_has_another_address() {
        let (one, two) = (Sheet::new(".a{}".into()), Sheet::new(".b{}".into()));
        assert_ne!(one.path("x"), two.path("x"));
        assert_eq!(one.path("x"), Sheet::new(".a{}".into()).path("x"));
        assert!(one.path("x").starts_with("/themes/x.css?v="));
    }
}
