//! Lines read aloud.

use serde::{Deserialize, Serialize};

/// Most blocked words.
const WORDS: usize = 60;
/// Most characters of one.
const WORD: usize = 24;

/// Settings of the speech. A page speaks with the voices of the system it runs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct SpeechLook {
    /// Spoken at all.
    pub on: bool,
    /// Per cent, 0–100.
    pub volume: u32,
    /// Speed, per cent of the voice's own, 50–200.
    pub rate: u32,
    /// Name of the voice, at most 80 characters; empty for one of the line's language.
    pub voice: String,
    /// Read every comment.
    pub comments: bool,
    /// Read paid comments.
    pub paid: bool,
    /// Read gifts of at least tier 3.
    pub gifts: bool,
    /// Say who before what.
    pub names: bool,
    /// Characters of a line that are read, 20–300; the rest is left out.
    pub length: u32,
    /// Seconds before a line is read, 0–10, so that it can be removed before.
    pub delay: u32,
    /// A line with one of these words is not read. At most 60 of at most 24
    /// characters; case does not matter.
    pub words: Vec<String>,
}

impl Default for SpeechLook {
    fn default() -> Self {
        Self {
            on: false,
            volume: 80,
            rate: 100,
            voice: String::new(),
            comments: false,
            paid: true,
            gifts: true,
            names: true,
            length: 160,
            delay: 2,
            words: Vec::new(),
        }
    }
}

impl SpeechLook {
    /// The same settings, every number and list inside its bounds; words are
    /// trimmed, lower case and named once.
    pub fn clamped(mut self) -> Self {
        self.volume = self.volume.min(100);
        self.rate = self.rate.clamp(50, 200);
        self.voice = self.voice.chars().filter(|c| !c.is_control()).take(80).collect();
        self.length = self.length.clamp(20, 300);
        self.delay = self.delay.min(10);
        let mut words: Vec<String> = Vec::new();
        for word in self.words {
            let word: String = word.trim().to_lowercase().chars().take(WORD).collect();
            if !word.is_empty() && !words.contains(&word) && words.len() < WORDS {
                words.push(word);
            }
        }
        self.words = words;
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_few_short_and_named_once() {
        let words: Vec<String> = [" Spam", "spam", "", &"字".repeat(99)].map(String::from).into();
        let look = SpeechLook { words, ..SpeechLook::default() }.clamped();
        assert_eq!(look.words, ["spam".to_owned(), "字".repeat(24)]);
        let many = (0..999).map(|n| n.to_string()).collect();
        assert_eq!(SpeechLook { words: many, ..look }.clamped().words.len(), WORDS);
    }
}
