//! The object that messages, tips, notices and broadcasts share.

use super::{Group, Item};
use serde::Serialize;
use serde_json::value::to_raw_value;

#[derive(Serialize)]
pub(super) struct GroupInfo<'a> {
    #[serde(rename = "GroupId")]
    id: &'a str,
    #[serde(rename = "GroupName")]
    name: &'a str,
    #[serde(rename = "Type")]
    kind: &'static str,
    #[serde(rename = "From_AccountNick")]
    nick: &'a str,
    #[serde(rename = "From_AccountHeadurl")]
    face: &'a str,
}

/// Who a group's item is from; both places of a nickname are filled, since
/// versions of the SDK read different ones.
pub(super) fn info<'a>(group: &'a Group, nick: &'a str, face: &'a str) -> GroupInfo<'a> {
    GroupInfo { id: &group.id, name: &group.name, kind: "AVChatRoom", nick, face }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Wire<'a, B> {
    pub event: u8,
    #[serde(rename = "From_Account")]
    pub from_account: &'a str,
    /// GroupId again, in broadcasts only: a guest's SDK takes the conversation from it.
    #[serde(rename = "To_Account", skip_serializing_if = "Option::is_none")]
    pub to_account: Option<&'a str>,
    pub tiny_id: &'a str,
    pub group_id: &'a str,
    pub to_group_id: &'a str,
    /// Rises over everything of a room, whatever it is: SDKs drop a number they have seen.
    pub msg_seq: u64,
    pub msg_time_stamp: u64,
    pub msg_random: u32,
    pub msg_client_time: u64,
    pub msg_priority: &'a str,
    pub cloud_custom_data: &'a str,
    pub group_info: GroupInfo<'a>,
    #[serde(rename = "From_AccountNick")]
    pub nick: &'a str,
    #[serde(rename = "From_AccountHeadurl")]
    pub face: &'a str,
    pub is_system_msg: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_broadcast_message: Option<bool>,
    pub msg_body: B,
}

pub(super) fn write<T: Serialize>(event: u8, wire: &T) -> Item {
    let json = to_raw_value(wire).expect("our own structures serialise");
    Item { event, json, passing: false }
}
