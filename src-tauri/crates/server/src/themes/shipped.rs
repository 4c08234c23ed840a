//! The shipped themes, built into the program from `ui/src/themes`.

use rust_embed::RustEmbed;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use surtitle_core::Motion;

#[derive(RustEmbed)]
#[folder = "../../../ui/src/themes"]
struct Files;

/// Their ids, in the order they are offered.
pub const SHIPPED: [&str; 4] = ["glass", "broadcast", "pixel", "contrast"];

/// A `theme.json` with its style sheet.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Described {
    /// Folder and address.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Raised when a theme means something else than before.
    pub version: u32,
    /// How things move.
    pub motion: Motion,
    /// What the editor offers to change.
    pub variables: Vec<Variable>,
    /// Fonts that come with it.
    pub fonts: Vec<Face>,
    /// Parts of cards, in order, by slot.
    pub template: BTreeMap<String, Vec<String>>,
    /// `theme.css`.
    #[serde(skip)]
    pub css: String,
}

/// One custom property that a theme lets people change.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Variable {
    /// Its name without the two hyphens.
    pub name: String,
    /// What the editor calls it.
    pub label: String,
    /// What it holds.
    #[serde(flatten)]
    pub holds: Holds,
}

/// What a variable holds, and its value as shipped.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Holds {
    /// `#rrggbb` or `#rrggbbaa`.
    Colour {
        /// As shipped.
        value: String,
    },
    /// A number between two bounds.
    Number {
        /// As shipped.
        value: f64,
        /// Least.
        min: f64,
        /// Most.
        max: f64,
        /// `px` of a picture 1080 px high (a bare number in CSS), `ms`, `%`, or empty.
        #[serde(default)]
        unit: String,
    },
    /// A font family list.
    Font {
        /// As shipped.
        value: String,
    },
}

/// A font that comes with a theme.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Face {
    /// The family, as `font-family` names it.
    pub family: String,
    /// A weight, or two for a range.
    pub weight: String,
    /// Files below `/themes/fonts/`, with the characters each is loaded for.
    pub files: BTreeMap<String, String>,
}

/// All shipped themes. One that cannot be read is left out and logged.
pub fn shipped() -> Vec<Described> {
    SHIPPED
        .iter()
        .filter_map(|id| read(id).map_err(|why| tracing::error!("theme {id}: {why}")).ok())
        .collect()
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
    /// The style sheet pages get.
    pub fn sheet(&self) -> String {
        let mut css = String::new();
        for face in &self.fonts {
            css.push_str(&face.rules());
        }
        css.push_str(":root{");
        for variable in &self.variables {
            // Writing to a String cannot fail.
            let _ = write!(css, "--{}:{};", variable.name, variable.holds.css());
        }
        css.push_str("}\n");
        css.push_str(&self.css);
        css
    }
}

impl Holds {
    /// The shipped value as CSS.
    pub fn css(&self) -> String {
        match self {
            Self::Colour { value } | Self::Font { value } => value.clone(),
            Self::Number { value, unit, .. } if unit == "px" => value.to_string(),
            Self::Number { value, unit, .. } => format!("{value}{unit}"),
        }
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
        }
    }
}
