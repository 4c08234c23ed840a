//! One stroke, and what it may be made with.

use super::Ink;
use crate::{Code, Reject, UserId, text};
use serde::{Deserialize, Serialize};

/// Narrowest and widest a stroke may be, in units of [`super::WIDTH`]; for a
/// text the height of its letters.
pub const WIDTHS: std::ops::RangeInclusive<u32> = 4..=2_000;
/// Most characters in a text on the board.
pub const WORDS: usize = 200;

/// Names one stroke of a lesson for ever: the number of the entry that made it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct StrokeId(pub u64);

/// Names one page of a lesson. The first is 1; a number is never given twice.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(transparent)]
pub struct PageId(pub u32);

/// What a stroke is made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Tool {
    /// Ink whose width follows the pressure.
    Pen,
    /// Broad and see-through.
    Highlighter,
    /// From the first point to the last.
    Line,
    /// The same with a head at the last.
    Arrow,
    /// Between two opposite corners.
    Rectangle,
    /// Inside the same.
    Ellipse,
    /// Words whose top left corner is the point.
    Text,
    /// Takes ink away where it goes, of whoever it was.
    Eraser,
}

impl Tool {
    /// Whether only the first and the last point count.
    pub fn is_shape(self) -> bool {
        matches!(self, Self::Line | Self::Arrow | Self::Rectangle | Self::Ellipse)
    }
}

/// What a stroke is drawn with and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Brush {
    /// On which page.
    pub page: PageId,
    /// With what.
    pub tool: Tool,
    /// `0xRRGGBB`.
    pub colour: u32,
    /// 4–2,000 units.
    pub width: u32,
    /// The words of a text, 1–200 characters; empty for all else.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

impl Brush {
    /// The same with its words cleaned.
    ///
    /// # Errors
    /// [`Code::BadInk`] for a colour or a width outside its bounds, a text
    /// without words, words without a text, or too many of them.
    pub fn checked(mut self) -> Result<Self, Reject> {
        let bad = |what: String| Err(Reject::new(Code::BadInk, what));
        if self.colour > 0xff_ff_ff {
            return bad(format!("{} is no colour; use 0 to 16777215", self.colour));
        }
        if !WIDTHS.contains(&self.width) {
            return bad(format!("width {} is not in 4 to 2000", self.width));
        }
        self.text = text::clean(&self.text);
        let words = self.text.chars().count();
        if words > WORDS {
            return bad(format!("the text has {words} characters; at most {WORDS} fit"));
        }
        match (self.tool, words) {
            (Tool::Text, 0) => bad("the text has no words".to_owned()),
            (Tool::Text, _) | (_, 0) => Ok(self),
            _ => bad("only a text has words".to_owned()),
        }
    }
}

/// A finished stroke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Stroke {
    /// Its name, and its place: a later one lies above.
    pub id: StrokeId,
    /// Whose.
    pub by: UserId,
    /// With what.
    #[serde(flatten)]
    pub brush: Brush,
    /// Its points, packed ([`Ink`]).
    pub ink: String,
}

impl Stroke {
    /// Bytes it is counted with.
    pub fn bytes(&self) -> usize {
        self.ink.len() + self.brush.text.len()
    }
}

/// The ink of a stroke as it is kept: a shape has two points, a text one.
pub fn kept(tool: Tool, ink: Ink) -> Ink {
    match tool {
        _ if tool.is_shape() => ink.ends(),
        Tool::Text => super::pack(&ink.points().take(1).collect::<Vec<_>>()),
        _ => ink,
    }
}
