//! One-to-one messages (`Event` 9), from a person or a back end to a person.

use super::Spoken;
use crate::map;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// A message from one account to another. Its `spoken.priority` means nothing.
#[derive(Debug, Clone)]
pub struct Direct {
    /// UserID of who gets it.
    pub to: String,
    /// `MsgSeq`, as the sender's SDK chose it.
    pub seq: u32,
    /// When this server took it, in seconds.
    pub at_s: u64,
    /// What was said and by whom.
    pub spoken: Spoken,
}

impl Direct {
    /// `MsgKey`: names the message for ever.
    pub fn key(&self) -> String {
        format!("{}_{}_{}", self.seq, self.spoken.random, self.at_s)
    }
}

/// Whose instance a message goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The receiver's.
    Receiver,
    /// Another one of the sender's; never the one that sent it.
    Sender,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Wire<'a> {
    #[serde(rename = "From_Account")]
    from_account: &'a str,
    #[serde(rename = "To_Account")]
    to_account: &'a str,
    tiny_id: &'a str,
    msg_seq: u32,
    msg_random: u32,
    msg_time_stamp: u64,
    msg_client_time: u64,
    msg_body: &'a RawValue,
    cloud_custom_data: &'a str,
    #[serde(rename = "From_AccountNick")]
    nick: &'a str,
    #[serde(rename = "From_AccountHeadurl")]
    face: &'a str,
    support_message_extension: u8,
    is_need_read_receipt: u8,
    msg_key: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_sync_msg: Option<u8>,
}

/// The object of a message; [`super::push_direct`] and the answer of
/// `openim.getmsg` carry the same. The sender's own side has the two accounts
/// swapped, and its SDK swaps them back.
pub fn direct(message: &Direct, side: Side) -> Box<RawValue> {
    let Direct { to, seq, at_s, spoken } = message;
    let (from_account, to_account) = match side {
        Side::Receiver => (&spoken.account, to),
        Side::Sender => (to, &spoken.account),
    };
    let wire = Wire {
        from_account,
        to_account,
        tiny_id: &map::tiny_id(&spoken.account),
        msg_seq: *seq,
        msg_random: spoken.random,
        msg_time_stamp: *at_s,
        msg_client_time: spoken.client_time,
        msg_body: &spoken.body,
        cloud_custom_data: &spoken.cloud,
        nick: &spoken.nick,
        face: &spoken.face,
        support_message_extension: 0,
        is_need_read_receipt: 0,
        msg_key: &message.key(),
        is_sync_msg: (side == Side::Sender).then_some(1),
    };
    to_raw_value(&wire).expect("our own structures serialise")
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use serde_json::{Value, json};

    fn of(side: Side) -> Value {
        let spoken = sample::spoken(r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"psst"}}]"#);
        let message = Direct { to: "bob".into(), seq: 1_015, at_s: sample::AT_S, spoken };
        serde_json::from_str(direct(&message, side).get()).expect("JSON")
    }

    #[test]
    fn direct_message_has_the_shape_sdks_were_seen_to_accept() {
        assert_eq!(
            of(Side::Receiver),
            json!({
                "From_Account": "alice", "To_Account": "bob", "TinyId": map::tiny_id("alice"),
                "MsgSeq": 1_015, "MsgRandom": 47_080_884, "MsgTimeStamp": 1_795_398_346_u64,
                "MsgClientTime": 1_795_398_345_u64,
                "MsgBody": [{"MsgType": "TIMTextElem", "MsgContent": {"Text": "psst"}}],
                "CloudCustomData": "{\"k\":1}", "From_AccountNick": "Alice",
                "From_AccountHeadurl": "http://x/a.png",
                "SupportMessageExtension": 0, "IsNeedReadReceipt": 0,
                "MsgKey": "1015_47080884_1795398346",
            })
        );
    }

    #[test]
    fn senders_other_instances_get_the_accounts_swapped() {
        let wire = of(Side::Sender);
        assert_eq!(
            (&wire["From_Account"], &wire["To_Account"], &wire["IsSyncMsg"], &wire["TinyId"]),
            (&json!("bob"), &json!("alice"), &json!(1), &json!(map::tiny_id("alice")))
        );
    }
}
