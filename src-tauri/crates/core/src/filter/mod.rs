//! Filter: what a host does not want to be said, and what happens to it.
//!
//! Pure: rules and a text in, a verdict out. Rules are words, found however
//! they are disguised ([`words`]), patterns ([`patterns`]) and links
//! ([`links`]); the strictest rule that is met decides. docs/moderation.md
//! has the tables of what is caught and what is not.
//!
//! ```
//! use surtitle_core::filter::{Action, Filter, Rules, Verdict, WordRule};
//!
//! let rules = Rules {
//!     words: vec![WordRule { word: "spoiler".to_owned(), action: Action::Hide }],
//!     ..Rules::default()
//! };
//! let filter = Filter::new(&rules)?;
//! assert!(matches!(filter.judge("no Sp0iler!"), Verdict::Hide { .. }));
//! assert_eq!(filter.judge("no spoilers here"), Verdict::Pass);
//! # Ok::<(), surtitle_core::Reject>(())
//! ```

mod fold;
mod links;
mod patterns;
#[cfg(test)]
mod tables;
mod words;

use crate::{Code, Reject};
use regex::Regex;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use words::Words;

pub use patterns::PATTERN_LIMIT;

/// Most words of a list.
pub const WORDS: usize = 2_000;
/// Most characters of a word.
pub const WORD_LIMIT: usize = 40;
/// Most patterns.
pub const PATTERNS: usize = 64;
/// Most hosts links may lead to.
pub const HOSTS: usize = 100;

/// What happens to a message that meets a rule, mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// What was found becomes asterisks.
    Mask,
    /// Its sender is told that it was taken; nobody else sees it.
    Hide,
    /// Its sender is told why not.
    #[default]
    Refuse,
}

/// A word. `*` at an end lets letters follow or go before; without it the
/// word is met whole, except in scripts written without spaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WordRule {
    /// 1–40 characters with a letter or digit.
    pub word: String,
    /// What happens.
    #[serde(default)]
    pub action: Action,
}

/// A regular expression; case does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PatternRule {
    /// 1–200 characters, without look-around, references, or a repetition of
    /// a repetition.
    pub pattern: String,
    /// What happens.
    #[serde(default)]
    pub action: Action,
}

/// Everything a room filters by. The default filters nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(default)]
pub struct Rules {
    /// At most 2,000.
    pub words: Vec<WordRule>,
    /// At most 64.
    pub patterns: Vec<PatternRule>,
    /// What happens to links; `None` lets them be.
    #[cfg_attr(feature = "ts", ts(optional))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<Action>,
    /// Hosts that links may lead to, subdomains included; at most 100.
    pub hosts: Vec<String>,
}

/// What is to become of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// No rule was met.
    Pass,
    /// This is to be said instead.
    Mask {
        /// The rule that was met, e.g. `word:spoiler`.
        rule: String,
        /// The text with what was found as asterisks, a character each.
        text: String,
    },
    /// Taken without a word, and shown to nobody.
    Hide {
        /// The rule that was met.
        rule: String,
    },
    /// Not taken.
    Refuse {
        /// The rule that was met.
        rule: String,
    },
}

/// Rules, ready to judge.
#[derive(Debug, Clone)]
pub struct Filter {
    rules: Rules,
    words: Words,
    patterns: Vec<Regex>,
}

/// A rule that was met.
struct Met {
    action: Action,
    rule: String,
    bytes: Range<usize>,
}

impl Filter {
    /// A filter by `rules`.
    ///
    /// # Errors
    /// [`Code::BadValue`] names the rule and what is wrong with it.
    pub fn new(rules: &Rules) -> Result<Self, Reject> {
        bound("words", rules.words.len(), WORDS)?;
        bound("patterns", rules.patterns.len(), PATTERNS)?;
        bound("hosts", rules.hosts.len(), HOSTS)?;
        let list: Vec<&str> = rules.words.iter().map(|rule| rule.word.as_str()).collect();
        for (place, word) in list.iter().enumerate() {
            let n = word.chars().count();
            if n == 0 || n > WORD_LIMIT {
                let why = format!("it has {n} characters; 1 to {WORD_LIMIT} are allowed");
                return Err(bad("words", place, word, &why));
            }
        }
        let words = Words::new(&list)
            .map_err(|place| bad("words", place, list[place], "it has no letter or digit"))?;
        let mut patterns = Vec::with_capacity(rules.patterns.len());
        for (place, rule) in rules.patterns.iter().enumerate() {
            let compiled = patterns::compile(&rule.pattern)
                .map_err(|why| bad("patterns", place, &rule.pattern, &why))?;
            patterns.push(compiled);
        }
        for (place, host) in rules.hosts.iter().enumerate() {
            let good = (1..=253).contains(&host.len())
                && host.bytes().all(|b| {
                    b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-'
                });
            if !good {
                let why = "write a host in small letters, like shop.example";
                return Err(bad("hosts", place, host, why));
            }
        }
        Ok(Self { rules: rules.clone(), words, patterns })
    }

    /// Whether it lets everything pass.
    pub fn is_empty(&self) -> bool {
        let Rules { words, patterns, links, .. } = &self.rules;
        words.is_empty() && patterns.is_empty() && links.is_none()
    }

    /// What is to become of a cleaned text ([`crate::text::clean`]). Time
    /// grows with its length; 300 characters take some ten microseconds.
    pub fn judge(&self, text: &str) -> Verdict {
        let met = self.met(text);
        let Some(first) = met.iter().max_by_key(|met| met.action) else { return Verdict::Pass };
        let rule = first.rule.clone();
        match first.action {
            Action::Refuse => Verdict::Refuse { rule },
            Action::Hide => Verdict::Hide { rule },
            Action::Mask => Verdict::Mask { rule, text: mask(text, &met) },
        }
    }

    fn met(&self, text: &str) -> Vec<Met> {
        let mut met = Vec::new();
        if !self.rules.words.is_empty() {
            met.extend(self.words.find(text).into_iter().map(|found| {
                let WordRule { word, action } = &self.rules.words[found.index];
                Met { action: *action, rule: format!("word:{word}"), bytes: found.bytes }
            }));
        }
        for (place, (pattern, rule)) in self.patterns.iter().zip(&self.rules.patterns).enumerate() {
            met.extend(pattern.find_iter(text).map(|found| Met {
                action: rule.action,
                rule: format!("pattern:{}", place + 1),
                bytes: found.range(),
            }));
        }
        if let Some(action) = self.rules.links {
            let found = links::find(text, &self.rules.hosts).into_iter();
            met.extend(found.map(|bytes| Met { action, rule: "link".to_owned(), bytes }));
        }
        met
    }
}

/// Asterisks in place of what was found.
fn mask(text: &str, met: &[Met]) -> String {
    let hidden = |at: usize| met.iter().any(|met| met.bytes.contains(&at));
    text.char_indices()
        .map(|(at, c)| if hidden(at) && !c.is_whitespace() { '*' } else { c })
        .collect()
}

fn bound(field: &str, n: usize, most: usize) -> Result<(), Reject> {
    if n <= most {
        return Ok(());
    }
    Err(Reject::new(Code::BadValue, format!("{field}: {n} are too many; at most {most} fit")))
}

fn bad(field: &str, place: usize, what: &str, why: &str) -> Reject {
    Reject::new(Code::BadValue, format!("{field}, number {}, \"{what}\": {why}", place + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(words: &[(&str, Action)]) -> Filter {
        let words = words
            .iter()
            .map(|(word, action)| WordRule { word: (*word).to_owned(), action: *action })
            .collect();
        Filter::new(&Rules { words, ..Rules::default() }).expect("good rules")
    }

    #[test]
    fn strictest_rule_decides() {
        let filter =
            filter(&[("mild", Action::Mask), ("bad", Action::Hide), ("worst", Action::Refuse)]);
        assert_eq!(filter.judge("mild bad"), Verdict::Hide { rule: "word:bad".into() });
        assert_eq!(filter.judge("bad worst"), Verdict::Refuse { rule: "word:worst".into() });
        assert_eq!(filter.judge("fine"), Verdict::Pass);
    }

    #[test]
    fn mask_hides_every_disguise_of_the_word_and_nothing_else() {
        let filter = filter(&[("secret", Action::Mask)]);
        let masked = |text: &str| match filter.judge(text) {
            Verdict::Mask { text, .. } => text,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(masked("the SECRET is ｓｅｃｒｅｔ!"), "the ****** is ******!");
        assert_eq!(masked("a s.e.c.r.e.t b"), "a *********** b");
        assert_eq!(masked("s e c r e t"), "* * * * * *");
    }

    #[test]
    fn links_lead_only_where_the_host_allows() {
        let rules = Rules {
            links: Some(Action::Refuse),
            hosts: vec!["shop.example".to_owned()],
            ..Rules::default()
        };
        let filter = Filter::new(&rules).expect("good rules");
        assert_eq!(filter.judge("see https://shop.example/1"), Verdict::Pass);
        assert_eq!(filter.judge("see evil.com"), Verdict::Refuse { rule: "link".into() });
    }

    #[test]
    fn refusal_names_the_rule_and_the_fault() {
        let words = |word: &str| Rules {
            words: vec![WordRule { word: word.to_owned(), action: Action::Mask }],
            ..Rules::default()
        };
        for word in ["", "**", "?!", &"x".repeat(41)] {
            let reject = Filter::new(&words(word)).expect_err(word);
            assert_eq!(reject.code, Code::BadValue);
            assert!(reject.message.starts_with("words, number 1, "), "{reject}");
        }
        let patterns = vec![PatternRule { pattern: "(a+)+".into(), action: Action::Hide }];
        let reject = Filter::new(&Rules { patterns, ..Rules::default() }).expect_err("it repeats");
        assert!(reject.message.starts_with("patterns, number 1, \"(a+)+\": "), "{reject}");
    }
}
