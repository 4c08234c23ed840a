//! Between the vendor's messages and ours.
//!
//! What an SDK says becomes a line, a gift, likes or a follow on the host's
//! picture where its meaning is known: plain text, custom messages a rule of
//! the host names ([`Mapping`]), and those of the vendor's own live products.
//! Everything else is a custom event, which surfaces ignore. Other SDKs get
//! the bytes as they came in any case.
//!
//! A custom message may hold anything. What is nested over 128 deep, over
//! [`body::LIMIT`](crate::body::LIMIT), of another type or out of range is a
//! custom event like any other.

mod account;
mod kit;
mod mapping;
mod order;
mod payload;
mod priority;
mod rule;
mod sale;
mod sells;

pub use account::{ACCOUNT_LIMIT, PROFILE_LIMIT, account, is_account, sender, tiny_id, user_id};
pub use mapping::{Invalid, Mapping, RULES};
pub use order::{ORDER_LIMIT, Order, What, order};
pub use priority::{priority, priority_word};
pub use rule::{Becomes, Rule};
pub use sale::{Ask as SaleAsk, BUSINESS as SALE, sale};

use crate::body::Element;
use payload::Payload;
use surtitle_core::room::{CUSTOM_LIMIT, LIKE_LIMIT};
use surtitle_core::wire::Body;
use surtitle_core::{Paid, gifts, text};

/// What a message means to our room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The event it becomes.
    pub body: Body,
    /// Taps on like it also is; 0 for none.
    pub likes: u32,
    /// 1 if its sender follows the host with it, else 0.
    pub follows: u32,
}

impl Meaning {
    fn plain(body: Body) -> Self {
        Self { body, likes: 0, follows: 0 }
    }

    /// A custom event; a payload over our limit stays with the SDKs.
    fn custom(data: &str) -> Self {
        let data = if data.len() <= CUSTOM_LIMIT { data.to_owned() } else { String::new() };
        Self::plain(Body::Custom { data })
    }

    /// A comment for our surfaces: the first 300 characters; `None` if it shows nothing.
    fn comment(line: &str) -> Option<Self> {
        let line: String = text::clean(line).chars().take(text::TEXT_LIMIT).collect();
        let text = text::comment(&line).ok()?;
        Some(Self::plain(Body::Comment { text }))
    }

    /// A paid comment for our surfaces, with or without a line.
    fn paid(line: &str, amount: u64, currency: &str) -> Option<Self> {
        let line: String = text::clean(line).chars().take(text::TEXT_LIMIT).collect();
        let text = text::comment(&line).unwrap_or_default();
        let paid = Paid::new(amount, currency).ok()?;
        Some(Self::plain(Body::Paid { text, paid }))
    }

    /// What it means from somebody who cannot say what was paid: a custom event.
    #[must_use]
    pub fn unpaid(self, elements: &[Element]) -> Self {
        match self.body {
            Body::Paid { .. } => {
                Self::custom(Payload::of(elements).map_or("", |payload| payload.data))
            }
            _ => self,
        }
    }

    /// A gift the catalogue has; more than 9,999 are 9,999.
    fn gift(id: &str, count: u64, is_gift: &dyn Fn(&str) -> bool) -> Option<Self> {
        let count = cut(count, gifts::COUNT_LIMIT)?;
        is_gift(id).then(|| Self::plain(Body::Gift { gift: id.to_owned(), count }))
    }

    /// Taps on like; more than 200 are 200.
    fn like(data: &str, count: u64) -> Option<Self> {
        Some(Self { likes: cut(count, LIKE_LIMIT)?, ..Self::custom(data) })
    }

    fn follow(data: &str) -> Self {
        Self { follows: 1, ..Self::custom(data) }
    }
}

/// A count within its limit; there is none of nothing.
fn cut(count: u64, limit: u32) -> Option<u32> {
    (count > 0).then(|| u32::try_from(count).map_or(limit, |count| count.min(limit)))
}

/// What `elements` mean under the host's `mapping`; `is_gift` knows the
/// catalogue. Text comes first, then the host's rules in their order, then
/// the shapes of the vendor's products. The first that fits decides, even if
/// what it needs is missing: that is a custom event.
pub fn meaning(elements: &[Element], mapping: &Mapping, is_gift: impl Fn(&str) -> bool) -> Meaning {
    let line: Vec<&str> = elements
        .iter()
        .filter_map(|e| if let Element::Text(text) = e { Some(text.as_str()) } else { None })
        .collect();
    if !line.is_empty() {
        return Meaning::comment(&line.join(" ")).unwrap_or_else(|| Meaning::custom(""));
    }
    let Some(payload) = Payload::of(elements) else { return Meaning::custom("") };
    let meaning = match mapping.find(&payload) {
        Some(rule) => rule.meaning(&payload, &is_gift),
        None => kit::meaning(&payload, &is_gift).or_else(|| sells::meaning(&payload, &is_gift)),
    };
    meaning.unwrap_or_else(|| Meaning::custom(payload.data))
}

#[cfg(test)]
mod sample {
    use super::*;

    pub fn message(data: &str, ext: &str) -> [Element; 1] {
        [Element::Custom { data: data.to_owned(), ext: ext.to_owned() }]
    }

    pub fn meaning_under(mapping: &Mapping, data: &str, ext: &str) -> Meaning {
        meaning(&message(data, ext), mapping, |id| id == "rose")
    }

    pub fn meaning_of(data: &str, ext: &str) -> Meaning {
        meaning_under(&Mapping::default(), data, ext)
    }
}

#[cfg(test)]
mod tests {
    use super::sample::meaning_of;
    use super::*;

    fn of(element: Element) -> Meaning {
        meaning(&[element], &Mapping::default(), |id| id == "rose")
    }

    #[test]
    fn long_text_is_cut_for_our_surfaces_and_blank_text_is_no_line() {
        let Body::Comment { text } = of(Element::Text("é".repeat(900))).body else {
            panic!("a comment")
        };
        assert_eq!(text.chars().count(), text::TEXT_LIMIT);
        assert_eq!(of(Element::Text(" \u{200B}\n".into())), Meaning::custom(""));
    }

    #[test]
    fn anything_else_is_a_custom_event() {
        for data in ["", "{}", r#"{"cmd":"x"}"#, "[1]", "null", "7", "\u{0}", "{\"a\":"] {
            assert_eq!(meaning_of(data, ""), Meaning::custom(data), "{data}");
        }
        let long = "x".repeat(CUSTOM_LIMIT + 1);
        assert_eq!(meaning_of(&long, "").body, Body::Custom { data: String::new() });
        assert_eq!(of(Element::Other), Meaning::custom(""));
    }

    #[test]
    fn what_is_nested_too_deep_or_too_long_is_a_custom_event() {
        for data in [
            format!("{}{}", "[".repeat(6_000), "]".repeat(6_000)),
            format!(
                r#"{{"businessID":"TUIGift_like","data":{}1{}}}"#,
                "[".repeat(200),
                "]".repeat(200)
            ),
            format!(r#"{{"businessID":"TUIGift_like","pad":"{}"}}"#, "x".repeat(13_000)),
        ] {
            assert_eq!(meaning_of(&data, "").likes, 0);
        }
    }
}
