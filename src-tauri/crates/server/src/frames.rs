//! Encoding of server frames and decoding of client frames.

use crate::ws::codec;
use bytes::Bytes;
use surtitle_core::wire::{ClientFrame, ServerFrame};
use surtitle_core::{Code, Reject};

/// Deepest nesting of objects and arrays in a client frame.
const DEPTH_LIMIT: u32 = 16;

/// One WebSocket text frame.
pub fn encode(frame: &ServerFrame) -> Bytes {
    let json = serde_json::to_vec(frame).expect("wire types serialise: no maps, no foreign types");
    Bytes::from(codec::encode(1, &json))
}

/// An `error` frame; `re` is the `cid` or `id` it answers.
pub fn encode_reject(reject: &Reject, re: Option<u32>) -> Bytes {
    encode(&ServerFrame::Error {
        code: reject.code.number(),
        message: reject.message.clone(),
        retry: reject.code.retry(),
        re,
    })
}

/// Reads a client frame.
///
/// # Errors
/// [`Code::TooDeep`], [`Code::UnknownFrame`] or [`Code::Malformed`].
pub fn decode(text: &str) -> Result<ClientFrame, Reject> {
    if depth(text) > DEPTH_LIMIT {
        return Err(Reject::new(
            Code::TooDeep,
            format!("the frame is nested deeper than {DEPTH_LIMIT}; flatten it"),
        ));
    }
    serde_json::from_str(text).map_err(|error| {
        if error.to_string().starts_with("unknown variant") && unknown_type(text) {
            return Reject::new(Code::UnknownFrame, "no frame of this type in protocol version 1");
        }
        Reject::new(Code::Malformed, format!("the frame cannot be read: {error}"))
    })
}

/// Whether `t` is a string (and so it is the type that is unknown, not a field's value).
fn unknown_type(text: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Head {
        t: String,
    }
    let known = [
        "hello", "join", "leave", "name", "send", "like", "ping", "pair", "watch", "monitor",
        "beat", "do", "board", "voice", "sale", "inquire",
    ];
    serde_json::from_str::<Head>(text).is_ok_and(|head| !known.contains(&head.t.as_str()))
}

/// Deepest nesting outside strings.
fn depth(text: &str) -> u32 {
    let (mut deepest, mut now, mut quoted, mut escaped) = (0u32, 0u32, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => {
                now += 1;
                deepest = deepest.max(now);
            }
            b'}' | b']' if !quoted => now = now.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_nonsense_has_its_code() {
        let deep = format!(r#"{{"t":"ping","n":{}{}}}"#, "[".repeat(40), "]".repeat(40));
        for (text, code) in [
            ("", Code::Malformed),
            ("[]", Code::Malformed),
            (r#"{"t":"ping"}"#, Code::Malformed),
            (r#"{"t":"ping","n":-1}"#, Code::Malformed),
            (r#"{"t":5}"#, Code::Malformed),
            (r#"{"t":"fly"}"#, Code::UnknownFrame),
            (r#"{"t":"do","id":1,"command":{"do":"fly"}}"#, Code::Malformed),
            (deep.as_str(), Code::TooDeep),
        ] {
            assert_eq!(decode(text).map_err(|r| r.code), Err(code), "{text}");
        }
        assert_eq!(decode(r#"{"t":"ping","n":1}"#), Ok(ClientFrame::Ping { n: 1 }));
    }

    #[test]
    fn brackets_in_strings_are_not_depth() {
        assert_eq!(depth(r#"{"a":"[[[[\"[[["}"#), 1);
    }
}
