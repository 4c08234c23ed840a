//! Between the vendor's messages and ours.
//!
//! What an SDK says becomes a line, a gift or likes on the host's picture
//! where its meaning is known: plain text, and the custom messages of the
//! vendor's own live products. Everything else is a custom event, which
//! surfaces ignore. Other SDKs get the bytes as they came in any case.

use crate::body::Element;
use serde::Deserialize;
use surtitle_core::room::{CUSTOM_LIMIT, LIKE_LIMIT};
use surtitle_core::wire::Body;
use surtitle_core::{Priority, Role, Sender, UserId, gifts, text};

/// Most bytes of a UserID.
pub const ACCOUNT_LIMIT: usize = 32;
/// Most bytes of a nickname or picture address.
pub const PROFILE_LIMIT: usize = 500;

/// What a message means to our room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The event it becomes.
    pub body: Body,
    /// Taps on like it also is; 0 for none.
    pub likes: u32,
}

/// The common custom message of the vendor's live kits.
#[derive(Deserialize)]
struct Kit {
    #[serde(rename = "businessID")]
    business: String,
    #[serde(default)]
    data: KitData,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct KitData {
    message: String,
    gift_id: String,
    gift_count: Option<u32>,
    count: Option<u32>,
}

/// What `elements` mean; `is_gift` knows the catalogue.
pub fn meaning(elements: &[Element], is_gift: impl Fn(&str) -> bool) -> Meaning {
    let line: Vec<&str> = elements
        .iter()
        .filter_map(|e| if let Element::Text(text) = e { Some(text.as_str()) } else { None })
        .collect();
    let plain = |body| Meaning { body, likes: 0 };
    if !line.is_empty() {
        return plain(comment(&line.join(" ")));
    }
    let Some((data, ext)) = elements.iter().find_map(|e| match e {
        Element::Custom { data, ext } => Some((data, ext)),
        _ => None,
    }) else {
        return plain(custom(""));
    };
    if data == "like" {
        return Meaning { body: custom(data), likes: 1 };
    }
    // One of the vendor's kits names the event in Data and carries it in Ext.
    let kit: Option<Kit> =
        [data, ext].iter().find_map(|json| serde_json::from_str::<Kit>(json).ok());
    match kit {
        Some(Kit { business, data: kit }) if business == "TUIGift" && is_gift(&kit.gift_id) => {
            let count = kit.gift_count.or(kit.count).unwrap_or(1).clamp(1, gifts::COUNT_LIMIT);
            plain(Body::Gift { gift: kit.gift_id, count })
        }
        Some(Kit { business, data: kit }) if business == "TUIGift_like" => {
            let likes = kit.count.unwrap_or(1).clamp(1, LIKE_LIMIT);
            Meaning { body: custom(data), likes }
        }
        Some(Kit { business, data: kit }) if business == "TUIBarrage" => {
            plain(comment(&kit.message))
        }
        _ => plain(custom(data)),
    }
}

/// A comment for our surfaces: the first 300 characters; what shows nothing is no line.
fn comment(line: &str) -> Body {
    let line: String = text::clean(line).chars().take(text::TEXT_LIMIT).collect();
    match text::comment(&line) {
        Ok(text) => Body::Comment { text },
        Err(_) => custom(""),
    }
}

/// A custom event; a payload over our limit stays with the SDKs.
fn custom(data: &str) -> Body {
    let data = if data.len() <= CUSTOM_LIMIT { data.to_owned() } else { String::new() };
    Body::Custom { data }
}

/// `MsgPriority` as our level; unknown words are `Normal`.
pub fn priority(word: &str) -> Priority {
    match word {
        "High" => Priority::High,
        "Low" => Priority::Low,
        "Lowest" => Priority::Lowest,
        _ => Priority::Normal,
    }
}

/// Our level as `MsgPriority`.
pub fn priority_word(priority: Priority) -> &'static str {
    match priority {
        Priority::High => "High",
        Priority::Normal => "Normal",
        Priority::Low => "Low",
        Priority::Lowest => "Lowest",
    }
}

/// Whether a UserID may log in: 1–32 printable ASCII bytes without spaces at the ends.
pub fn is_account(account: &str) -> bool {
    (1..=ACCOUNT_LIMIT).contains(&account.len())
        && account.bytes().all(|b| (0x20..0x7f).contains(&b))
        && account.trim() == account
}

/// The id of an account in our rooms. Ids this server gives to its own people
/// are not for an app to take: those get a `~` before them, and so does what
/// begins with one.
pub fn user_id(account: &str) -> UserId {
    let own = matches!(account, "host" | "helper") || account.starts_with("u-");
    UserId(if own || account.starts_with('~') { format!("~{account}") } else { account.to_owned() })
}

/// The UserID SDKs see for somebody in our rooms.
pub fn account(user: &UserId) -> &str {
    user.0.strip_prefix('~').unwrap_or(&user.0)
}

/// An account as a member of our rooms, under its nickname or else its UserID.
pub fn sender(account: &str, nick: &str, avatar: &str) -> Sender {
    let cut = |name: &str| -> String {
        text::clean(name).chars().take(text::NICK_LIMIT).collect::<String>()
    };
    let shown = text::nick(&cut(nick)).or_else(|_| text::nick(&cut(account)));
    let shows = avatar.starts_with("https://") || avatar.starts_with("http://");
    Sender {
        id: user_id(account),
        nick: shown.unwrap_or_else(|_| "?".to_owned()),
        avatar: shows.then(|| avatar.to_owned()),
        role: Role::Viewer,
    }
}

/// `TinyId`: a number for an account, stable, different for different accounts
/// as far as 47 bits of FNV-1a go. SDKs make message ids of it.
pub fn tiny_id(account: &str) -> String {
    const FLOOR: u64 = 144_115_200_000_000_000;
    let hash = account.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (FLOOR + (hash >> 17)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(element: Element) -> Meaning {
        meaning(&[element], |id| id == "rose")
    }

    fn kit(data: &str) -> Meaning {
        of(Element::Custom { data: data.into(), ext: String::new() })
    }

    #[test]
    fn long_text_is_cut_for_our_surfaces_and_blank_text_is_no_line() {
        let Body::Comment { text } = of(Element::Text("é".repeat(900))).body else {
            panic!("a comment")
        };
        assert_eq!(text.chars().count(), text::TEXT_LIMIT);
        assert_eq!(of(Element::Text(" \u{200B}\n".into())).body, custom(""));
    }

    #[test]
    fn live_kits_custom_messages_are_understood() {
        let gift =
            r#"{"version":"1.0","businessID":"TUIGift","data":{"giftId":"rose","giftCount":3}}"#;
        assert_eq!(kit(gift).body, Body::Gift { gift: "rose".into(), count: 3 });
        let like = r#"{"businessID":"TUIGift_like","data":{}}"#;
        assert_eq!(kit(like), Meaning { body: custom(like), likes: 1 });
        let barrage = r#"{"businessID":"TUIBarrage","data":{"message":"hey"}}"#;
        assert_eq!(kit(barrage).body, Body::Comment { text: "hey".into() });
    }

    #[test]
    fn anything_else_is_a_custom_event() {
        for data in
            ["", "{}", r#"{"cmd":"x"}"#, r#"{"businessID":"TUIGift","data":{"giftId":"yacht"}}"#]
        {
            assert_eq!(kit(data), Meaning { body: custom(data), likes: 0 });
        }
        assert_eq!(kit(&"x".repeat(CUSTOM_LIMIT + 1)).body, custom(""));
        assert_eq!(of(Element::Other).body, custom(""));
    }

    #[test]
    fn an_app_cannot_take_the_servers_own_ids() {
        for (name, id) in
            [("alice", "alice"), ("host", "~host"), ("u-abc", "~u-abc"), ("~host", "~~host")]
        {
            assert_eq!(user_id(name).as_str(), id);
            assert_eq!(account(&user_id(name)), name);
        }
    }

    #[test]
    fn account_without_a_nickname_is_shown_by_its_name() {
        assert_eq!(sender("alice", "", "").nick, "alice");
        let long = sender("alice", &"名".repeat(60), "javascript:x");
        assert_eq!((long.nick.chars().count(), long.avatar), (text::NICK_LIMIT, None));
    }

    #[test]
    fn tiny_id_is_stable_and_a_number() {
        assert_eq!(tiny_id("alice"), tiny_id("alice"));
        assert_ne!(tiny_id("alice"), tiny_id("bob"));
        assert!(tiny_id("bob").parse::<u64>().is_ok_and(|n| n < 1 << 58));
    }
}
