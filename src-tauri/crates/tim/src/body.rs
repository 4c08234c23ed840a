//! `MsgBody`: the elements of a message.
//!
//! The bytes go on to other SDKs exactly as they came; this only reads what
//! this server acts on, and refuses what is no message.

use crate::code::Code;
use serde::Deserialize;
use serde_json::value::RawValue;

/// Most bytes of `MsgBody` and `CloudCustomData` together. The vendor's pages
/// name 8 KB and 12 KB; the larger one refuses nothing that either takes.
pub const LIMIT: usize = 12 * 1024;

/// One element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Element {
    /// TIMTextElem.
    Text(String),
    /// TIMCustomElem.
    Custom {
        /// The payload.
        data: String,
        /// What an app adds; some keep the payload here.
        ext: String,
    },
    /// Faces, places, pictures, sounds, files and forwarded messages: passed on, not read.
    Other,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Wire<'a> {
    msg_type: String,
    #[serde(borrow)]
    msg_content: &'a RawValue,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Text {
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", default)]
#[derive(Default)]
struct Custom {
    data: String,
    ext: String,
}

/// Reads a message's elements, at least one.
///
/// # Errors
/// [`Code::MessageLong`] over [`LIMIT`]; [`Code::Parameter`] if it is no list
/// of elements the vendor names.
pub fn read(body: &RawValue, cloud: &str) -> Result<Vec<Element>, Code> {
    if body.get().len() + cloud.len() > LIMIT {
        return Err(Code::MessageLong);
    }
    let wire: Vec<Wire<'_>> = serde_json::from_str(body.get()).map_err(|_| Code::Parameter)?;
    if wire.is_empty() {
        return Err(Code::Parameter);
    }
    wire.iter().map(element).collect()
}

fn element(wire: &Wire<'_>) -> Result<Element, Code> {
    let content = wire.msg_content.get();
    match wire.msg_type.as_str() {
        "TIMTextElem" => serde_json::from_str::<Text>(content).map(|t| Element::Text(t.text)),
        "TIMCustomElem" => serde_json::from_str::<Custom>(content)
            .map(|c| Element::Custom { data: c.data, ext: c.ext }),
        "TIMFaceElem" | "TIMLocationElem" | "TIMImageElem" | "TIMSoundElem" | "TIMFileElem"
        | "TIMVideoFileElem" | "TIMRelayElem" => Ok(Element::Other),
        _ => return Err(Code::Parameter),
    }
    .map_err(|_| Code::Parameter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Vec<Element>, Code> {
        super::read(&RawValue::from_string(json.to_owned()).expect("JSON"), "")
    }

    #[test]
    fn elements_are_read() {
        let json = r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"hi"}},
            {"MsgType":"TIMCustomElem","MsgContent":{"Data":"d","Desc":"x","Ext":"e"}},
            {"MsgType":"TIMFaceElem","MsgContent":{"Index":1}}]"#;
        let custom = Element::Custom { data: "d".into(), ext: "e".into() };
        assert_eq!(read(json), Ok(vec![Element::Text("hi".into()), custom, Element::Other]));
    }

    #[test]
    fn what_is_no_message_is_refused() {
        for bad in [
            "null",
            "{}",
            "[]",
            r#"[{"MsgType":"TIMTextElem"}]"#,
            r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":5}}]"#,
            r#"[{"MsgType":"TIMGroupTipElem","MsgContent":{}}]"#,
        ] {
            assert_eq!(read(bad), Err(Code::Parameter), "{bad}");
        }
        let long = format!(
            r#"[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{}"}}}}]"#,
            "x".repeat(LIMIT)
        );
        assert_eq!(read(&long), Err(Code::MessageLong));
    }
}
