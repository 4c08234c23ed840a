//! Custom messages of the vendor's live kits: JSON with a `businessID`, in
//! Data or in Ext.

use super::Meaning;
use super::payload::{Payload, count, text};
use serde_json::Value;

/// The meaning of `TUIBarrage`, `TUIGift` and `TUIGift_like`; `None` for
/// anything else, and for one of them with a part that is missing or wrong.
pub(super) fn meaning(payload: &Payload<'_>, is_gift: &dyn Fn(&str) -> bool) -> Option<Meaning> {
    let of = |json: Option<&Value>| {
        let json = json?;
        let business = json.get("businessID")?.as_str()?;
        let data = json.get("data").unwrap_or(&Value::Null);
        match business {
            "TUIBarrage" => Meaning::comment(data.get("message")?.as_str()?),
            "TUIGift" => {
                let id = text(data.get("giftId")?)?;
                Meaning::gift(&id, count(data, &["giftCount", "count"])?, is_gift)
            }
            "TUIGift_like" => Meaning::like(payload.data, count(data, &["count"])?),
            _ => None,
        }
    };
    of(payload.data_json()).or_else(|| of(payload.ext_json()))
}

#[cfg(test)]
mod tests {
    use super::super::sample::meaning_of;
    use super::*;
    use surtitle_core::wire::Body;

    #[test]
    fn live_kits_custom_messages_are_understood() {
        let gift =
            r#"{"version":"1.0","businessID":"TUIGift","data":{"giftId":"rose","giftCount":3}}"#;
        assert_eq!(meaning_of(gift, "").body, Body::Gift { gift: "rose".into(), count: 3 });
        let like = r#"{"businessID":"TUIGift_like","data":{}}"#;
        assert_eq!(meaning_of(like, ""), Meaning { likes: 1, ..Meaning::custom(like) });
        let barrage = r#"{"businessID":"TUIBarrage","data":{"message":"hey"}}"#;
        assert_eq!(meaning_of(barrage, "").body, Body::Comment { text: "hey".into() });
    }

    #[test]
    fn kit_in_ext_is_understood_beside_any_data() {
        let gift = r#"{"businessID":"TUIGift","data":{"giftId":"rose"}}"#;
        for data in ["", "TUIGift", "{}", r#"{"businessID":"other"}"#] {
            let meaning = meaning_of(data, gift);
            assert_eq!(meaning.body, Body::Gift { gift: "rose".into(), count: 1 }, "{data}");
        }
    }

    #[test]
    fn kit_with_a_wrong_part_is_a_custom_event() {
        for data in [
            r#"{"businessID":"TUIGift"}"#,
            r#"{"businessID":"TUIGift","data":{"giftId":"yacht"}}"#,
            r#"{"businessID":"TUIGift","data":{"giftId":["rose"]}}"#,
            r#"{"businessID":"TUIGift","data":{"giftId":"rose","giftCount":0}}"#,
            r#"{"businessID":"TUIGift","data":{"giftId":"rose","giftCount":-1}}"#,
            r#"{"businessID":"TUIGift","data":{"giftId":"rose","giftCount":1e400}}"#,
            r#"{"businessID":"TUIGift","data":"rose"}"#,
            r#"{"businessID":"TUIGift_like","data":{"count":null}}"#,
            r#"{"businessID":"TUIBarrage","data":{"message":5}}"#,
            r#"{"businessID":["TUIBarrage"],"data":{"message":"x"}}"#,
        ] {
            assert_eq!(meaning_of(data, ""), Meaning::custom(data), "{data}");
        }
    }

    #[test]
    fn counts_over_the_limit_are_cut() {
        let gift =
            r#"{"businessID":"TUIGift","data":{"giftId":"rose","giftCount":18446744073709551615}}"#;
        assert_eq!(meaning_of(gift, "").body, Body::Gift { gift: "rose".into(), count: 9_999 });
        let like = r#"{"businessID":"TUIGift_like","data":{"count":4294967296}}"#;
        assert_eq!(meaning_of(like, "").likes, 200);
    }
}
