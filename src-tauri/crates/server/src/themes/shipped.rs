//! The shipped themes, built into the program from `ui/src/themes`.

use super::slots::Template;
use super::variable::Variable;
use rust_embed::RustEmbed;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use surtitle_core::Motion;

#[derive(RustEmbed)]
#[folder = "../../../ui/src/themes"]
struct Files;

/// Their ids, in the order they are offered.
pub const SHIPPED: [&str; 4] = ["glass", "broadcast", "pixel", "contrast"];

/// A `theme.json` with its style sheet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Described {
    /// Folder and address.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Raised when a theme means something else than before.
    #[expect(dead_code, reason = "part of the format; nothing asks for it yet")]
    version: u32,
    /// How things move.
    pub motion: Motion,
    /// What the editor offers to change.
    pub variables: Vec<Variable>,
    /// Fonts that come with it.
    pub fonts: Vec<Face>,
    /// Parts of cards, in order, by slot.
    pub template: Template,
    /// `theme.css`.
    #[serde(skip)]
    pub css: String,
}

/// A font that comes with a theme.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Face {
    /// The family, as `font-family` names it.
    pub family: String,
    /// A weight, or two for a range.
    weight: String,
    /// Files below `/themes/fonts/`, with the characters each is loaded for.
    files: BTreeMap<String, String>,
}

/// All shipped themes. One that cannot be read is left out and logged.
pub fn shipped() -> Vec<Described> {
    let read = |id: &&str| read(id).map_err(|why| tracing::error!("theme {id}: {why}")).ok();
    SHIPPED.iter().filter_map(read).collect()
}

fn read(id: &str) -> Result<Described, String> {
    let file = |name: &str| {
        let file = Files::get(&format!("{id}/{name}")).ok_or_else(|| format!("no {name}"))?;
        String::from_utf8(file.data.into_owned()).map_err(|error| error.to_string())
    };
    let mut described: Described =
        serde_json::from_str(&file("theme.json")?).map_err(|error| error.to_string())?;
    described.css = file("theme.css")?;
    Ok(described)
}

impl Described {
    /// The style sheet with other `values` of its variables, by name. What is
    /// not named, or not a value, is as shipped.
    pub fn sheet(&self, values: &BTreeMap<String, String>) -> String {
        let mut css: String = self.fonts.iter().map(Face::rules).collect();
        css.push_str(":root{");
        for Variable { name, holds, .. } in &self.variables {
            let own = values.get(name).and_then(|value| holds.css(value).ok());
            let value = own.or_else(|| holds.css(&holds.shipped()).ok()).unwrap_or_default();
            // Writing to a String cannot fail.
            let _ = write!(css, "--{name}:{value};");
        }
        css.push_str("}\n");
        css.push_str(&self.css);
        css
    }
}

impl Face {
    /// Its `@font-face` rules.
    fn rules(&self) -> String {
        let Self { family, weight, files } = self;
        let rule = |(file, range): (&String, &String)| {
            format!(
                "@font-face{{font-family:\"{family}\";src:url(/themes/fonts/{file}) format(\"woff2\");\
                 font-display:swap;font-weight:{weight};unicode-range:{range}}}\n"
            )
        };
        files.iter().map(rule).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_theme_can_be_read_and_is_where_its_id_says() {
        for id in SHIPPED {
            let described = read(id).unwrap_or_else(|why| panic!("{id}: {why}"));
            assert_eq!(described.id, id);
            assert!(!described.css.is_empty(), "{id} has rules");
            for variable in &described.variables {
                let value = variable.holds.css(&variable.holds.shipped());
                assert!(value.is_ok(), "{id}: {} {value:?}", variable.name);
            }
        }
    }
}
