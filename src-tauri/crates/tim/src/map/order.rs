//! Orders of a moderator inside a custom message: mute or remove these
//! members (seed, FAQ 2 and 3).
//!
//! The custom message is a JSON object in Data, or in Ext beside a word in
//! Data, with `Members_Account`, a UserID or a list of them. `MuteTime` or
//! `ShutUpTime`, in seconds, makes it a mute; without either it is a removal.
//! A word in `cmd`, `command`, `action` or `type`, or in Data, may say which;
//! a word that is none of ours makes it no order at all, so that an app's
//! other messages about members do nobody harm.

use super::account::is_account;
use super::payload::{Payload, text, whole};
use crate::body::Element;
use serde_json::Value;

/// Most accounts of an order; a message with more is none.
pub const ORDER_LIMIT: usize = 500;

/// Where the word is looked for.
const WORD: [&str; 4] = ["cmd", "command", "action", "type"];

/// What to do to whom. Whether its sender may is not decided here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// UserIDs, at least one, none twice.
    pub accounts: Vec<String>,
    /// What to do.
    pub what: What,
}

/// What an order wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// They may not speak.
    Mute {
        /// For how long; 0 lets them speak again.
        seconds: u32,
    },
    /// They leave the room.
    Remove,
}

enum Word {
    Mute,
    Unmute,
    Remove,
}

/// The order in a message, if there is one.
pub fn order(elements: &[Element]) -> Option<Order> {
    let payload = Payload::of(elements)?;
    let (json, data) = match payload.data_json() {
        Some(json) => (json, None),
        None => (payload.ext_json()?, Some(payload.data).filter(|data| !data.is_empty())),
    };
    let accounts = accounts(json.get("Members_Account")?)?;
    let named = match WORD.iter().find_map(|key| json.get(key)) {
        Some(word) => Some(word.as_str()?),
        None => data,
    };
    let word = named.map_or(Some(None), |named| read(named).map(Some))?;
    let time = ["MuteTime", "ShutUpTime"].iter().find_map(|key| json.get(key));
    let seconds = match time {
        Some(time) => Some(u32::try_from(whole(&text(time)?)?).ok()?),
        None => None,
    };
    let what = match (word, seconds) {
        (None | Some(Word::Mute), Some(seconds)) => What::Mute { seconds },
        (Some(Word::Unmute), None | Some(0)) => What::Mute { seconds: 0 },
        (None | Some(Word::Remove), None) => What::Remove,
        _ => return None,
    };
    Some(Order { accounts, what })
}

/// Case, `_` and `-` do not matter.
fn read(word: &str) -> Option<Word> {
    let word: String =
        word.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect();
    match word.as_str() {
        "mute" | "shutup" | "forbidsendmsg" | "setgroupmembermutetime" => Some(Word::Mute),
        "unmute" => Some(Word::Unmute),
        "remove" | "kick" | "kickout" | "kickgroupmember" | "deletegroupmember" => {
            Some(Word::Remove)
        }
        _ => None,
    }
}

fn accounts(value: &Value) -> Option<Vec<String>> {
    let list = match value {
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    if !(1..=ORDER_LIMIT).contains(&list.len()) {
        return None;
    }
    let mut accounts: Vec<String> = Vec::with_capacity(list.len());
    for value in list {
        let account = value.as_str().filter(|account| is_account(account))?;
        if !accounts.iter().any(|known| known == account) {
            accounts.push(account.to_owned());
        }
    }
    Some(accounts)
}

#[cfg(test)]
mod tests {
    use super::super::sample::message;
    use super::*;

    fn of(data: &str, ext: &str) -> Option<Order> {
        order(&message(data, ext))
    }

    fn what(data: &str) -> Option<What> {
        of(data, "").map(|order| order.what)
    }

    #[test]
    fn faq_2_a_custom_message_with_a_time_mutes() {
        let data = r#"{"Members_Account":["bob","carol","bob"],"MuteTime":600}"#;
        let accounts = vec!["bob".to_owned(), "carol".to_owned()];
        assert_eq!(of(data, ""), Some(Order { accounts, what: What::Mute { seconds: 600 } }));
        let mute = |seconds| Some(What::Mute { seconds });
        assert_eq!(what(r#"{"Members_Account":"bob","ShutUpTime":"60"}"#), mute(60));
        assert_eq!(
            what(r#"{"cmd":"shut_up","Members_Account":"bob","MuteTime":4294967295}"#),
            mute(u32::MAX)
        );
        assert_eq!(what(r#"{"action":"unmute","Members_Account":["bob"]}"#), mute(0));
    }

    #[test]
    fn faq_3_a_custom_message_without_a_time_removes() {
        for data in [
            r#"{"Members_Account":["bob"]}"#,
            r#"{"Members_Account":["bob"],"cmd":"kick"}"#,
            r#"{"Members_Account":"bob","action":"deleteGroupMember"}"#,
            r#"{"Members_Account":"bob","type":"KICK_OUT","reason":"spam"}"#,
        ] {
            assert_eq!(what(data), Some(What::Remove), "{data}");
        }
        let accounts = vec!["bob".to_owned()];
        let order = Some(Order { accounts, what: What::Remove });
        assert_eq!(of("kick", r#"{"Members_Account":["bob"]}"#), order);
        assert_eq!(of("", r#"{"Members_Account":["bob"]}"#), order);
    }

    #[test]
    fn anything_else_is_no_order() {
        let many: Vec<String> = (0..=ORDER_LIMIT).map(|n| n.to_string()).collect();
        let many = serde_json::json!({ "Members_Account": many }).to_string();
        for data in [
            "{}",
            "kick",
            r#"["bob"]"#,
            r#"{"Members_Account":[]}"#,
            r#"{"Members_Account":[5]}"#,
            r#"{"Members_Account":["bob",""]}"#,
            r#"{"Members_Account":["bob"],"cmd":"invite"}"#,
            r#"{"Members_Account":["bob"],"cmd":3}"#,
            r#"{"Members_Account":["bob"],"cmd":"mute"}"#,
            r#"{"Members_Account":["bob"],"cmd":"kick","MuteTime":60}"#,
            r#"{"Members_Account":["bob"],"cmd":"unmute","MuteTime":60}"#,
            r#"{"Members_Account":["bob"],"MuteTime":-1}"#,
            r#"{"Members_Account":["bob"],"MuteTime":4294967296}"#,
            r#"{"Members_Account":["bob"],"MuteTime":1.5}"#,
            r#"{"Members_Account":["bob"],"MuteTime":null}"#,
            many.as_str(),
        ] {
            assert_eq!(of(data, ""), None, "{data}");
        }
        assert_eq!(of("LIKE", r#"{"Members_Account":["bob"]}"#), None);
        assert_eq!(order(&[Element::Text(r#"{"Members_Account":["bob"]}"#.into())]), None);
    }
}
