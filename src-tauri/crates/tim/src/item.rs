//! What a room delivers to SDKs: messages (`Event` 3) and tips (`Event` 6).
//!
//! An item is written once and its bytes are shared: a push and the answer of
//! a poll carry the same object.

use crate::frame;
use crate::map;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use surtitle_core::{Event, EventKind, Sender, Tip};

/// The account tips are from.
const SYSTEM: &str = "@TIM#SYSTEM";
/// Seconds an SDK believes the online count of a tip.
const ONLINE_LIFE_S: u32 = 60;

/// A message as its sender's SDK said it.
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

/// The room items are in.
#[derive(Debug, Clone)]
pub struct Group {
    /// GroupId.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// An item ready to be sent.
#[derive(Debug, Clone)]
pub struct Item {
    /// Which array it belongs in.
    pub tip: bool,
    /// The object.
    pub json: Box<RawValue>,
}

#[derive(Serialize)]
struct GroupInfo<'a> {
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

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Wire<'a, B> {
    event: u8,
    #[serde(rename = "From_Account")]
    from_account: &'a str,
    tiny_id: &'a str,
    group_id: &'a str,
    to_group_id: &'a str,
    msg_seq: u64,
    msg_time_stamp: u64,
    msg_random: u32,
    msg_client_time: u64,
    msg_priority: &'a str,
    cloud_custom_data: &'a str,
    group_info: GroupInfo<'a>,
    #[serde(rename = "From_AccountNick")]
    nick: &'a str,
    #[serde(rename = "From_AccountHeadurl")]
    face: &'a str,
    is_system_msg: u8,
    msg_body: B,
}

/// The item of one event; `None` for what SDKs have no word for. `spoken` is
/// what its sender's SDK said, if an SDK said it; `online` the people here.
pub fn item(
    group: &Group,
    event: &Event,
    seq: u64,
    spoken: Option<&Spoken>,
    online: u32,
) -> Option<Item> {
    match (&event.kind, &event.from, spoken) {
        (EventKind::Tip { tip, users, .. }, ..) => tip_item(group, event, *tip, users, seq, online),
        (_, Some(_), Some(spoken)) => Some(message(group, event, seq, spoken, &spoken.body)),
        (kind, Some(from), None) => {
            let body = native(kind, from)?;
            let spoken = Spoken {
                account: map::account(&from.id).to_owned(),
                nick: from.nick.clone(),
                face: from.avatar.clone().unwrap_or_default(),
                random: random(event),
                client_time: event.at.0 / 1_000,
                priority: map::priority_word(event.priority).to_owned(),
                cloud: String::new(),
                body,
            };
            Some(message(group, event, seq, &spoken, &spoken.body))
        }
        (_, None, _) => None,
    }
}

fn message(group: &Group, event: &Event, seq: u64, spoken: &Spoken, body: &RawValue) -> Item {
    let Spoken { account, nick, face, .. } = spoken;
    write(
        3,
        &Wire {
            event: 3,
            from_account: account,
            tiny_id: &map::tiny_id(account),
            group_id: &group.id,
            to_group_id: &group.id,
            msg_seq: seq,
            msg_time_stamp: event.at.0 / 1_000,
            msg_random: spoken.random,
            msg_client_time: spoken.client_time,
            msg_priority: &spoken.priority,
            cloud_custom_data: &spoken.cloud,
            group_info: info(group, nick, face),
            nick,
            face,
            is_system_msg: 0,
            msg_body: body,
        },
    )
}

fn info<'a>(group: &'a Group, nick: &'a str, face: &'a str) -> GroupInfo<'a> {
    GroupInfo { id: &group.id, name: &group.name, kind: "AVChatRoom", nick, face }
}

fn write<B: Serialize>(event: u8, wire: &Wire<'_, B>) -> Item {
    let json = to_raw_value(wire).expect("our own structures serialise");
    Item { tip: event != 3, json }
}

/// Part of a message id, so it must differ between messages of one second: a
/// native sender's own number, else a hash of our id.
fn random(event: &Event) -> u32 {
    event.cid.unwrap_or_else(|| {
        event
            .id
            .as_str()
            .bytes()
            .fold(0x811c_9dc5, |h: u32, b| (h ^ u32::from(b)).wrapping_mul(0x0100_0193))
    })
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Element<C> {
    msg_type: &'static str,
    msg_content: C,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Text<'a> {
    text: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Custom<'a> {
    data: &'a str,
    desc: &'static str,
    ext: &'static str,
}

/// `MsgBody` of an event that no SDK said.
fn native(kind: &EventKind, from: &Sender) -> Option<Box<RawValue>> {
    let custom = |data: &str| {
        to_raw_value(&[Element {
            msg_type: "TIMCustomElem",
            msg_content: Custom { data, desc: "", ext: "" },
        }])
    };
    let body = match kind {
        EventKind::Comment { text } => {
            to_raw_value(&[Element { msg_type: "TIMTextElem", msg_content: Text { text } }])
        }
        EventKind::Custom { data } => custom(data),
        EventKind::Gift { gift, count } => {
            let data = serde_json::json!({
                "version": "1.0",
                "businessID": "TUIGift",
                "platform": "web",
                "data": {
                    "giftId": gift.id,
                    "imageUrl": gift.icon,
                    "lottieUrl": "",
                    "message": gift.name,
                    "giftCount": count,
                    "extInfo": {
                        "userId": map::account(&from.id),
                        "userName": from.nick,
                        "userAvatar": from.avatar.as_deref().unwrap_or_default(),
                    },
                },
            });
            custom(&data.to_string())
        }
        _ => return None,
    };
    body.ok()
}

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
struct TipBody<'a> {
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

fn tip_item(
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
        Tip::Profile => return None,
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
    let body = TipBody {
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
        msg_body: body,
    };
    Some(write(6, &wire))
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Entry<'a> {
    event: u8,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    group_msg_array: Vec<&'a RawValue>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    group_tips: Vec<&'a RawValue>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PushBody<'a> {
    error_code: u32,
    event_array: Vec<Entry<'a>>,
}

/// One push with `items` in order: runs of a kind share an entry.
pub fn push(seq: u64, items: &[Item]) -> Vec<u8> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for item in items {
        let event = if item.tip { 6 } else { 3 };
        if entries.last().is_none_or(|entry| entry.event != event) {
            entries.push(Entry { event, group_msg_array: Vec::new(), group_tips: Vec::new() });
        }
        let entry = entries.last_mut().expect("one was pushed above if there was none");
        let array = if item.tip { &mut entry.group_tips } else { &mut entry.group_msg_array };
        array.push(&item.json);
    }
    let body = PushBody { error_code: 0, event_array: entries };
    frame::push("im_open_push.msg_push", seq, &body)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;
    use surtitle_core::{Millis, Priority, gifts};

    fn group() -> Group {
        Group { id: "main".into(), name: "Live".into() }
    }

    fn event(kind: EventKind, from: Option<Sender>) -> Event {
        Event {
            id: "1-1".into(),
            at: Millis(1_700_000_000_500),
            source: "room".into(),
            cid: from.is_some().then_some(5),
            from,
            priority: Priority::Normal,
            kind,
        }
    }

    fn parse(item: &Item) -> Value {
        serde_json::from_str(item.json.get()).expect("JSON")
    }

    #[test]
    fn what_an_sdk_said_goes_on_byte_for_byte() {
        let body = r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"\u0041 <b>" , "N":1e400}}]"#;
        let spoken = Spoken {
            account: "alice".into(),
            nick: "Alice".into(),
            face: "http://x/a.png".into(),
            random: 47,
            client_time: 1_699_999_999,
            priority: "High".into(),
            cloud: "{\"k\":1}".into(),
            body: RawValue::from_string(body.into()).expect("JSON"),
        };
        let from = map::sender("alice", "Alice", "");
        let event = event(EventKind::Comment { text: "A <b>".into() }, Some(from));
        let item = item(&group(), &event, 9, Some(&spoken), 1).expect("an item");
        assert!(item.json.get().contains(body), "{}", item.json);
        let wire: Value =
            serde_json::from_str(&item.json.get().replace("1e400", "1")).expect("JSON");
        for (key, value) in [
            ("Event", Value::from(3)),
            ("MsgSeq", 9.into()),
            ("MsgRandom", 47.into()),
            ("MsgClientTime", 1_699_999_999_u64.into()),
            ("MsgTimeStamp", 1_700_000_000_u64.into()),
            ("MsgPriority", "High".into()),
            ("CloudCustomData", "{\"k\":1}".into()),
            ("TinyId", map::tiny_id("alice").into()),
        ] {
            assert_eq!(wire[key], value, "{key}");
        }
        assert_eq!(wire["GroupInfo"]["From_AccountNick"], "Alice");
    }

    #[test]
    fn our_own_gift_has_the_live_kits_shape() {
        let rose = gifts::catalogue().remove(0);
        let event = event(EventKind::Gift { gift: rose, count: 3 }, Some(map::sender("a", "", "")));
        let wire = parse(&item(&group(), &event, 1, None, 1).expect("an item"));
        let data = wire["MsgBody"][0]["MsgContent"]["Data"].as_str().expect("text");
        let data: Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(data["businessID"], "TUIGift");
        assert_eq!(
            (&data["data"]["giftId"], &data["data"]["giftCount"]),
            (&"rose".into(), &3.into())
        );
    }

    #[test]
    fn tips_name_everybody_and_profile_tips_are_left_out() {
        let users = vec![map::sender("a", "A", ""), map::sender("host", "B", "")];
        let tip = |tip| event(EventKind::Tip { tip, users: users.clone(), more: 0 }, None);
        let wire = parse(&item(&group(), &tip(Tip::Quit), 1, None, 7).expect("an item"));
        assert_eq!(wire["MsgBody"]["OpType"], 2);
        assert_eq!(wire["MsgBody"]["List_Account"], serde_json::json!(["a", "host"]));
        assert_eq!(wire["MsgBody"]["OnlineMemberInfo"]["OnlineMemberNum"], 7);
        assert!(item(&group(), &tip(Tip::Profile), 1, None, 7).is_none());
    }

    #[test]
    fn push_keeps_the_order_of_messages_and_tips() {
        let item =
            |tip, n: u8| Item { tip, json: RawValue::from_string(n.to_string()).expect("JSON") };
        let bytes = push(4, &[item(false, 1), item(false, 2), item(true, 3), item(false, 4)]);
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(
            text.ends_with(
                r#""EventArray":[{"Event":3,"GroupMsgArray":[1,2]},{"Event":6,"GroupTips":[3]},{"Event":3,"GroupMsgArray":[4]}]}}"#
            ),
            "{text}"
        );
    }
}
