//! What a custom message carries, and how a rule names a part of it.

use crate::body::{self, Element};
use serde_json::Value;
use std::borrow::Cow;
use std::cell::OnceCell;

/// The texts of a message's custom element, read as JSON when first asked.
#[derive(Debug)]
pub(super) struct Payload<'a> {
    pub data: &'a str,
    pub ext: &'a str,
    data_json: OnceCell<Option<Value>>,
    ext_json: OnceCell<Option<Value>>,
}

/// A part of a payload: what a rule writes as `""`, `/a/b`, `ext`, `ext/a/b` or `=text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// The whole text of Data.
    Data,
    /// The whole text of Ext.
    Ext,
    /// A JSON pointer (RFC 6901) into Data.
    InData(&'a str),
    /// A JSON pointer into Ext.
    InExt(&'a str),
    /// Not of the message: always this text.
    Fixed(&'a str),
}

impl<'a> Part<'a> {
    /// Reads a part as a rule writes it.
    pub fn read(text: &'a str) -> Option<Self> {
        match text {
            "" => Some(Self::Data),
            "ext" => Some(Self::Ext),
            _ => {
                if let Some(fixed) = text.strip_prefix('=') {
                    return Some(Self::Fixed(fixed));
                }
                let (pointer, part): (&str, fn(&'a str) -> Self) = match text.strip_prefix("ext/") {
                    Some(_) => (&text["ext".len()..], Self::InExt),
                    None => (text, Self::InData),
                };
                is_pointer(pointer).then(|| part(pointer))
            }
        }
    }
}

/// Begins with a slash, and each `~` is one of its two escapes.
fn is_pointer(text: &str) -> bool {
    text.starts_with('/') && text.split('~').skip(1).all(|rest| rest.starts_with(['0', '1']))
}

impl<'a> Payload<'a> {
    /// The first custom element's.
    pub fn of(elements: &'a [Element]) -> Option<Self> {
        elements.iter().find_map(|element| match element {
            Element::Custom { data, ext } => {
                Some(Self { data, ext, data_json: OnceCell::new(), ext_json: OnceCell::new() })
            }
            _ => None,
        })
    }

    /// Data as an object.
    pub fn data_json(&self) -> Option<&Value> {
        self.data_json.get_or_init(|| object(self.data)).as_ref()
    }

    /// Ext as an object.
    pub fn ext_json(&self) -> Option<&Value> {
        self.ext_json.get_or_init(|| object(self.ext)).as_ref()
    }

    /// A part as text; `None` if it is not there, or is a list, an object or null.
    pub fn text<'s>(&'s self, part: Part<'s>) -> Option<Cow<'s, str>> {
        match part {
            Part::Data => Some(self.data.into()),
            Part::Ext => Some(self.ext.into()),
            Part::InData(pointer) => text(self.data_json()?.pointer(pointer)?),
            Part::InExt(pointer) => text(self.ext_json()?.pointer(pointer)?),
            Part::Fixed(fixed) => Some(fixed.into()),
        }
    }
}

/// Text as it is, numbers and truth values as JSON writes them.
pub(super) fn text(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(text.into()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string().into()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A whole number from 0 that is written in digits.
pub(super) fn whole(text: &str) -> Option<u64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

/// The first of `keys` that is there, as a count: 1 if none is, `None` if it is none.
pub(super) fn count(object: &Value, keys: &[&str]) -> Option<u64> {
    match keys.iter().find_map(|key| object.get(key)) {
        Some(value) => whole(&text(value)?),
        None => Some(1),
    }
}

fn object(text: &str) -> Option<Value> {
    // serde_json refuses what is nested over 128 deep.
    let read = text.len() <= body::LIMIT && text.trim_start().starts_with('{');
    read.then(|| serde_json::from_str(text).ok())?
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn parts_are_read_as_rules_write_them() {
        for (text, part) in [
            ("", Some(Part::Data)),
            ("ext", Some(Part::Ext)),
            ("/a/0", Some(Part::InData("/a/0"))),
            ("ext/a~1b", Some(Part::InExt("/a~1b"))),
            ("=", Some(Part::Fixed(""))),
            ("=/a", Some(Part::Fixed("/a"))),
            ("a", None),
            ("extra", None),
            ("/a~2", None),
            ("/a~", None),
        ] {
            assert_eq!(Part::read(text), part, "{text}");
        }
    }

    #[test]
    fn parts_are_texts_whatever_their_type() {
        let message = sample::message(r#"{"a":[{"b":"x"},7,true,null]}"#, r#"{"a/b":2.5}"#);
        let payload = Payload::of(&message).expect("a payload");
        let get = |text| payload.text(Part::read(text).expect("a part")).map(Cow::into_owned);
        for (part, text) in [
            ("/a/0/b", Some("x")),
            ("/a/1", Some("7")),
            ("/a/2", Some("true")),
            ("/a/3", None),
            ("/a/0", None),
            ("/a/9", None),
            ("/", None),
            ("ext/a~1b", Some("2.5")),
            ("=y", Some("y")),
        ] {
            assert_eq!(get(part).as_deref(), text, "{part}");
        }
    }

    #[test]
    fn counts_are_whole_numbers_or_none() {
        for (text, number) in [
            ("0", Some(0)),
            ("12", Some(12)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("", None),
            ("-1", None),
            ("+1", None),
            ("1.0", None),
            ("1e3", None),
            ("٣", None),
        ] {
            assert_eq!(whole(text), number, "{text}");
        }
    }
}
