//! The JSON frames of the SDK sockets: a request, its answer, a push.
//!
//! One object a frame, `{"head":{…},"body":{…}}`. An answer repeats
//! `servcmd` and `seq` of its request; the SDK matches on the pair.

use crate::code::Refusal;
use miniz_oxide::deflate::compress_to_vec_zlib;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// Who asks what.
#[derive(Debug, Deserialize)]
pub struct Head<'a> {
    /// `service.command`.
    #[serde(borrow)]
    pub servcmd: Cow<'a, str>,
    /// The client's number of the request.
    pub seq: u64,
    /// SDKAppID.
    #[serde(default)]
    pub sdkappid: u32,
    /// UserID, before login; empty for a guest.
    #[serde(default, borrow, deserialize_with = "text")]
    pub identifier: Cow<'a, str>,
    /// Its signature.
    #[serde(default, borrow, deserialize_with = "text")]
    pub usersig: Cow<'a, str>,
    /// What the login gave, instead of the two.
    #[serde(default, borrow, deserialize_with = "text")]
    pub a2: Cow<'a, str>,
    /// What the client runs on: 7 a page, 8 a mini program; 0 if it does not say.
    #[serde(default, deserialize_with = "number")]
    pub platform: u32,
}

/// A frame from a client.
#[derive(Debug, Deserialize)]
pub struct Request<'a> {
    /// Who asks what.
    #[serde(borrow)]
    pub head: Head<'a>,
    #[serde(default, borrow)]
    body: Option<&'a RawValue>,
}

impl<'a> Request<'a> {
    /// Reads a frame.
    ///
    /// # Errors
    /// Not an object with a head that can be answered.
    pub fn read(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// A request whose head travelled beside its body.
    pub fn with(head: Head<'a>, body: Option<&'a RawValue>) -> Self {
        Self { head, body }
    }

    /// The fields of the command.
    ///
    /// # Errors
    /// A field it must have is missing or of another type.
    pub fn body<T: Deserialize<'a>>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.body.map_or("{}", RawValue::get))
    }
}

/// Absent, `null` and the text are all met in the wild.
fn text<'de: 'a, 'a, D: Deserializer<'de>>(from: D) -> Result<Cow<'a, str>, D::Error> {
    #[derive(Deserialize)]
    struct Borrowed<'a>(#[serde(borrow)] Cow<'a, str>);
    Ok(Option::<Borrowed<'a>>::deserialize(from)?.map(|b| b.0).unwrap_or_default())
}

/// A number, and 0 for whatever else stands there.
fn number<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    let value = serde_json::Value::deserialize(from)?;
    Ok(value.as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0))
}

#[derive(Serialize)]
struct AnswerHead<'a> {
    ver: &'static str,
    servcmd: &'a str,
    seq: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct AnswerBody<'a, T> {
    action_status: &'static str,
    error_code: u32,
    error_info: &'a str,
    #[serde(flatten)]
    rest: &'a T,
}

#[derive(Serialize)]
struct Frame<'a, B> {
    head: AnswerHead<'a>,
    body: B,
}

/// A success with the fields of `rest`, a structure or map.
pub fn answer<T: Serialize>(servcmd: &str, seq: u64, rest: &T) -> Vec<u8> {
    let body = AnswerBody { action_status: "OK", error_code: 0, error_info: "", rest };
    frame(servcmd, seq, body)
}

/// The same without a head, as HTTP answers it.
pub fn answer_body<T: Serialize>(rest: &T) -> Vec<u8> {
    let body = AnswerBody { action_status: "OK", error_code: 0, error_info: "", rest };
    serde_json::to_vec(&body).expect("our own structures serialise")
}

/// A refusal without a head, as HTTP answers it.
pub fn refuse_body(refusal: &Refusal) -> Vec<u8> {
    refuse_body_with(refusal, &Nothing {})
}

/// A refusal without a head, with the fields of `rest`.
pub fn refuse_body_with<T: Serialize>(refusal: &Refusal, rest: &T) -> Vec<u8> {
    serde_json::to_vec(&failure(refusal, rest)).expect("our own structures serialise")
}

/// A refusal.
pub fn refuse(servcmd: &str, seq: u64, refusal: &Refusal) -> Vec<u8> {
    refuse_with(servcmd, seq, refusal, &Nothing {})
}

/// A refusal with the fields of `rest`, a structure or map.
pub fn refuse_with<T: Serialize>(servcmd: &str, seq: u64, refusal: &Refusal, rest: &T) -> Vec<u8> {
    frame(servcmd, seq, failure(refusal, rest))
}

fn failure<'a, T>(refusal: &'a Refusal, rest: &'a T) -> AnswerBody<'a, T> {
    let Refusal { number, text } = refusal;
    AnswerBody { action_status: "FAIL", error_code: *number, error_info: text, rest }
}

/// No further fields.
#[derive(Debug, Serialize)]
pub struct Nothing {}

/// A push; `seq` is the server's own and need only differ from the last.
pub fn push<T: Serialize>(servcmd: &str, seq: u64, body: &T) -> Vec<u8> {
    frame(servcmd, seq, body)
}

/// What a compressed frame begins with.
const MAGIC: &[u8] = b"COMP";
/// Shortest frame that is compressed, in bytes; little is saved below.
pub const COMP_FLOOR: usize = 256;

/// A binary frame for a socket whose address has `compress=gzip`: `COMP` and
/// the frame in zlib, which SDKs take as well as gzip, or the frame itself if
/// that is shorter. SDKs take both at any time. Level 1: the figures are in
/// docs/compatibility/differences.md.
///
/// Not for frames that hold a secret beside text somebody else chose: the
/// length would tell about the secret.
pub fn comp(json: Vec<u8>) -> Vec<u8> {
    if json.len() < COMP_FLOOR {
        return json;
    }
    let zlib = compress_to_vec_zlib(&json, 1);
    if MAGIC.len() + zlib.len() < json.len() { [MAGIC, &zlib].concat() } else { json }
}

fn frame<B: Serialize>(servcmd: &str, seq: u64, body: B) -> Vec<u8> {
    let head = AnswerHead { ver: "v4", servcmd, seq };
    serde_json::to_vec(&Frame { head, body }).expect("our own structures serialise")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::code::Code;
    use flate2::read::ZlibDecoder;
    use std::io::Read as _;

    #[test]
    fn request_is_read_whatever_else_it_has() {
        let text = r#"{"head":{"ver":"v4","platform":7,"a2":null,"identifier":"a\u0062","seq":7,
            "sdkappid":1400000001,"servcmd":"s.c"},"body":{"GroupId":"G","More":[1]}}"#;
        let request = Request::read(text).expect("a request");
        assert_eq!((&*request.head.servcmd, request.head.seq), ("s.c", 7));
        assert_eq!((&*request.head.identifier, &*request.head.a2), ("ab", ""));
        assert_eq!(request.head.platform, 7);
        #[derive(Deserialize)]
        #[serde(rename_all = "PascalCase")]
        struct Body {
            group_id: String,
        }
        assert_eq!(request.body::<Body>().expect("a body").group_id, "G");
    }

    #[test]
    fn frame_without_a_head_cannot_be_answered() {
        for bad in ["", "[]", "{}", r#"{"head":{"seq":1}}"#, r#"{"head":{"servcmd":"x","seq":-1}}"#]
        {
            assert!(Request::read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn body_beside_its_head_is_read_the_same() {
        let head = r#"{"servcmd":"s.c","seq":0,"platform":null}"#;
        let head: Head<'_> = serde_json::from_str(head).expect("a head");
        assert_eq!(head.platform, 0);
        let body = RawValue::from_string(r#"{"a":1}"#.into()).expect("JSON");
        let request = Request::with(head, Some(&body));
        let fields: serde_json::Value = request.body().expect("a body");
        assert_eq!(fields, serde_json::json!({ "a": 1 }));
        assert_eq!(
            answer_body(&fields),
            br#"{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":"","a":1}"#
        );
    }

    #[test]
    fn answers_always_have_an_error_code() {
        let ok = String::from_utf8(answer("s.c", 7, &Nothing {})).expect("UTF-8");
        assert_eq!(
            ok,
            r#"{"head":{"ver":"v4","servcmd":"s.c","seq":7},"body":{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}}"#
        );
        let no = String::from_utf8(refuse("s.c", 8, &Code::Muted.into())).expect("UTF-8");
        assert!(no.contains(r#""ActionStatus":"FAIL","ErrorCode":10017"#), "{no}");
    }

    #[test]
    fn long_frame_is_compressed_and_comes_back_whole() {
        let json = push("im_open_push.msg_push", 1, &vec!["message"; 200]);
        let comp = comp(json.clone());
        assert!(comp.len() < json.len() / 10);
        assert_eq!(comp[..5], [0x43, 0x4f, 0x4d, 0x50, 0x78]);
        let mut back = Vec::new();
        ZlibDecoder::new(&comp[4..]).read_to_end(&mut back).expect("zlib");
        assert_eq!(back, json);
    }

    #[test]
    fn frame_that_would_not_get_shorter_stays_as_it_is() {
        let heartbeat = answer("heartbeat.alive", 1, &Nothing {});
        assert_eq!(comp(heartbeat.clone()), heartbeat);
        let mut noise: u32 = 1;
        let random: Vec<u8> = std::iter::repeat_with(|| {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (noise >> 24) as u8
        })
        .take(2_000)
        .collect();
        assert_eq!(comp(random.clone()), random);
    }
}
