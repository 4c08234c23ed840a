//! A theme of the host's own: a shipped one with other values, other
//! templates, fonts and CSS on top.

use super::css;
use super::fonts::{self, Uploaded};
use super::sheet::Sheet;
use super::shipped::Described;
use super::slots::{self, Template};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use surtitle_core::{Motion, Theme};

/// The kind of the documents themes are written down as.
pub const KIND: &str = "theme";
/// Most themes of the host's own.
pub const THEMES: usize = 64;
/// Longest name, characters.
const NAME: usize = 40;

/// What the editor edits and the store keeps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Own {
    /// What people call it.
    pub name: String,
    /// The shipped theme it stands on.
    pub base: String,
    /// How things move.
    pub motion: Motion,
    /// Values of the base's variables that differ, by name.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Slots that differ.
    #[serde(default)]
    pub template: Template,
    /// CSS that comes after the base's.
    #[serde(default)]
    pub css: String,
    /// Fonts beside the base's.
    #[serde(default)]
    pub fonts: Vec<Uploaded>,
}

impl Own {
    /// Checks everything but whether the font files are there.
    ///
    /// # Errors
    /// What is wrong, and what it should be.
    pub fn check(&self, base: &Described) -> Result<(), String> {
        let length = self.name.chars().count();
        if !(1..=NAME).contains(&length)
            || self.name.trim() != self.name
            || self.name.contains(char::is_control)
        {
            return Err(format!("a theme's name has 1 to {NAME} characters"));
        }
        for (name, value) in &self.values {
            let variable = base.variables.iter().find(|variable| variable.name == *name);
            let variable =
                variable.ok_or_else(|| format!("{} has no variable {name:?}", base.name))?;
            let expected = |what| format!("{}: {value:?} is not {what}", variable.label);
            variable.holds.css(value).map_err(expected)?;
        }
        slots::check(&self.template)?;
        css::check(&self.css)?;
        if self.fonts.len() > fonts::PER_THEME {
            return Err(format!("a theme brings at most {} fonts", fonts::PER_THEME));
        }
        match self
            .fonts
            .iter()
            .find(|font| !fonts::is_family(&font.family) || !fonts::is_key(&font.key))
        {
            Some(font) => Err(format!("{:?} is no name for a font", font.family)),
            None => Ok(()),
        }
    }

    /// As pages of theme `id` are told of it, and what they load.
    pub fn dress(&self, id: &str, base: &Described) -> (Theme, Sheet) {
        let mut css: String = self.fonts.iter().map(Uploaded::rule).collect();
        css.push_str(&base.sheet(&self.values));
        css.push('\n');
        css.push_str(&self.css);
        let sheet = Sheet::new(css);
        let mut template = base.template.clone();
        template.extend(self.template.clone());
        let theme = Theme { id: id.to_owned(), css: sheet.path(id), motion: self.motion, template };
        (theme, sheet)
    }
}
