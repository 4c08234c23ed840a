//! Messages of a group.

use super::{KIND, write};
use crate::code::Refusal;
use crate::hook::Command;
use serde::Serialize;
use serde_json::value::RawValue;

/// A message as it is put before the back end.
#[derive(Debug, Clone, Copy)]
pub struct GroupMessage<'a> {
    /// GroupId.
    pub group: &'a str,
    /// UserID of its sender.
    pub from: &'a str,
    /// UserID of who sent the request: the sender, or the app admin.
    pub operator: &'a str,
    /// `Random`.
    pub random: u32,
    /// `MsgBody`.
    pub body: &'a RawValue,
    /// `CloudCustomData`.
    pub cloud: &'a str,
    /// When, in ms.
    pub at_ms: u64,
}

#[derive(Serialize)]
struct Wire<'a> {
    #[serde(rename = "GroupId")]
    group: &'a str,
    #[serde(rename = "Type")]
    kind: &'static str,
    #[serde(rename = "From_Account")]
    from: &'a str,
    #[serde(rename = "Operator_Account")]
    operator: &'a str,
    #[serde(rename = "Random")]
    random: u32,
    #[serde(rename = "MsgSeq", skip_serializing_if = "Option::is_none")]
    seq: Option<u64>,
    #[serde(rename = "MsgTime", skip_serializing_if = "Option::is_none")]
    time_s: Option<u64>,
    /// Always 0: an AVChatRoom has no online-only messages.
    #[serde(rename = "OnlineOnlyFlag")]
    online_only: u8,
    #[serde(rename = "MsgBody")]
    body: &'a RawValue,
    #[serde(rename = "CloudCustomData")]
    cloud: &'a str,
    #[serde(rename = "ErrorCode", skip_serializing_if = "Option::is_none")]
    code: Option<u32>,
    #[serde(rename = "ErrorInfo", skip_serializing_if = "Option::is_none")]
    info: Option<&'a str>,
    #[serde(rename = "EventTime")]
    at_ms: u64,
}

impl<'a> From<&GroupMessage<'a>> for Wire<'a> {
    fn from(message: &GroupMessage<'a>) -> Self {
        Self {
            group: message.group,
            kind: KIND,
            from: message.from,
            operator: message.operator,
            random: message.random,
            seq: None,
            time_s: None,
            online_only: 0,
            body: message.body,
            cloud: message.cloud,
            code: None,
            info: None,
            at_ms: message.at_ms,
        }
    }
}

/// [`Command::BeforeSendMsg`].
pub fn before_send(message: &GroupMessage<'_>) -> Box<RawValue> {
    write(Command::BeforeSendMsg, Wire::from(message))
}

/// [`Command::AfterSendMsg`], with the `MsgSeq` and `MsgTime` it was given.
pub fn after_send(message: &GroupMessage<'_>, seq: u64, time_s: u64) -> Box<RawValue> {
    let wire = Wire { seq: Some(seq), time_s: Some(time_s), ..message.into() };
    write(Command::AfterSendMsg, wire)
}

/// [`Command::SendMsgException`]: it was not delivered, for `why`.
pub fn send_exception(message: &GroupMessage<'_>, why: &Refusal) -> Box<RawValue> {
    let wire = Wire { code: Some(why.number), info: Some(&why.text), ..message.into() };
    write(Command::SendMsgException, wire)
}

#[derive(Serialize)]
struct Recalled {
    #[serde(rename = "MsgSeq")]
    seq: u64,
}

#[derive(Serialize)]
struct Recall<'a> {
    #[serde(rename = "Operator_Account")]
    operator: &'a str,
    #[serde(rename = "Type")]
    kind: &'static str,
    #[serde(rename = "GroupId")]
    group: &'a str,
    #[serde(rename = "MsgSeqList")]
    seqs: Vec<Recalled>,
    #[serde(rename = "EventTime")]
    at_ms: u64,
}

/// [`Command::AfterRecallMsg`]: `operator` took back the messages `seqs`.
pub fn after_recall(group: &str, operator: &str, seqs: &[u64], at_ms: u64) -> Box<RawValue> {
    let seqs = seqs.iter().map(|seq| Recalled { seq: *seq }).collect();
    write(Command::AfterRecallMsg, Recall { operator, kind: KIND, group, seqs, at_ms })
}
