//! One rule of a mapping: which custom message becomes which event.

use super::Meaning;
use super::payload::{Part, Payload, whole};
use serde::{Deserialize, Serialize};

/// Most bytes of a text in a rule.
const TEXT_LIMIT: usize = 256;

/// What a custom message becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Becomes {
    /// Taps on like, `count` of them or one.
    Like,
    /// `count` of `gift`, or one.
    Gift,
    /// A line with `text`.
    Comment,
    /// A line with `text`, or none, that `amount` of `currency` was paid for.
    /// Only where an admin of the app or its back end says so; from anybody
    /// else it is a custom event.
    Paid,
    /// Its sender follows the host.
    Follow,
    /// Nothing: a custom event, whatever the shapes of the vendor's products say.
    Ignore,
}

/// A rule. A part of the message is written as `""` (all of Data), `/a/b` (a
/// JSON pointer into Data), `ext` (all of Ext), `ext/a/b` (into Ext), or
/// `=text` for a text that is always the same. A value may be text, a number
/// or a truth value; it counts as JSON writes it. Counts are whole, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The part that is looked at.
    pub field: String,
    /// What it must say, exactly; 1–256 bytes.
    pub equals: String,
    /// What the message then becomes.
    pub becomes: Becomes,
    /// The part that is the line. Comments need it; paid ones may have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The part that is the gift's id. Gifts only, and they need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gift: Option<String>,
    /// The part that is the count. Gifts and likes only; one without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// The part that is the amount, in the smallest unit of its currency
    /// (cents; yen). Paid comments only, and they need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    /// The part that is the currency, three letters of ISO 4217. Paid comments
    /// only, and they need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
}

impl Rule {
    /// Whether it makes sense; else why not, to a person.
    pub(super) fn check(&self) -> Result<(), &'static str> {
        let of = |kinds: &[Becomes]| kinds.contains(&self.becomes);
        if !matches!(Part::read(&self.field), Some(part) if !matches!(part, Part::Fixed(_))) {
            return Err(
                "\"field\" must be \"\", \"ext\", or a JSON pointer such as \"/cmd\" or \"ext/cmd\"",
            );
        }
        if self.equals.is_empty() {
            return Err("\"equals\" is empty; write the text to look for");
        }
        for (part, fits, what) in [
            (
                &self.text,
                of(&[Becomes::Comment, Becomes::Paid]),
                "\"text\" is for comments; take it out",
            ),
            (&self.gift, of(&[Becomes::Gift]), "\"gift\" is for gifts; take it out"),
            (
                &self.count,
                of(&[Becomes::Gift, Becomes::Like]),
                "\"count\" is for gifts and likes; take it out",
            ),
            (&self.amount, of(&[Becomes::Paid]), "\"amount\" is for paid comments; take it out"),
            (
                &self.currency,
                of(&[Becomes::Paid]),
                "\"currency\" is for paid comments; take it out",
            ),
        ] {
            let Some(part) = part else { continue };
            if !fits {
                return Err(what);
            }
            if Part::read(part).is_none() {
                return Err(
                    "\"text\", \"gift\", \"count\", \"amount\" and \"currency\" must be a JSON pointer such as \"/n\" or \"ext/n\", or \"=\" and a fixed text",
                );
            }
        }
        if of(&[Becomes::Comment]) && self.text.is_none() {
            return Err("a comment needs \"text\"; write where its line is");
        }
        if of(&[Becomes::Gift]) && self.gift.is_none() {
            return Err("a gift needs \"gift\"; write where its id is, or \"=\" and the id");
        }
        if of(&[Becomes::Paid]) && (self.amount.is_none() || self.currency.is_none()) {
            return Err(
                "a paid comment needs \"amount\" and \"currency\"; write where they are, or \"=\" and one",
            );
        }
        let texts = [
            Some(&self.field),
            Some(&self.equals),
            self.text.as_ref(),
            self.gift.as_ref(),
            self.count.as_ref(),
            self.amount.as_ref(),
            self.currency.as_ref(),
        ];
        if texts.into_iter().flatten().any(|text| text.len() > TEXT_LIMIT) {
            return Err("a text is longer than 256 bytes; shorten it");
        }
        Ok(())
    }

    pub(super) fn fits(&self, payload: &Payload<'_>) -> bool {
        Part::read(&self.field)
            .and_then(|part| payload.text(part))
            .is_some_and(|text| text == self.equals)
    }

    /// What a message that fits means; `None` if what it needs is missing or wrong.
    pub(super) fn meaning(
        &self,
        payload: &Payload<'_>,
        is_gift: &dyn Fn(&str) -> bool,
    ) -> Option<Meaning> {
        let text = |part: &Option<String>| payload_text(payload, part.as_deref()?);
        let count = || match &self.count {
            Some(_) => whole(&text(&self.count)?),
            None => Some(1),
        };
        match self.becomes {
            Becomes::Like => Meaning::like(payload.data, count()?),
            Becomes::Gift => Meaning::gift(&text(&self.gift)?, count()?, is_gift),
            Becomes::Comment => Meaning::comment(&text(&self.text)?),
            Becomes::Paid => {
                let line = match &self.text {
                    Some(_) => text(&self.text)?,
                    None => String::new(),
                };
                Meaning::paid(&line, whole(&text(&self.amount)?)?, &text(&self.currency)?)
            }
            Becomes::Follow => Some(Meaning::follow(payload.data)),
            Becomes::Ignore => None,
        }
    }
}

fn payload_text(payload: &Payload<'_>, part: &str) -> Option<String> {
    payload.text(Part::read(part)?).map(|text| text.into_owned())
}
