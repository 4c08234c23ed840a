//! Look: how one overlay is drawn. Set in the console, applied live.

mod board;
mod danmaku;

use crate::{DEFAULT_THEME, is_theme_id};
pub use board::{BoardLook, Sheet};
pub use danmaku::{DanmakuLook, Mode};
mod comfort;
mod effects;
mod language;
mod sound;
mod speech;

pub use comfort::{ComfortLook, Plates};
pub use effects::EffectsLook;
pub use language::Language;
pub use sound::SoundLook;
pub use speech::SpeechLook;
mod placards;

pub use placards::{PaidLook, PlacardsLook};

use serde::{Deserialize, Serialize};

/// A corner of the picture, inside the 5 % safe margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Corner {
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
}

/// Settings of one overlay. Numbers outside their bounds are moved to the
/// nearest bound by [`Look::clamped`], never refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct Look {
    /// CSS font family list; empty for the page's own. At most 120 characters,
    /// letters, digits, space, comma, quote, hyphen.
    pub font: String,
    /// Id of a theme; one that is not there counts as [`crate::DEFAULT_THEME`].
    pub theme: String,
    /// Language of the overlay's own words.
    pub language: Language,
    /// Comments a second put on the picture, 1–60.
    pub pace: u32,
    /// Flying comments.
    pub danmaku: DanmakuLook,
    /// The chat column.
    pub feed: FeedLook,
    /// Gift cards.
    pub cards: CardsLook,
    /// Paid comments.
    pub paid: PaidLook,
    /// Placards.
    pub placards: PlacardsLook,
    /// Like counter and hearts.
    pub likes: PlaceLook,
    /// Online count.
    pub online: PlaceLook,
    /// Full-screen effects of big gifts.
    pub effects: EffectsLook,
    /// Flashes, movement, contrast.
    pub comfort: ComfortLook,
    /// Sounds.
    pub sound: SoundLook,
    /// Lines read aloud.
    pub speech: SpeechLook,
    /// The board.
    pub board: BoardLook,
}

/// Settings of the feed layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct FeedLook {
    /// Drawn at all.
    pub on: bool,
    /// Where it stands.
    pub corner: Corner,
    /// Text height in px of a 1080-px picture, 12–72.
    pub size: u32,
    /// Lines kept, 1–30.
    pub lines: u32,
    /// Width in per cent of the picture, 10–100.
    pub width: u32,
    /// Per cent, 10–100.
    pub opacity: u32,
    /// Outline width in px, 0–8.
    pub outline: u32,
    /// Seconds a line stays; 0 for as long as there is room. 0–600.
    pub seconds: u32,
    /// Show lines for people who come in.
    pub joins: bool,
    /// Show lines for people who follow.
    pub follows: bool,
}

/// Settings of the gift card layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct CardsLook {
    /// Drawn at all.
    pub on: bool,
    /// Where they stack.
    pub corner: Corner,
    /// Name height in px of a 1080-px picture, 16–72.
    pub size: u32,
}

/// Settings of a small counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct PlaceLook {
    /// Drawn at all.
    pub on: bool,
    /// Where it stands.
    pub corner: Corner,
}

impl Default for Look {
    fn default() -> Self {
        Self {
            font: String::new(),
            theme: DEFAULT_THEME.to_owned(),
            language: Language::default(),
            pace: 12,
            danmaku: DanmakuLook::default(),
            feed: FeedLook::default(),
            cards: CardsLook::default(),
            paid: PaidLook::default(),
            placards: PlacardsLook::default(),
            likes: PlaceLook { on: true, corner: Corner::BottomRight },
            online: PlaceLook { on: true, corner: Corner::TopRight },
            effects: EffectsLook::default(),
            comfort: ComfortLook::default(),
            sound: SoundLook::default(),
            speech: SpeechLook::default(),
            board: BoardLook::default(),
        }
    }
}

impl Default for FeedLook {
    fn default() -> Self {
        Self {
            on: true,
            corner: Corner::BottomLeft,
            size: 28,
            lines: 6,
            width: 28,
            opacity: 100,
            outline: 3,
            seconds: 0,
            joins: true,
            follows: true,
        }
    }
}

impl Default for CardsLook {
    fn default() -> Self {
        Self { on: true, corner: Corner::BottomLeft, size: 32 }
    }
}

impl Default for PlaceLook {
    fn default() -> Self {
        Self { on: true, corner: Corner::BottomRight }
    }
}

impl Look {
    /// The same settings with every number inside its bounds and the font
    /// list free of anything that could end a CSS value.
    pub fn clamped(mut self) -> Self {
        self.font = self
            .font
            .chars()
            .filter(|c| c.is_alphanumeric() || " ,'\"-_".contains(*c))
            .take(120)
            .collect();
        if !is_theme_id(&self.theme) {
            DEFAULT_THEME.clone_into(&mut self.theme);
        }
        self.pace = self.pace.clamp(1, 60);
        self.danmaku = self.danmaku.clamped();
        let f = &mut self.feed;
        f.size = f.size.clamp(12, 72);
        f.lines = f.lines.clamp(1, 30);
        f.width = f.width.clamp(10, 100);
        f.opacity = f.opacity.clamp(10, 100);
        f.outline = f.outline.min(8);
        f.seconds = f.seconds.min(600);
        self.cards.size = self.cards.size.clamp(16, 72);
        self.effects = self.effects.clamped();
        self.sound = self.sound.clamped();
        self.speech = self.speech.clamped();
        self.paid.clamp();
        self.placards.clamp();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_is_inside_its_own_bounds() {
        assert_eq!(Look::default().clamped(), Look::default());
    }

    #[test]
    fn empty_settings_are_the_default() {
        let look: Look = serde_json::from_str("{}").expect("every field has a default");
        assert_eq!(look, Look::default());
    }

    #[test]
    fn look_kept_before_there_were_languages_speaks_english() {
        let of = |json: &str| serde_json::from_str::<Look>(json).map(|look| look.language);
        assert_eq!(of(r#"{"theme":"pixel","pace":5}"#).expect("parses"), Language::English);
        assert_eq!(of(r#"{"language":"zh-Hans"}"#).expect("parses"), Language::Chinese);
        assert_eq!(of(r#"{"language":"ja"}"#).expect("parses"), Language::Japanese);
    }

    #[test]
    fn wild_values_are_moved_to_the_nearest_bound() {
        let look: Look = serde_json::from_str(
            r#"{"font":"a;}</style>url(","danmaku":{"size":9000,"opacity":0},"pace":0,"theme":"../x"}"#,
        )
        .expect("parses");
        let look = look.clamped();
        assert_eq!((look.danmaku.size, look.danmaku.opacity, look.pace), (96, 10, 1));
        assert_eq!(look.font, "astyleurl");
        assert_eq!(look.theme, DEFAULT_THEME);
    }
}
