//! A theme as one file, `NAME.surtitle-theme.json`, to keep or to hand on.

use super::fonts::{self, Uploaded};
use super::own::Own;
use super::slots::Template;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use surtitle_core::Motion;

/// The format written and read here.
const FORMAT: u32 = 1;
/// Largest file, bytes: four fonts as text, and the rest.
pub const FILE_LIMIT: usize = 12 * 1024 * 1024;

/// The file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portable {
    /// [`FORMAT`].
    surtitle_theme: u32,
    name: String,
    base: String,
    motion: Motion,
    #[serde(default)]
    values: BTreeMap<String, String>,
    #[serde(default)]
    template: Template,
    #[serde(default)]
    css: String,
    #[serde(default)]
    fonts: Vec<Packed>,
}

/// A font of a file, with its bytes.
pub type Brought = (Uploaded, Vec<u8>);

/// A font in the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Packed {
    family: String,
    /// The WOFF2 file, base64.
    woff2: String,
}

impl Portable {
    /// The file of a theme; `files` are its fonts by key.
    pub fn pack(own: &Own, files: &BTreeMap<String, String>) -> Self {
        let Own { name, base, motion, values, template, css, fonts } = own.clone();
        let packed = fonts.into_iter().filter_map(|font| {
            Some(Packed { family: font.family, woff2: files.get(&font.key)?.clone() })
        });
        let fonts = packed.collect();
        Self { surtitle_theme: FORMAT, name, base, motion, values, template, css, fonts }
    }

    /// Reads a file; the fonts in it are checked, the rest is [`Own::check`]'s.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(bytes: &[u8]) -> Result<(Own, Vec<Brought>), String> {
        let file: Self = serde_json::from_slice(bytes)
            .map_err(|error| format!("this is no theme file: {error}"))?;
        if file.surtitle_theme != FORMAT {
            return Err(format!(
                "this theme file is of format {}; this program reads 1",
                file.surtitle_theme
            ));
        }
        if file.fonts.len() > fonts::PER_THEME {
            return Err(format!("a theme brings at most {} fonts", fonts::PER_THEME));
        }
        let mut unpacked = Vec::new();
        for Packed { family, woff2 } in file.fonts {
            let bytes = fonts::unpacked(&woff2).ok_or("a font in the file is damaged")?;
            fonts::check(&bytes)?;
            unpacked.push((Uploaded { family, key: fonts::key_of(&bytes) }, bytes));
        }
        let Self { name, base, motion, values, template, css, .. } =
            Self { fonts: Vec::new(), ..file };
        let fonts = unpacked.iter().map(|(font, _)| font.clone()).collect();
        Ok((Own { name, base, motion, values, template, css, fonts }, unpacked))
    }
}
