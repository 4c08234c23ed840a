//! Notices (`Event` 5) and the tips that a change of the group makes
//! (`Event` 6): the body comes from whoever made the change.

use super::wire::{Wire, info, write};
use super::{Group, Item, SYSTEM, hash};
use serde_json::Value;

/// A tip or notice of the system about `group`. `event` is 5 for a notice,
/// which goes to persons, and 6 for a tip, which goes to the room; 4 is a tip
/// that is stored, and anything else is not for here. `body` is `MsgBody`.
pub fn system(group: &Group, seq: u64, at_s: u64, event: u8, body: &Value) -> Item {
    debug_assert!(matches!(event, 4..=6), "not an event of the system: {event}");
    let wire = Wire {
        event,
        from_account: SYSTEM,
        to_account: None,
        tiny_id: "0",
        group_id: &group.id,
        to_group_id: &group.id,
        msg_seq: seq,
        msg_time_stamp: at_s,
        // Part of the message id: differs between rooms and within a second.
        msg_random: hash(&format!("{}/{seq}", group.id)),
        msg_client_time: at_s,
        msg_priority: "Normal",
        cloud_custom_data: "",
        group_info: info(group, "", ""),
        nick: "",
        face: "",
        is_system_msg: u8::from(event == 5),
        is_broadcast_message: None,
        msg_body: body,
    };
    write(event, &wire)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use serde_json::json;

    #[test]
    fn ban_notice_has_the_shape_sdks_were_seen_to_accept() {
        let body = json!({"ReportType": 21, "Operator_Account": "owner", "BanDuration": 600,
            "BanDescription": "spam", "MsgKey": 1_795_402_081_000_u64});
        let item = system(&sample::group(), 57, sample::AT_S, 5, &body);
        assert_eq!(item.event, 5);
        assert_eq!(
            sample::parse(&item),
            json!({
                "Event": 5, "From_Account": "@TIM#SYSTEM", "TinyId": "0",
                "GroupId": "G", "ToGroupId": "G", "MsgSeq": 57, "MsgRandom": hash("G/57"),
                "MsgTimeStamp": sample::AT_S, "MsgClientTime": sample::AT_S,
                "MsgPriority": "Normal", "CloudCustomData": "",
                "GroupInfo": {"GroupId": "G", "GroupName": "Live", "Type": "AVChatRoom",
                    "From_AccountNick": "", "From_AccountHeadurl": ""},
                "From_AccountNick": "", "From_AccountHeadurl": "",
                "IsSystemMsg": 1, "MsgBody": body,
            })
        );
    }

    #[test]
    fn attribute_tip_is_of_the_room_and_no_notice() {
        let body = json!({"OpType": 6, "Operator_Account": "owner",
            "MsgGroupNewInfo": {"GroupAttrOption": {"GroupAttrSeq": 1, "OpType": 1,
                "PushChangedAttrValFlag": 1,
                "GroupAttrInfo": [{"Key": "k1", "Val": "v1", "SubKeySeq": 1}]}}});
        let wire = sample::parse(&system(&sample::group(), 7, sample::AT_S, 6, &body));
        assert_eq!((&wire["Event"], &wire["IsSystemMsg"]), (&json!(6), &json!(0)));
        assert_eq!(wire["MsgBody"], body);
    }

    #[test]
    fn ids_differ_within_a_second_and_between_rooms() {
        let random = |id: &str, seq| {
            let group = Group { id: id.into(), name: String::new() };
            sample::parse(&system(&group, seq, sample::AT_S, 6, &json!({})))["MsgRandom"].clone()
        };
        assert_ne!(random("G", 1), random("G", 2));
        assert_ne!(random("G", 1), random("H", 1));
    }
}
