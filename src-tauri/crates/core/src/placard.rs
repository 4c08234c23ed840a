//! Placards: what a host keeps standing on the picture, with its figures.
//!
//! Votes, the value of a goal and the rows of a rank are counted by the show
//! from events; stock of a voucher is set from outside.

use crate::sale::Worth;
use crate::text::clean;
use crate::{Code, EventId, Millis, Reject, Sender};
use serde::{Deserialize, Serialize};

/// Most characters of a title, a question of a poll, or a goal.
pub const TITLE_LIMIT: usize = 80;
/// Most characters of a value or price, of a keyword, or of who gives.
pub const VALUE_LIMIT: usize = 24;
/// Most characters of a line of the ticker, or of an option of a poll.
pub const LINE_LIMIT: usize = 200;
/// Most lines of the ticker.
pub const LINES: usize = 10;
/// Options of a poll: 2 to this many.
pub const OPTIONS: usize = 6;
/// Rows of a rank: 3 to this many.
pub const RANK_ROWS: u8 = 10;
/// Most of a goal's units, or of a voucher's stock.
pub const FIGURE_LIMIT: u64 = 1_000_000_000;
/// What ids of rehearsed placards begin with; they are not kept.
pub const REHEARSED: &str = "rehearsal-";

/// What a goal counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Gifts, each of a combo.
    Gifts,
    /// Taps on like.
    Likes,
    /// People who followed.
    Follows,
    /// Worth of gifts.
    Coins,
}

/// One answer of a poll. Viewers choose it by its number, from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PollOption {
    /// What it says, 1–200 characters.
    pub text: String,
    /// People whose latest vote it is.
    #[serde(default)]
    pub votes: u32,
}

/// One row of a rank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RankRow {
    /// Who gave.
    pub who: Sender,
    /// Worth of their gifts since the rank was placed.
    pub coins: u64,
}

/// How viewers take part in a lottery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Enter {
    /// By a comment with this word, 1–24 characters; else by the button.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub keyword: Option<String>,
}

/// What a placard says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlacardKind {
    /// A voucher with its stock.
    Voucher {
        /// What it is for, 1–80 characters.
        title: String,
        /// What it is worth, as people write it: `¥20 off`. 1–24 characters.
        value: String,
        /// The same for pages that word it in their own language.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        worth: Option<Worth>,
        /// Who gives it, 1–24 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        by: Option<String>,
        /// A comment with this word is a claim, 1–24 characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        keyword: Option<String>,
        /// How many there were, at most 10^9.
        stock: u32,
        /// How many are left, at most `stock`.
        left: u32,
        /// When it ends. The placard leaves by itself 10 s later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        ends_at: Option<Millis>,
    },
    /// A product on show.
    Product {
        /// Its name, 1–80 characters.
        title: String,
        /// Its price, as people write it. 0–24 characters.
        #[serde(default)]
        price: String,
        /// Path or address of a picture.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        picture: Option<String>,
        /// Its number in the sale, 1–9,999.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        number: Option<u32>,
    },
    /// A question that is being answered.
    Question {
        /// The comment it was; then the show fills in who asked and what.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        event: Option<EventId>,
        /// Who asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        from: Option<Sender>,
        /// What, 1–300 characters.
        #[serde(default)]
        text: String,
    },
    /// A poll. People vote by a comment that is the number of an option.
    Poll {
        /// What is asked, 1–80 characters.
        question: String,
        /// 2–6.
        options: Vec<PollOption>,
        /// Whether votes are counted.
        open: bool,
    },
    /// A bar that fills.
    Goal {
        /// What for, 1–80 characters.
        title: String,
        /// What is counted.
        unit: Unit,
        /// Where it is full, 1–10^9.
        target: u64,
        /// Counted so far. Where it begins when it is placed anew.
        #[serde(default)]
        value: u64,
    },
    /// Announcements, one line after the other.
    Ticker {
        /// 1–10, each of 1–200 characters.
        lines: Vec<String>,
        /// The lines name a lottery that is entered so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        enter: Option<Enter>,
    },
    /// Who gave most since it was placed.
    Rank {
        /// Its heading, 0–80 characters.
        #[serde(default)]
        title: String,
        /// Rows, 3–10.
        places: u8,
        /// Most first; only those who gave.
        #[serde(default)]
        rows: Vec<RankRow>,
    },
}

/// A standing item of the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Placard {
    /// 1–32 of `a–z 0–9 -`; one placed later under the same id replaces it.
    pub id: String,
    /// What it says.
    #[serde(flatten)]
    pub kind: PlacardKind,
}

impl Placard {
    /// The same with cleaned text.
    ///
    /// # Errors
    /// [`Code::BadValue`] that names the field outside its bounds.
    pub fn checked(mut self) -> Result<Self, Reject> {
        let named = (1..=32).contains(&self.id.len())
            && self.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !named {
            return Err(bad("\"id\" must be 1 to 32 of a-z, 0-9 and hyphen"));
        }
        match &mut self.kind {
            PlacardKind::Voucher { title, value, worth, by, keyword, stock, left, .. } => {
                words("title", title, 1, TITLE_LIMIT)?;
                words("value", value, 1, VALUE_LIMIT)?;
                *worth = worth.take().map(Worth::checked).transpose()?;
                given("by", by.as_mut())?;
                given("keyword", keyword.as_mut())?;
                figure("stock", u64::from(*stock), 0)?;
                *left = (*left).min(*stock);
            }
            PlacardKind::Product { title, price, picture, number } => {
                words("title", title, 1, TITLE_LIMIT)?;
                words("price", price, 0, VALUE_LIMIT)?;
                if number.is_some_and(|n| !(1..=9_999).contains(&n)) {
                    return Err(bad("\"number\" must be 1 to 9999"));
                }
                if let Some(address) = picture
                    && !is_picture(address)
                {
                    return Err(bad("\"picture\" must be a path here or an http(s) address"));
                }
            }
            PlacardKind::Question { event, text, .. } => {
                let least = usize::from(event.is_none());
                words("text", text, least, crate::text::TEXT_LIMIT)?;
            }
            PlacardKind::Poll { question, options, .. } => {
                words("question", question, 1, TITLE_LIMIT)?;
                if !(2..=OPTIONS).contains(&options.len()) {
                    return Err(bad(format!("\"options\" must be 2 to {OPTIONS}")));
                }
                for option in options {
                    words("options", &mut option.text, 1, LINE_LIMIT)?;
                }
            }
            PlacardKind::Goal { title, target, value, .. } => {
                words("title", title, 1, TITLE_LIMIT)?;
                figure("target", *target, 1)?;
                *value = (*value).min(FIGURE_LIMIT);
            }
            PlacardKind::Ticker { lines, enter } => {
                given("keyword", enter.as_mut().and_then(|enter| enter.keyword.as_mut()))?;
                if !(1..=LINES).contains(&lines.len()) {
                    return Err(bad(format!("\"lines\" must be 1 to {LINES}")));
                }
                for line in lines {
                    words("lines", line, 1, LINE_LIMIT)?;
                }
            }
            PlacardKind::Rank { title, places, rows } => {
                words("title", title, 0, TITLE_LIMIT)?;
                *places = (*places).clamp(3, RANK_ROWS);
                rows.truncate(usize::from(RANK_ROWS));
            }
        }
        Ok(self)
    }

    /// Whether it is one of a rehearsal, which is not kept.
    pub fn is_rehearsed(&self) -> bool {
        self.id.starts_with(REHEARSED)
    }
}

fn bad(message: impl Into<String>) -> Reject {
    Reject::new(Code::BadValue, message)
}

/// Cleans `text` and counts its characters.
fn words(field: &str, text: &mut String, least: usize, most: usize) -> Result<(), Reject> {
    *text = clean(text);
    let n = text.chars().count();
    if (least..=most).contains(&n) {
        return Ok(());
    }
    Err(bad(format!("\"{field}\" has {n} characters; write {least} to {most}")))
}

/// The same for a text that need not be there.
fn given(field: &str, text: Option<&mut String>) -> Result<(), Reject> {
    text.map_or(Ok(()), |text| words(field, text, 1, VALUE_LIMIT))
}

fn figure(field: &str, value: u64, least: u64) -> Result<(), Reject> {
    if (least..=FIGURE_LIMIT).contains(&value) {
        return Ok(());
    }
    Err(bad(format!("\"{field}\" is {value}; write {least} to {FIGURE_LIMIT}")))
}

fn is_picture(address: &str) -> bool {
    let own = address.starts_with('/') && !address.starts_with("//");
    let outside = address.starts_with("https://") || address.starts_with("http://");
    (own || outside) && address.len() <= 500 && address.bytes().all(|b| b.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(json: serde_json::Value) -> Result<Placard, Reject> {
        serde_json::from_value::<Placard>(json).expect("a placard").checked()
    }

    #[test]
    fn every_kind_reads_back_from_its_own_json() {
        for json in [
            serde_json::json!({"id": "a", "kind": "voucher", "title": "t", "value": "1", "stock": 5, "left": 9, "ends_at": 7}),
            serde_json::json!({"id": "a", "kind": "voucher", "title": "t", "value": "10% off", "stock": 5, "left": 5,
                "worth": {"kind": "percent", "percent": 10}, "by": "Ann", "keyword": "deal"}),
            serde_json::json!({"id": "a", "kind": "product", "title": "t", "picture": "/p.png", "number": 3}),
            serde_json::json!({"id": "a", "kind": "question", "text": "why"}),
            serde_json::json!({"id": "a", "kind": "poll", "question": "q", "options": [{"text": "x"}, {"text": "y"}], "open": true}),
            serde_json::json!({"id": "a", "kind": "goal", "title": "t", "unit": "coins", "target": 5}),
            serde_json::json!({"id": "a", "kind": "ticker", "lines": ["x"]}),
            serde_json::json!({"id": "a", "kind": "ticker", "lines": ["x"], "enter": {"keyword": "mug"}}),
            serde_json::json!({"id": "a", "kind": "rank", "places": 200}),
        ] {
            let placard = of(json.clone()).unwrap_or_else(|e| panic!("{json}: {e}"));
            let text = serde_json::to_string(&placard).expect("serialises");
            assert_eq!(serde_json::from_str::<Placard>(&text).expect("parses"), placard);
        }
    }

    #[test]
    fn what_is_outside_its_bounds_is_refused_by_name() {
        let long = "x".repeat(301);
        for (json, field) in [
            (serde_json::json!({"id": "A", "kind": "ticker", "lines": ["x"]}), "id"),
            (serde_json::json!({"id": "a", "kind": "ticker", "lines": []}), "lines"),
            (serde_json::json!({"id": "a", "kind": "ticker", "lines": [" \u{200B}"]}), "lines"),
            (serde_json::json!({"id": "a", "kind": "question", "text": long}), "text"),
            (
                serde_json::json!({"id": "a", "kind": "goal", "title": "t", "unit": "likes", "target": 0}),
                "target",
            ),
            (
                serde_json::json!({"id": "a", "kind": "poll", "question": "q", "options": [{"text": "x"}], "open": true}),
                "options",
            ),
            (
                serde_json::json!({"id": "a", "kind": "product", "title": "t", "picture": "javascript:x"}),
                "picture",
            ),
            (
                serde_json::json!({"id": "a", "kind": "product", "title": "t", "picture": "//x.y/z"}),
                "picture",
            ),
            (
                serde_json::json!({"id": "a", "kind": "voucher", "title": "t", "value": "", "stock": 5, "left": 9}),
                "value",
            ),
            (
                serde_json::json!({"id": "a", "kind": "voucher", "title": "t", "value": "1", "stock": 5, "left": 9,
                    "worth": {"kind": "percent", "percent": 101}}),
                "percent",
            ),
            (
                serde_json::json!({"id": "a", "kind": "ticker", "lines": ["x"], "enter": {"keyword": "x".repeat(25)}}),
                "keyword",
            ),
        ] {
            let reject = of(json).expect_err(field);
            assert_eq!(reject.code, Code::BadValue);
            assert!(reject.message.contains(&format!("\"{field}\"")), "{reject}");
        }
    }
}
