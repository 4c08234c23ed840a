//! Removals (`Event` 20): what a moderator took back. SDKs before 3.6 ignore them.

use super::wire::{GroupInfo, info, write};
use super::{Group, Item};
use serde::{Deserialize, Serialize};

/// A message that is taken back, by what its id is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Revoked {
    /// Its sender's `TinyId`.
    pub tiny_id: String,
    /// `MsgClientTime`, in seconds.
    #[serde(rename = "MsgClientTime")]
    pub client_time: u64,
    /// `MsgRandom`.
    #[serde(rename = "MsgRandom")]
    pub random: u32,
    /// `MsgSeq`.
    #[serde(rename = "MsgSeq")]
    pub seq: u64,
}

impl Revoked {
    /// The message an item carries; `None` if it carries none.
    pub fn of(item: &Item) -> Option<Self> {
        serde_json::from_str(item.json.get()).ok().filter(|_| item.is_message())
    }
}

#[derive(Serialize)]
struct Revoker<'a> {
    #[serde(rename = "Revoker_Account")]
    account: &'a str,
    #[serde(rename = "Reason")]
    reason: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Body<'a> {
    revoke_msg_list: &'a [Revoked],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Wire<'a> {
    event: u8,
    #[serde(rename = "From_Account")]
    from_account: &'a str,
    group_id: &'a str,
    to_group_id: &'a str,
    msg_seq: u64,
    msg_time_stamp: u64,
    group_info: GroupInfo<'a>,
    revoker_info: Revoker<'a>,
    msg_body: Body<'a>,
}

/// The messages `list` of a room are taken back by the account `by`.
pub fn revoke(
    group: &Group,
    seq: u64,
    at_s: u64,
    by: &str,
    reason: &str,
    list: &[Revoked],
) -> Item {
    let wire = Wire {
        event: 20,
        from_account: by,
        group_id: &group.id,
        to_group_id: &group.id,
        msg_seq: seq,
        msg_time_stamp: at_s,
        group_info: info(group, "", ""),
        revoker_info: Revoker { account: by, reason },
        msg_body: Body { revoke_msg_list: list },
    };
    write(20, &wire)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use serde_json::json;

    #[test]
    fn removal_has_the_shape_sdks_were_seen_to_accept() {
        let gone =
            Revoked { tiny_id: "144115200000000001".into(), client_time: 7, random: 8, seq: 9 };
        let item = revoke(&sample::group(), 10, sample::AT_S, "owner", "bad", &[gone]);
        assert_eq!((item.event, item.is_message()), (20, false));
        assert_eq!(
            sample::parse(&item),
            json!({
                "Event": 20, "From_Account": "owner", "GroupId": "G", "ToGroupId": "G",
                "MsgSeq": 10, "MsgTimeStamp": sample::AT_S,
                "GroupInfo": {"GroupId": "G", "GroupName": "Live", "Type": "AVChatRoom",
                    "From_AccountNick": "", "From_AccountHeadurl": ""},
                "RevokerInfo": {"Revoker_Account": "owner", "Reason": "bad"},
                "MsgBody": {"RevokeMsgList": [{"TinyId": "144115200000000001",
                    "MsgClientTime": 7, "MsgRandom": 8, "MsgSeq": 9}]},
            })
        );
    }
}
