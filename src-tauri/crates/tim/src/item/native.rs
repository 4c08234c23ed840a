//! Messages of people who use no SDK: our own pages, the host, a rehearsal.

use super::{Spoken, random};
use crate::map;
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use surtitle_core::sale::Price;
use surtitle_core::{Event, EventKind, Paid, Sender};

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

/// An event as an SDK would have said it; `None` for what has no such words.
pub(super) fn spoken(event: &Event, kind: &EventKind, from: &Sender) -> Option<Spoken> {
    Some(Spoken {
        account: map::account(&from.id).to_owned(),
        nick: from.nick.clone(),
        face: from.avatar.clone().unwrap_or_default(),
        random: random(event),
        client_time: event.at.0 / 1_000,
        priority: map::priority_word(event.priority).to_owned(),
        cloud: kind.paid().map(cloud).unwrap_or_default(),
        body: body(kind, from)?,
    })
}

/// `MsgBody` of one custom element with this Data.
pub fn custom(data: &str) -> Box<RawValue> {
    let msg_content = Custom { data, desc: "", ext: "" };
    let body = to_raw_value(&[Element { msg_type: "TIMCustomElem", msg_content }]);
    body.expect("our own structures serialise")
}

/// `CloudCustomData` of a paid comment: what was paid.
fn cloud(paid: &Paid) -> String {
    serde_json::json!({ "paid": paid }).to_string()
}

/// `MsgBody` of an event of our own.
pub(super) fn body(kind: &EventKind, from: &Sender) -> Option<Box<RawValue>> {
    let body = match kind {
        EventKind::Comment { text, paid: Some(paid) } if text.is_empty() => {
            // SDKs have no empty text.
            let Paid { amount, currency, .. } = paid.clone();
            let text = &Price { amount, currency }.words();
            to_raw_value(&[Element { msg_type: "TIMTextElem", msg_content: Text { text } }])
        }
        EventKind::Comment { text, .. } => {
            to_raw_value(&[Element { msg_type: "TIMTextElem", msg_content: Text { text } }])
        }
        EventKind::Custom { data } => Ok(custom(data)),
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
            Ok(custom(&data.to_string()))
        }
        _ => return None,
    };
    body.ok()
}

#[cfg(test)]
mod tests {
    use super::super::{item, sample};
    use super::*;
    use serde_json::{Value, json};
    use surtitle_core::gifts;

    #[test]
    fn our_own_gift_has_the_live_kits_shape() {
        let rose = gifts::catalogue().remove(0);
        let from = Some(map::sender("a", "", ""));
        let event = sample::event(EventKind::Gift { gift: rose, count: 3 }, from);
        let wire = sample::parse(&item(&sample::group(), &event, 1, None, 1).expect("an item"));
        let data = wire["MsgBody"][0]["MsgContent"]["Data"].as_str().expect("text");
        let data: Value = serde_json::from_str(data).expect("JSON");
        assert_eq!(data["businessID"], "TUIGift");
        assert_eq!(
            (&data["data"]["giftId"], &data["data"]["giftCount"]),
            (&"rose".into(), &3.into())
        );
    }

    #[test]
    fn paid_comment_is_a_text_that_says_beside_it_what_was_paid() {
        let paid = Paid::new(500, "EUR").expect("an amount");
        for (text, said) in [("hi", "hi"), ("", "€5")] {
            let kind = EventKind::Comment { text: text.into(), paid: Some(paid.clone()) };
            let event = sample::event(kind, Some(map::sender("a", "", "")));
            let wire = sample::parse(&item(&sample::group(), &event, 1, None, 1).expect("an item"));
            assert_eq!(wire["MsgBody"][0]["MsgContent"]["Text"], said);
            let cloud = wire["CloudCustomData"].as_str().expect("text");
            let cloud: Value = serde_json::from_str(cloud).expect("JSON");
            assert_eq!(cloud, json!({"paid": {"amount": 500, "currency": "EUR", "tier": 2}}));
        }
    }

    #[test]
    fn our_own_comment_is_a_text_under_its_senders_name_and_number() {
        let from = Some(map::sender("host", "Host", ""));
        let event = sample::event(EventKind::comment("hi"), from);
        let wire = sample::parse(&item(&sample::group(), &event, 1, None, 1).expect("an item"));
        assert_eq!(
            (&wire["From_Account"], &wire["From_AccountNick"], &wire["MsgRandom"]),
            (&json!("host"), &json!("Host"), &json!(5))
        );
        assert_eq!(
            wire["MsgBody"],
            json!([{"MsgType": "TIMTextElem", "MsgContent": {"Text": "hi"}}])
        );
    }
}
