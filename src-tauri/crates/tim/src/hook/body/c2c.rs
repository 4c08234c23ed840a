//! Messages to one person.

use super::write;
use crate::code::Refusal;
use crate::hook::Command;
use serde::Serialize;
use serde_json::value::RawValue;

/// A message as it is put before the back end.
#[derive(Debug, Clone, Copy)]
pub struct C2cMessage<'a> {
    /// UserID of its sender.
    pub from: &'a str,
    /// UserID of who gets it.
    pub to: &'a str,
    /// `MsgSeq`.
    pub seq: u64,
    /// `MsgRandom`.
    pub random: u32,
    /// `MsgTime`, in s.
    pub time_s: u64,
    /// `MsgKey`: `seq_random_time`.
    pub key: &'a str,
    /// Whether only those who are online get it.
    pub is_online_only: bool,
    /// `MsgBody`.
    pub body: &'a RawValue,
    /// `CloudCustomData`.
    pub cloud: &'a str,
    /// When, in ms.
    pub at_ms: u64,
}

#[derive(Serialize)]
struct Wire<'a> {
    #[serde(rename = "From_Account")]
    from: &'a str,
    #[serde(rename = "To_Account")]
    to: &'a str,
    #[serde(rename = "MsgSeq")]
    seq: u64,
    #[serde(rename = "MsgRandom")]
    random: u32,
    #[serde(rename = "MsgTime")]
    time_s: u64,
    #[serde(rename = "MsgKey")]
    key: &'a str,
    #[serde(rename = "OnlineOnlyFlag")]
    online_only: u8,
    #[serde(rename = "SendMsgResult", skip_serializing_if = "Option::is_none")]
    result: Option<u32>,
    #[serde(rename = "ErrorInfo", skip_serializing_if = "Option::is_none")]
    info: Option<&'a str>,
    #[serde(rename = "UnreadMsgNum", skip_serializing_if = "Option::is_none")]
    unread: Option<i64>,
    #[serde(rename = "MsgBody")]
    body: &'a RawValue,
    #[serde(rename = "CloudCustomData")]
    cloud: &'a str,
    #[serde(rename = "EventTime")]
    at_ms: u64,
}

impl<'a> From<&C2cMessage<'a>> for Wire<'a> {
    fn from(message: &C2cMessage<'a>) -> Self {
        Self {
            from: message.from,
            to: message.to,
            seq: message.seq,
            random: message.random,
            time_s: message.time_s,
            key: message.key,
            online_only: u8::from(message.is_online_only),
            result: None,
            info: None,
            unread: None,
            body: message.body,
            cloud: message.cloud,
            at_ms: message.at_ms,
        }
    }
}

/// [`Command::C2cBeforeSendMsg`].
pub fn before_c2c(message: &C2cMessage<'_>) -> Box<RawValue> {
    write(Command::C2cBeforeSendMsg, Wire::from(message))
}

/// [`Command::C2cAfterSendMsg`]: how many its reader has not read, or why it
/// was not sent.
pub fn after_c2c(message: &C2cMessage<'_>, sent: Result<u32, &Refusal>) -> Box<RawValue> {
    let (result, info, unread) = match sent {
        Ok(unread) => (0, "send msg succeed", i64::from(unread)),
        Err(why) => (why.number, why.text.as_str(), -1),
    };
    let (result, info, unread) = (Some(result), Some(info), Some(unread));
    write(Command::C2cAfterSendMsg, Wire { result, info, unread, ..message.into() })
}
