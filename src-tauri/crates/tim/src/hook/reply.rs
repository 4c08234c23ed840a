//! Reading a back end's answer.
//!
//! An answer is HTTP 200 with a JSON object that has an integer `ErrorCode`.
//! Anything else is [`Bad`], and what happens then is the app's policy, never
//! a guess at what was meant.

use super::Command;
use crate::body;
use crate::code::Refusal;
use serde::Deserialize;
use serde_json::value::RawValue;
use surtitle_core::text;

/// Most bytes of an answer. A message is at most 12 KB; nothing else is read.
pub const REPLY_LIMIT: usize = 64 * 1024;
/// Most characters of an `ErrorInfo` that goes on to a client.
const INFO_LIMIT: usize = 512;

/// What the back end decided.
#[derive(Debug, Clone)]
pub enum Verdict {
    /// Go on.
    Allow,
    /// Go on with this content; what is `None` stays as it was.
    Rewrite {
        /// `MsgBody`, a message by [`body::read`].
        body: Option<Box<RawValue>>,
        /// `CloudCustomData`.
        cloud: Option<String>,
    },
    /// Stop; the client gets this.
    Refuse(Refusal),
    /// Stop; the client is told it was sent.
    Drop,
}

/// Why an answer cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Bad {
    /// More than [`REPLY_LIMIT`] bytes.
    #[error("the answer is longer than 64 KB")]
    Long,
    /// Not the object it must be.
    #[error("the answer is not a JSON object with an integer ErrorCode")]
    Shape,
    /// A code that means nothing for the command.
    #[error("the answer has ErrorCode {0}, which this webhook does not know")]
    Code(i64),
    /// Content that is no message.
    #[error("the answer's MsgBody or CloudCustomData is not a message of at most 12 KB")]
    Content,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Wire {
    error_code: i64,
    error_info: Option<Box<RawValue>>,
    msg_body: Option<Box<RawValue>>,
    cloud_custom_data: Option<Box<RawValue>>,
}

/// Whether the bytes are an answer at all, whatever the code: what an
/// after-event needs to count as delivered.
///
/// # Errors
/// [`Bad`] says what is wrong with it.
pub fn check(bytes: &[u8]) -> Result<(), Bad> {
    wire(bytes).map(drop)
}

/// Reads the answer to a command that was asked with the body `asked`.
///
/// # Errors
/// [`Bad`] says what is wrong with it.
pub fn reply(bytes: &[u8], command: Command, asked: &RawValue) -> Result<Verdict, Bad> {
    let wire = wire(bytes)?;
    // The vendor's numbers: refused by a webhook, and the app's own range.
    let (plain, own) =
        if command.is_c2c() { (20006, 120_001..=130_000) } else { (10016, 10_100..=10_200) };
    match u32::try_from(wire.error_code).map_err(|_| Bad::Code(wire.error_code))? {
        0 if command.is_message() => rewrite(wire, asked),
        0 => Ok(Verdict::Allow),
        1 => Ok(Verdict::Refuse(Refusal {
            number: plain,
            text: "the app's back end refused it".to_owned(),
        })),
        2 if command.is_message() => Ok(Verdict::Drop),
        number if own.contains(&number) => {
            Ok(Verdict::Refuse(Refusal { number, text: info(wire.error_info.as_deref()) }))
        }
        _ => Err(Bad::Code(wire.error_code)),
    }
}

fn wire(bytes: &[u8]) -> Result<Wire, Bad> {
    if bytes.len() > REPLY_LIMIT {
        return Err(Bad::Long);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Bad::Shape)?;
    // serde takes a list for a structure; an answer is an object.
    if !text.trim_start().starts_with('{') {
        return Err(Bad::Shape);
    }
    serde_json::from_str(text).map_err(|_| Bad::Shape)
}

/// What of a question counts into the size of its message.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Asked<'a> {
    #[serde(borrow)]
    msg_body: &'a RawValue,
    cloud_custom_data: String,
}

fn rewrite(wire: Wire, asked: &RawValue) -> Result<Verdict, Bad> {
    let cloud: Option<String> = match wire.cloud_custom_data {
        Some(json) => Some(serde_json::from_str(json.get()).map_err(|_| Bad::Content)?),
        None => None,
    };
    if wire.msg_body.is_none() && cloud.is_none() {
        return Ok(Verdict::Allow);
    }
    // What stays of the message counts with what is new.
    let old: Asked<'_> = serde_json::from_str(asked.get()).map_err(|_| Bad::Content)?;
    let new = wire.msg_body.as_deref().unwrap_or(old.msg_body);
    let size = new.get().len() + cloud.as_ref().unwrap_or(&old.cloud_custom_data).len();
    let is_message = wire.msg_body.as_deref().is_none_or(|body| body::read(body, "").is_ok());
    if size > body::LIMIT || !is_message {
        return Err(Bad::Content);
    }
    Ok(Verdict::Rewrite { body: wire.msg_body, cloud })
}

/// `ErrorInfo` as a client may show it: one line without control characters.
fn info(json: Option<&RawValue>) -> String {
    let said = json.and_then(|json| serde_json::from_str::<String>(json.get()).ok());
    let line: String = text::clean(&said.unwrap_or_default()).chars().take(INFO_LIMIT).collect();
    if line.is_empty() { "the app's back end refused it".to_owned() } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answer to a message of 2,000 bytes, half of them `CloudCustomData`.
    fn answer(bytes: &[u8], command: Command) -> Result<Verdict, Bad> {
        let x = "x".repeat(1_000);
        let text = format!(r#"[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{x}"}}}}]"#);
        let asked = format!(r#"{{"MsgBody":{text},"CloudCustomData":"{x}"}}"#);
        reply(bytes, command, &RawValue::from_string(asked).expect("JSON"))
    }

    fn group(json: &str) -> Result<Verdict, Bad> {
        answer(json.as_bytes(), Command::BeforeSendMsg)
    }

    fn refusal(json: &str, command: Command) -> Refusal {
        match answer(json.as_bytes(), command) {
            Ok(Verdict::Refuse(refusal)) => refusal,
            other => panic!("{json}: {other:?}"),
        }
    }

    #[test]
    fn zero_allows_one_refuses_two_drops() {
        assert!(matches!(
            group(r#"{"ActionStatus":"OK","ErrorInfo":"","ErrorCode":0}"#),
            Ok(Verdict::Allow)
        ));
        assert_eq!(refusal(r#"{"ErrorCode":1}"#, Command::BeforeSendMsg).number, 10016);
        assert_eq!(refusal(r#"{"ErrorCode":1}"#, Command::C2cBeforeSendMsg).number, 20006);
        assert!(matches!(group(r#"{"ErrorCode":2}"#), Ok(Verdict::Drop)));
    }

    #[test]
    fn only_a_message_can_be_dropped_silently() {
        for command in [Command::BeforeCreateGroup, Command::BeforeApplyJoinGroup] {
            assert_eq!(answer(br#"{"ErrorCode":2}"#, command).err(), Some(Bad::Code(2)));
        }
    }

    #[test]
    fn own_codes_pass_with_their_text() {
        for (number, command) in [
            (10100, Command::BeforeSendMsg),
            (10200, Command::BeforeApplyJoinGroup),
            (120_001, Command::C2cBeforeSendMsg),
            (130_000, Command::C2cBeforeSendMsg),
        ] {
            let json = format!(r#"{{"ErrorCode":{number},"ErrorInfo":"no links please"}}"#);
            let refused = refusal(&json, command);
            assert_eq!((refused.number, refused.text.as_str()), (number, "no links please"));
        }
    }

    #[test]
    fn codes_outside_the_ranges_are_no_answer() {
        for code in ["3", "-1", "10099", "10201", "120001", "4294967296", "-9223372036854775808"] {
            let bad = group(&format!(r#"{{"ErrorCode":{code}}}"#)).err();
            assert!(matches!(bad, Some(Bad::Code(_))), "{code}: {bad:?}");
        }
        let own = answer(br#"{"ErrorCode":10100}"#, Command::C2cBeforeSendMsg).err();
        assert_eq!(own, Some(Bad::Code(10100)));
    }

    #[test]
    fn what_is_no_object_with_an_integer_code_is_no_answer() {
        let nested = format!(r#"{{"ErrorCode":{}0{}}}"#, "[".repeat(30_000), "]".repeat(30_000));
        for json in [
            "",
            "null",
            "0",
            "[0]",
            "[0,null,null,null]",
            "{}",
            "<html>fine</html>",
            r#"{"ErrorCode":"0"}"#,
            r#"{"ErrorCode":null}"#,
            r#"{"ErrorCode":0.5}"#,
            r#"{"ErrorCode":1e99}"#,
            r#"{"ErrorCode":99999999999999999999}"#,
            r#"{"ErrorCode":0,"ErrorCode":1}"#,
            r#"{"ErrorCode":0} x"#,
            r#"{"errorCode":0}"#,
            &nested,
        ] {
            assert_eq!(group(json).err(), Some(Bad::Shape), "{}", &json[..json.len().min(60)]);
        }
        let long = format!(r#"{{"ErrorCode":0,"x":"{}"}}"#, "x".repeat(REPLY_LIMIT));
        assert_eq!(group(&long).err(), Some(Bad::Long));
        assert_eq!(
            answer(b"{\"ErrorCode\":0,\"x\":\"\xff\"}", Command::BeforeSendMsg).err(),
            Some(Bad::Shape)
        );
    }

    #[test]
    fn unknown_fields_however_deep_are_passed_over() {
        let json =
            format!(r#"{{"x":{}0{},"ErrorCode":2}}"#, "[".repeat(30_000), "]".repeat(30_000));
        assert!(matches!(group(&json), Ok(Verdict::Drop)));
    }

    #[test]
    fn rewritten_content_is_kept_byte_for_byte() {
        let body = r#"[{"MsgType":"TIMTextElem" , "MsgContent":{"Text":"\u0041"}}]"#;
        let json = format!(r#"{{"ErrorCode":0,"MsgBody":{body},"CloudCustomData":"c"}}"#);
        let Ok(Verdict::Rewrite { body: Some(new), cloud }) = group(&json) else {
            panic!("a rewrite")
        };
        assert_eq!((new.get(), cloud.as_deref()), (body, Some("c")));
        assert!(matches!(
            group(r#"{"ErrorCode":0,"MsgBody":null,"CloudCustomData":null}"#),
            Ok(Verdict::Allow)
        ));
        let ignored = answer(json.as_bytes(), Command::BeforeApplyJoinGroup);
        assert!(matches!(ignored, Ok(Verdict::Allow)));
    }

    #[test]
    fn rewritten_content_that_is_no_message_is_no_answer() {
        let long = "x".repeat(body::LIMIT + 1);
        for content in [
            r#""MsgBody":[]"#.to_owned(),
            r#""MsgBody":{}"#.to_owned(),
            r#""MsgBody":[{"MsgType":"TIMTextElem"}]"#.to_owned(),
            r#""MsgBody":[{"MsgType":"TIMGroupTipElem","MsgContent":{}}]"#.to_owned(),
            format!(r#""MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{long}"}}}}]"#),
            r#""CloudCustomData":5"#.to_owned(),
            // Alone under the limit, over it with what stays.
            format!(r#""CloudCustomData":"{}""#, &long[..body::LIMIT - 1_000]),
            format!(
                r#""MsgBody":[{{"MsgType":"TIMTextElem","MsgContent":{{"Text":"{}"}}}}]"#,
                &long[..body::LIMIT - 1_000]
            ),
            format!(r#""CloudCustomData":"{long}""#),
        ] {
            let json = format!(r#"{{"ErrorCode":0,{content}}}"#);
            assert_eq!(
                group(&json).err(),
                Some(Bad::Content),
                "{}",
                &content[..content.len().min(60)]
            );
        }
        // A refusal is a refusal, whatever else stands in it.
        let refused = refusal(r#"{"ErrorCode":1,"MsgBody":5}"#, Command::BeforeSendMsg);
        assert_eq!(refused.number, 10016);
    }

    #[test]
    fn text_of_a_refusal_is_one_short_line() {
        let said = r#"{"ErrorCode":10150,"ErrorInfo":"a\r\nb\u0000\u001b[31m\u202ec"}"#;
        let text = refusal(said, Command::BeforeSendMsg).text;
        assert!(!text.chars().any(|c| c.is_control() || c == '\u{202e}'), "{text:?}");
        let long = format!(r#"{{"ErrorCode":10150,"ErrorInfo":"{}"}}"#, "é".repeat(9_000));
        assert_eq!(refusal(&long, Command::BeforeSendMsg).text.chars().count(), INFO_LIMIT);
        for silent in [r#"{"ErrorCode":10150}"#, r#"{"ErrorCode":10150,"ErrorInfo":7}"#] {
            assert!(!refusal(silent, Command::BeforeSendMsg).text.is_empty());
        }
    }

    #[test]
    fn event_that_was_told_needs_any_answer() {
        assert_eq!(check(br#"{"ErrorCode":5}"#), Ok(()));
        assert_eq!(check(b"ok"), Err(Bad::Shape));
    }
}
