//! The host's own words for an app's custom messages.

use super::payload::Payload;
use super::rule::Rule;
use serde::{Deserialize, Serialize};

/// Most rules of a mapping.
pub const RULES: usize = 64;

/// Rules in their order; the first that fits a message decides. The shapes of
/// the vendor's products are understood without any, after these.
///
/// ```
/// # use surtitle_tim::map::Mapping;
/// let json = r#"{"rules":[
///     {"field":"/cmd","equals":"zan","becomes":"like","count":"/n"},
///     {"field":"/cmd","equals":"flower","becomes":"gift","gift":"=rose"}]}"#;
/// let mapping: Mapping = serde_json::from_str(json)?;
/// assert_eq!(mapping.check(), Ok(()));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// At most [`RULES`]; more are not looked at.
    #[serde(default)]
    pub rules: Vec<Rule>,
}

/// Why a mapping makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Invalid {
    /// Over [`RULES`].
    #[error("a mapping has at most {RULES} rules; this one has {0}")]
    Rules(usize),
    /// One rule, counted from 1, and why.
    #[error("rule {0}: {1}")]
    Rule(usize, &'static str),
}

impl Mapping {
    /// Whether it makes sense. One that does not is still safe to use: its bad
    /// rules fit nothing, or make custom events.
    ///
    /// # Errors
    /// The first thing to correct.
    pub fn check(&self) -> Result<(), Invalid> {
        if self.rules.len() > RULES {
            return Err(Invalid::Rules(self.rules.len()));
        }
        (1..)
            .zip(&self.rules)
            .try_for_each(|(number, rule)| rule.check().map_err(|why| Invalid::Rule(number, why)))
    }

    pub(super) fn find(&self, payload: &Payload<'_>) -> Option<&Rule> {
        self.rules.iter().take(RULES).find(|rule| rule.fits(payload))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Meaning;
    use super::super::sample::meaning_under;
    use super::*;
    use serde_json::json;
    use surtitle_core::wire::Body;

    fn mapping(rules: serde_json::Value) -> Mapping {
        serde_json::from_value(json!({ "rules": rules })).expect("a mapping")
    }

    #[test]
    fn hosts_rules_make_events_of_an_apps_own_messages() {
        let mapping = mapping(json!([
            {"field": "/cmd", "equals": "zan", "becomes": "like", "count": "/n"},
            {"field": "/cmd", "equals": "flower", "becomes": "gift", "gift": "=rose", "count": "/n"},
            {"field": "/cmd", "equals": "present", "becomes": "gift", "gift": "/what/id"},
            {"field": "/cmd", "equals": "7", "becomes": "comment", "text": "/msg"},
            {"field": "", "equals": "BUY_GOODS", "becomes": "comment", "text": "=bought something"},
            {"field": "ext/kind", "equals": "true", "becomes": "follow"},
        ]));
        assert_eq!(mapping.check(), Ok(()));
        let of = |data: &str, ext: &str| meaning_under(&mapping, data, ext);
        assert_eq!(of(r#"{"cmd":"zan","n":"12"}"#, "").likes, 12);
        assert_eq!(of(r#"{"cmd":"zan","n":1000000}"#, "").likes, 200);
        let gift = |count| Body::Gift { gift: "rose".into(), count };
        assert_eq!(of(r#"{"cmd":"flower","n":3}"#, "").body, gift(3));
        assert_eq!(of(r#"{"cmd":"present","what":{"id":"rose"}}"#, "").body, gift(1));
        let comment = |text: &str| Body::Comment { text: text.into() };
        assert_eq!(of(r#"{"cmd":7,"msg":"hey"}"#, "").body, comment("hey"));
        assert_eq!(of("BUY_GOODS", "").body, comment("bought something"));
        assert_eq!(of("x", r#"{"kind":true}"#).follows, 1);
    }

    #[test]
    fn paid_comments_have_an_amount_and_a_currency() {
        let mapping = mapping(json!([{
            "field": "/cmd", "equals": "sc", "becomes": "paid",
            "text": "/msg", "amount": "/sum", "currency": "=jpy",
        }]));
        assert_eq!(mapping.check(), Ok(()));
        let of = |data: &str| meaning_under(&mapping, data, "");
        let paid = |text: &str| {
            let paid = surtitle_core::Paid::new(1_000, "JPY").expect("an amount");
            Body::Paid { text: text.into(), paid }
        };
        assert_eq!(of(r#"{"cmd":"sc","msg":" hi ","sum":1000}"#).body, paid("hi"));
        assert_eq!(of(r#"{"cmd":"sc","msg":"","sum":"1000"}"#).body, paid(""));
        for data in [
            r#"{"cmd":"sc","msg":"hi"}"#,
            r#"{"cmd":"sc","msg":"hi","sum":0}"#,
            r#"{"cmd":"sc","msg":"hi","sum":-5}"#,
            r#"{"cmd":"sc","msg":"hi","sum":1e3}"#,
        ] {
            assert_eq!(of(data), Meaning::custom(data), "{data}");
        }
    }

    #[test]
    fn what_a_member_says_was_paid_is_a_custom_event() {
        let mapping = mapping(json!([{
            "field": "", "equals": "sc", "becomes": "paid", "amount": "=500", "currency": "=EUR",
        }]));
        let meaning = meaning_under(&mapping, "sc", "");
        assert!(matches!(meaning.body, Body::Paid { .. }));
        let message = super::super::sample::message("sc", "");
        assert_eq!(meaning.unpaid(&message), Meaning::custom("sc"));
    }

    #[test]
    fn rule_that_lacks_its_values_makes_a_custom_event() {
        let mapping = mapping(json!([
            {"field": "/cmd", "equals": "like", "becomes": "like", "count": "/n"},
            {"field": "/cmd", "equals": "gift", "becomes": "gift", "gift": "/id", "count": "/n"},
            {"field": "/cmd", "equals": "say", "becomes": "comment", "text": "/msg"},
        ]));
        for data in [
            r#"{"cmd":"like"}"#,
            r#"{"cmd":"like","n":0}"#,
            r#"{"cmd":"like","n":-3}"#,
            r#"{"cmd":"like","n":1.5}"#,
            r#"{"cmd":"like","n":1e30}"#,
            r#"{"cmd":"like","n":[]}"#,
            r#"{"cmd":"gift","id":"yacht","n":1}"#,
            r#"{"cmd":"gift","id":"rose","n":99999999999999999999}"#,
            r#"{"cmd":"say"}"#,
            r#"{"cmd":"say","msg":" "}"#,
            r#"{"cmd":"say","msg":{"a":1}}"#,
        ] {
            assert_eq!(meaning_under(&mapping, data, ""), Meaning::custom(data), "{data}");
        }
    }

    #[test]
    fn first_rule_decides_and_comes_before_the_vendors_shapes() {
        let mapping = mapping(json!([
            {"field": "", "equals": "like", "becomes": "ignore"},
            {"field": "/businessID", "equals": "TUIBarrage", "becomes": "follow"},
            {"field": "", "equals": "like", "becomes": "like"},
        ]));
        assert_eq!(meaning_under(&mapping, "like", ""), Meaning::custom("like"));
        let barrage = r#"{"businessID":"TUIBarrage","data":{"message":"hey"}}"#;
        assert_eq!(meaning_under(&mapping, barrage, "").follows, 1);
        let like = r#"{"businessID":"TUIGift_like"}"#;
        assert_eq!(meaning_under(&mapping, like, "").likes, 1);
    }

    #[test]
    fn what_makes_no_sense_is_said_with_the_number_of_its_rule() {
        let good = json!({"field": "/a", "equals": "x", "becomes": "like"});
        for (change, word) in [
            (json!({"field": "a"}), "\"field\""),
            (json!({"field": "=a"}), "\"field\""),
            (json!({"equals": ""}), "\"equals\""),
            (json!({"becomes": "gift"}), "needs \"gift\""),
            (json!({"becomes": "comment"}), "needs \"text\""),
            (json!({"becomes": "paid", "amount": "/n"}), "needs \"amount\" and \"currency\""),
            (json!({"amount": "/n"}), "\"amount\" is for paid"),
            (json!({"text": "/t"}), "\"text\" is for comments"),
            (json!({"gift": "/t"}), "\"gift\" is for gifts"),
            (json!({"becomes": "follow", "count": "/n"}), "\"count\" is for gifts and likes"),
            (json!({"count": "n"}), "JSON pointer"),
            (json!({"equals": "x".repeat(257)}), "256 bytes"),
        ] {
            let mut bad = good.clone();
            for (key, value) in change.as_object().expect("an object") {
                bad[key] = value.clone();
            }
            let mapping = mapping(json!([good, bad]));
            let error = mapping.check().expect_err("nonsense").to_string();
            assert!(error.starts_with("rule 2: ") && error.contains(word), "{error}");
        }
        let many = mapping(json!(vec![good; RULES + 1]));
        assert_eq!(many.check(), Err(Invalid::Rules(RULES + 1)));
    }

    #[test]
    fn misspelt_member_is_not_overlooked() {
        let rule = json!({"field": "/a", "equals": "x", "becomes": "like", "cuont": "/n"});
        let read = serde_json::from_value::<Mapping>(json!({ "rules": [rule] }));
        assert!(read.expect_err("unknown").to_string().contains("cuont"));
    }
}
