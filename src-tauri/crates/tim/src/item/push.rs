//! Pushes: items on the sockets of those who logged in.

use super::Item;
use crate::frame;
use serde::Serialize;
use serde_json::value::RawValue;

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Entry<'a> {
    event: u8,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    group_msg_array: Vec<&'a RawValue>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    group_tips: Vec<&'a RawValue>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    c2c_msg_array: Vec<&'a RawValue>,
}

impl Entry<'_> {
    fn new(event: u8) -> Self {
        Self {
            event,
            group_msg_array: Vec::new(),
            group_tips: Vec::new(),
            c2c_msg_array: Vec::new(),
        }
    }
}

/// `EventArray`: of a push, and of the `longpolling` answer of SDKs without a socket.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Events<'a>(Vec<Entry<'a>>);

impl<'a> Events<'a> {
    /// `items` in their order: a run of one event shares an entry. Messages,
    /// broadcasts and removals are `GroupMsgArray`, the rest `GroupTips`.
    pub fn of(items: &'a [Item]) -> Self {
        let mut entries: Vec<Entry<'a>> = Vec::new();
        for item in items {
            if entries.last().is_none_or(|entry| entry.event != item.event) {
                entries.push(Entry::new(item.event));
            }
            let entry = entries.last_mut().expect("one was pushed above if there was none");
            let array = match item.event {
                3 | 17 | 20 => &mut entry.group_msg_array,
                _ => &mut entry.group_tips,
            };
            array.push(&item.json);
        }
        Self(entries)
    }

    /// One-to-one messages, at least one, as [`super::direct()`] writes them.
    pub fn direct(messages: &'a [Box<RawValue>]) -> Self {
        let c2c_msg_array = messages.iter().map(|json| &**json).collect();
        Self(vec![Entry { c2c_msg_array, ..Entry::new(9) }])
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Body<'a> {
    error_code: u32,
    event_array: Events<'a>,
}

fn write(seq: u64, event_array: Events<'_>) -> Vec<u8> {
    frame::push("im_open_push.msg_push", seq, &Body { error_code: 0, event_array })
}

/// One push with `items` in order.
pub fn push(seq: u64, items: &[Item]) -> Vec<u8> {
    write(seq, Events::of(items))
}

/// One push with one-to-one messages, at least one.
pub fn push_direct(seq: u64, messages: &[Box<RawValue>]) -> Vec<u8> {
    write(seq, Events::direct(messages))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(n: u8) -> Box<RawValue> {
        RawValue::from_string(n.to_string()).expect("JSON")
    }

    #[test]
    fn push_keeps_order_and_gives_each_event_its_array() {
        let events = [3, 3, 6, 5, 5, 3, 17, 20, 4];
        let items: Vec<Item> = (1..)
            .zip(events)
            .map(|(n, event)| Item { event, json: json(n), passing: false })
            .collect();
        let text = String::from_utf8(push(4, &items)).expect("UTF-8");
        assert!(
            text.ends_with(
                r#""EventArray":[{"Event":3,"GroupMsgArray":[1,2]},{"Event":6,"GroupTips":[3]},{"Event":5,"GroupTips":[4,5]},{"Event":3,"GroupMsgArray":[6]},{"Event":17,"GroupMsgArray":[7]},{"Event":20,"GroupMsgArray":[8]},{"Event":4,"GroupTips":[9]}]}}"#
            ),
            "{text}"
        );
    }

    #[test]
    fn direct_messages_have_an_array_of_their_own() {
        let text = String::from_utf8(push_direct(2, &[json(1), json(2)])).expect("UTF-8");
        assert_eq!(
            text,
            r#"{"head":{"ver":"v4","servcmd":"im_open_push.msg_push","seq":2},"body":{"ErrorCode":0,"EventArray":[{"Event":9,"C2cMsgArray":[1,2]}]}}"#
        );
    }
}
