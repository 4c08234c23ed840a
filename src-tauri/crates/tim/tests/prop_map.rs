//! Whatever an app says, its meaning is found without a panic and within the
//! limits of our events.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use surtitle_core::wire::Body;
use surtitle_tim::body::Element;
use surtitle_tim::map::{Becomes, Mapping, Rule, meaning, order};

/// Names that mean something, so that random objects come close to real ones.
const KEYS: [&str; 16] = [
    "businessID",
    "data",
    "giftId",
    "giftCount",
    "count",
    "message",
    "cmd",
    "action",
    "type",
    "n",
    "num",
    "gift",
    "id",
    "Members_Account",
    "MuteTime",
    "ShutUpTime",
];
const WORDS: [&str; 12] = [
    "TUIGift",
    "TUIGift_like",
    "TUIBarrage",
    "LIKE",
    "like",
    "SEND_GIFT",
    "ATTENTION",
    "rose",
    "kick",
    "mute",
    "12",
    "",
];

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (0..300u32).prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(&WORDS[..]).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ]
}

fn json_value() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(6, 48, 8, |inner| {
        let key = prop_oneof![
            4 => prop::sample::select(&KEYS[..]).prop_map(str::to_owned),
            1 => any::<String>(),
        ];
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            3 => prop::collection::vec((key, inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// What a product says, with any value in its places.
fn near() -> impl Strategy<Value = Value> {
    let word = || prop::sample::select(&WORDS[..]);
    let id = prop_oneof![3 => Just(Value::from("rose")), 1 => leaf()];
    prop_oneof![
        (word(), id, leaf()).prop_map(|(business, id, count)| json!({
            "businessID": business,
            "data": { "giftId": id, "giftCount": count, "count": count, "message": id },
        })),
        (word(), prop::collection::vec(word(), 0..4), leaf()).prop_map(
            |(cmd, members, time)| json!({ "cmd": cmd, "Members_Account": members, "MuteTime": time })
        ),
        prop::collection::vec(word(), 0..4).prop_map(|m| json!({ "Members_Account": m })),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => json_value().prop_map(|json| json.to_string()),
        4 => near().prop_map(|json| json.to_string()),
        2 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        1 => any::<String>(),
        // Cut off anywhere.
        1 => (json_value(), any::<prop::sample::Index>()).prop_map(|(json, at)| {
            let text = json.to_string();
            text.chars().take(at.index(text.len() + 1)).collect()
        }),
    ]
}

fn element() -> impl Strategy<Value = Element> {
    prop_oneof![
        6 => (text(), text()).prop_map(|(data, ext)| Element::Custom { data, ext }),
        1 => any::<String>().prop_map(Element::Text),
        1 => Just(Element::Other),
    ]
}

fn part() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(&KEYS[..]).prop_map(|key| format!("/{key}")),
        2 => prop::sample::select(&KEYS[..]).prop_map(|key| format!("ext/data/{key}")),
        1 => Just(String::new()),
        1 => prop::sample::select(&WORDS[..]).prop_map(|word| format!("={word}")),
        1 => any::<String>(),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    use Becomes::{Comment, Follow, Gift, Ignore, Like, Paid};
    let becomes = prop::sample::select(vec![Like, Gift, Comment, Paid, Follow, Ignore]);
    let optional = || prop::option::of(part());
    let equals = prop::sample::select(&WORDS[..]).prop_map(str::to_owned);
    (
        part(),
        equals,
        becomes,
        optional(),
        optional(),
        optional(),
        optional(),
        prop::option::of(Just("=EUR".to_owned())),
    )
        .prop_map(|(field, equals, becomes, text, gift, count, amount, currency)| Rule {
            field,
            equals,
            becomes,
            text,
            gift,
            count,
            amount,
            currency,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, ..ProptestConfig::default() })]

    #[test]
    fn meaning_of_anything_is_within_the_limits(
        elements in prop::collection::vec(element(), 0..4),
        rules in prop::collection::vec(rule(), 0..6),
    ) {
        // Rules that `check` would refuse are used too: a stored one may be old.
        let mapping = Mapping { rules };
        let _ = mapping.check();
        let meaning = meaning(&elements, &mapping, |id| id == "rose");
        match &meaning.body {
            Body::Comment { text } => prop_assert!((1..=300).contains(&text.chars().count())),
            Body::Gift { gift, count } => {
                prop_assert_eq!(gift, "rose");
                prop_assert!((1..=9_999).contains(count));
            }
            Body::Paid { text, paid } => {
                prop_assert!(text.chars().count() <= 300);
                prop_assert_eq!(paid.clone().sound(), Some(paid.clone()));
            }
            Body::Custom { data } => prop_assert!(data.len() <= 4_000),
            other => prop_assert!(false, "no message becomes {:?}", other),
        }
        prop_assert!(meaning.likes <= 200 && meaning.follows <= 1);
        if let Some(order) = order(&elements) {
            prop_assert!((1..=500).contains(&order.accounts.len()));
        }
    }

    #[test]
    fn mapping_is_read_or_refused(json in json_value()) {
        let _ = serde_json::from_value::<Mapping>(json.clone());
        let _ = serde_json::from_value::<Mapping>(json!({ "rules": [json] }));
    }
}
