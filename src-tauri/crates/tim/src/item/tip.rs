//! Tips of our own room (`Event` 6): who came and who went.

use super::wire::{Wire, info, write};
use super::{Group, Item, SYSTEM, random};
use crate::map;
use serde::Serialize;
use surtitle_core::{Event, Sender, Tip};

/// Seconds an SDK believes the online count of a tip.
const ONLINE_LIFE_S: u32 = 60;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Person<'a> {
    user_id: &'a str,
    nick_name: &'a str,
    image_url: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Online {
    online_member_num: u32,
    expire_time: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Body<'a> {
    op_type: u8,
    #[serde(rename = "Operator_Account")]
    operator: &'a str,
    #[serde(rename = "List_Account")]
    list: Vec<&'a str>,
    member_num: u32,
    group_join_type: u8,
    msg_operator_member_extra_info: &'a Person<'a>,
    msg_member_extra_info: &'a [Person<'a>],
    online_member_info: Online,
}

pub(super) fn item(
    group: &Group,
    event: &Event,
    tip: Tip,
    users: &[Sender],
    seq: u64,
    online: u32,
) -> Option<Item> {
    let op_type = match tip {
        Tip::Join => 1,
        Tip::Quit => 2,
        // A new nickname comes with its owner's next message.
        Tip::Profile | Tip::Follow => return None,
    };
    let people: Vec<Person<'_>> = users
        .iter()
        .map(|user| Person {
            user_id: map::account(&user.id),
            nick_name: &user.nick,
            image_url: user.avatar.as_deref().unwrap_or_default(),
        })
        .collect();
    let first = people.first()?;
    let body = Body {
        op_type,
        operator: first.user_id,
        list: people.iter().map(|p| p.user_id).collect(),
        member_num: online,
        group_join_type: 1,
        msg_operator_member_extra_info: first,
        msg_member_extra_info: &people,
        online_member_info: Online { online_member_num: online, expire_time: ONLINE_LIFE_S },
    };
    let wire = Wire {
        event: 6,
        from_account: SYSTEM,
        to_account: None,
        tiny_id: "0",
        group_id: &group.id,
        to_group_id: &group.id,
        msg_seq: seq,
        msg_time_stamp: event.at.0 / 1_000,
        msg_random: random(event),
        msg_client_time: event.at.0 / 1_000,
        msg_priority: map::priority_word(event.priority),
        cloud_custom_data: "",
        group_info: info(group, "", ""),
        nick: "",
        face: "",
        is_system_msg: 0,
        is_broadcast_message: None,
        msg_body: body,
    };
    Some(write(6, &wire))
}

#[cfg(test)]
mod tests {
    use super::super::{item, sample};
    use super::*;
    use serde_json::json;
    use surtitle_core::EventKind;

    #[test]
    fn join_tip_has_the_shape_sdks_were_seen_to_accept() {
        let users = vec![map::sender("alice", "Alice", "http://x/a.png")];
        let kind = EventKind::Tip { tip: Tip::Join, users, more: 0 };
        let item = item(&sample::group(), &sample::event(kind, None), 1, None, 4).expect("an item");
        assert!(!item.is_message());
        let alice = json!({"UserId": "alice", "NickName": "Alice", "ImageUrl": "http://x/a.png"});
        assert_eq!(
            sample::parse(&item)["MsgBody"],
            json!({
                "OpType": 1, "Operator_Account": "alice", "List_Account": ["alice"],
                "MemberNum": 4, "GroupJoinType": 1,
                "MsgOperatorMemberExtraInfo": alice, "MsgMemberExtraInfo": [alice],
                "OnlineMemberInfo": {"OnlineMemberNum": 4, "ExpireTime": 60},
            })
        );
    }

    #[test]
    fn tips_name_everybody_and_profile_tips_are_left_out() {
        let users = vec![map::sender("a", "A", ""), map::sender("host", "B", "")];
        let tip = |tip| sample::event(EventKind::Tip { tip, users: users.clone(), more: 0 }, None);
        let quit = item(&sample::group(), &tip(Tip::Quit), 1, None, 7).expect("an item");
        let wire = sample::parse(&quit);
        assert_eq!(wire["MsgBody"]["OpType"], 2);
        assert_eq!(wire["MsgBody"]["List_Account"], json!(["a", "host"]));
        assert!(item(&sample::group(), &tip(Tip::Profile), 1, None, 7).is_none());
    }
}
