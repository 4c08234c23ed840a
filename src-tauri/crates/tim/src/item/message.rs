//! Messages (`Event` 3): what a person said.

use super::wire::{Wire, info, write};
use super::{Group, Item};
use crate::map;
use serde_json::value::RawValue;

/// A message as its sender's SDK, or a back end, said it.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// UserID.
    pub account: String,
    /// Nickname, uncut.
    pub nick: String,
    /// Picture address.
    pub face: String,
    /// `Random`.
    pub random: u32,
    /// `MsgClientTime`, in seconds.
    pub client_time: u64,
    /// `MsgPriority`.
    pub priority: String,
    /// `CloudCustomData`.
    pub cloud: String,
    /// `MsgBody`, byte for byte.
    pub body: Box<RawValue>,
}

impl Spoken {
    /// The message as an object of a room; `event` is 3, or 17 for a broadcast.
    pub(super) fn wire<'a>(
        &'a self,
        group: &'a Group,
        tiny_id: &'a str,
        event: u8,
        seq: u64,
        at_s: u64,
    ) -> Wire<'a, &'a RawValue> {
        Wire {
            event,
            from_account: &self.account,
            to_account: None,
            tiny_id,
            group_id: &group.id,
            to_group_id: &group.id,
            msg_seq: seq,
            msg_time_stamp: at_s,
            msg_random: self.random,
            msg_client_time: self.client_time,
            msg_priority: &self.priority,
            cloud_custom_data: &self.cloud,
            group_info: info(group, &self.nick, &self.face),
            nick: &self.nick,
            face: &self.face,
            is_system_msg: 0,
            is_broadcast_message: None,
            msg_body: &self.body,
        }
    }
}

pub(super) fn item(group: &Group, seq: u64, at_s: u64, spoken: &Spoken) -> Item {
    write(3, &spoken.wire(group, &map::tiny_id(&spoken.account), 3, seq, at_s))
}

#[cfg(test)]
mod tests {
    use super::super::{item, sample};
    use super::*;
    use serde_json::{Value, json};
    use surtitle_core::EventKind;

    #[test]
    fn what_an_sdk_said_goes_on_byte_for_byte() {
        let body = r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"\u0041 <b>" , "N":1e400}}]"#;
        let from = map::sender("alice", "Alice", "");
        let event = sample::event(EventKind::comment("A <b>"), Some(from));
        let item =
            item(&sample::group(), &event, 9, Some(&sample::spoken(body)), 1).expect("an item");
        assert!(item.json.get().contains(body), "{}", item.json);
        assert!(item.is_message());
    }

    #[test]
    fn message_has_the_shape_sdks_were_seen_to_accept() {
        let body = r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"Hello world!"}}]"#;
        let item = super::item(&sample::group(), 4, sample::AT_S, &sample::spoken(body));
        assert_eq!(
            sample::parse(&item),
            json!({
                "Event": 3, "From_Account": "alice", "TinyId": map::tiny_id("alice"),
                "GroupId": "G", "ToGroupId": "G", "MsgSeq": 4, "MsgTimeStamp": 1_795_398_346_u64,
                "MsgRandom": 47_080_884, "MsgClientTime": 1_795_398_345_u64, "MsgPriority": "High",
                "CloudCustomData": "{\"k\":1}",
                "GroupInfo": {"GroupId": "G", "GroupName": "Live", "Type": "AVChatRoom",
                    "From_AccountNick": "Alice", "From_AccountHeadurl": "http://x/a.png"},
                "From_AccountNick": "Alice", "From_AccountHeadurl": "http://x/a.png",
                "IsSystemMsg": 0, "MsgBody": serde_json::from_str::<Value>(body).expect("JSON"),
            })
        );
    }
}
