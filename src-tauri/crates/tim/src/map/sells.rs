//! Custom messages of the vendor's live-sales component, and of older demos:
//! Data is the name of an event, Ext what the app adds, JSON or any text.

use super::Meaning;
use super::payload::{Payload, count, text};

/// The meaning of a like, gift or follow by name. Goods, coupons, the state of
/// the room and whatever an app names itself are custom events: no surface
/// shows them, and a rule of the host can make a line of them.
pub(super) fn meaning(payload: &Payload<'_>, is_gift: &dyn Fn(&str) -> bool) -> Option<Meaning> {
    match payload.data {
        // Ext is about the sender (a level, say) unless it is JSON with a count.
        "like" | "LIKE" => {
            let taps = payload.ext_json().map_or(Some(1), |ext| count(ext, &["count"]));
            Meaning::like(payload.data, taps?)
        }
        "gift" | "SEND_GIFT" => match payload.ext_json() {
            Some(ext) => {
                let id = ["giftId", "gift", "id"].iter().find_map(|key| ext.get(key))?;
                Meaning::gift(&text(id)?, count(ext, &["giftCount", "count", "num"])?, is_gift)
            }
            None => Meaning::gift(payload.ext, 1, is_gift),
        },
        "attention" | "ATTENTION" | "follow" => Some(Meaning::follow(payload.data)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::meaning_of;
    use super::*;
    use surtitle_core::wire::Body;

    #[test]
    fn named_events_are_likes_gifts_and_follows() {
        for (data, ext) in [("like", ""), ("LIKE", "level 7"), ("LIKE", r#"{"level":7}"#)] {
            assert_eq!(meaning_of(data, ext), Meaning { likes: 1, ..Meaning::custom(data) });
        }
        assert_eq!(meaning_of("LIKE", r#"{"count":30}"#).likes, 30);
        let gift = |count| Body::Gift { gift: "rose".into(), count };
        assert_eq!(meaning_of("SEND_GIFT", "rose").body, gift(1));
        assert_eq!(meaning_of("gift", r#"{"giftId":"rose","num":"2"}"#).body, gift(2));
        for data in ["attention", "ATTENTION", "follow"] {
            assert_eq!(meaning_of(data, ""), Meaning { follows: 1, ..Meaning::custom(data) });
        }
    }

    #[test]
    fn other_named_events_are_custom_events() {
        for (data, ext) in [
            ("CANCELATTENTION", ""),
            ("BUY_GOODS", r#"{"id":1}"#),
            ("USE_COUPON", "c-1"),
            ("ADD_GOODS", "[]"),
            ("ROOM_STATUS_CHANGE", "ON"),
            ("SEND_GIFT", ""),
            ("SEND_GIFT", r#"{"giftId":null}"#),
            ("SEND_GIFT", r#"{"giftId":"rose","count":"many"}"#),
            ("LIKE", r#"{"count":-1}"#),
            ("Like it", ""),
        ] {
            assert_eq!(meaning_of(data, ext), Meaning::custom(data), "{data} {ext}");
        }
    }
}
