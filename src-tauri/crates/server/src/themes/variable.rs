//! Custom properties that a theme lets people change, and what they may hold.

use super::css;
use serde::{Deserialize, Serialize};

/// One custom property.
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

impl Holds {
    /// The value as shipped, as the editor writes it.
    pub fn shipped(&self) -> String {
        match self {
            Self::Colour { value } | Self::Font { value } => value.clone(),
            Self::Number { value, .. } => value.to_string(),
        }
    }

    /// `value` as CSS; a number outside its bounds is moved to the nearest one.
    ///
    /// # Errors
    /// What it should have been.
    pub fn css(&self, value: &str) -> Result<String, &'static str> {
        match self {
            Self::Colour { .. } if is_colour(value) => Ok(value.to_owned()),
            Self::Colour { .. } => Err("a colour as #rrggbb or #rrggbbaa"),
            Self::Font { .. } if css::is_font_list(value) => Ok(value.to_owned()),
            Self::Font { .. } => Err("a list of font families"),
            Self::Number { min, max, unit, .. } => {
                let number: f64 =
                    value.parse().ok().filter(|n: &f64| n.is_finite()).ok_or("a number")?;
                let number = number.clamp(*min, *max);
                let unit = if unit == "px" { "" } else { unit };
                Ok(format!("{number}{unit}"))
            }
        }
    }
}

fn is_colour(value: &str) -> bool {
    value.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 6 | 8) && digits.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_leave_its_declaration() {
        let colour = Holds::Colour { value: "#000000".into() };
        let number = Holds::Number { value: 1.0, min: 0.0, max: 40.0, unit: "ms".into() };
        for bad in ["red", "#12", "#000000;}", "#00000g", ""] {
            assert!(colour.css(bad).is_err(), "{bad}");
        }
        assert_eq!(colour.css("#0a0b0cff").as_deref(), Ok("#0a0b0cff"));
        assert_eq!(number.css("900").as_deref(), Ok("40ms"));
        for bad in ["NaN", "inf", "1;", "1px", ""] {
            assert!(number.css(bad).is_err(), "{bad}");
        }
    }
}
