//! What docs/compatibility/events.md shows of a mapping is one, and does what it says.

use surtitle_core::wire::Body;
use surtitle_tim::body::Element;
use surtitle_tim::map::{Mapping, Meaning, meaning};

const DOC: &str = include_str!("../../../../docs/compatibility/events.md");

fn mapping() -> Mapping {
    let section = DOC.split("## Custom messages become events").nth(1).expect("the section");
    let json = section.split("```json\n").nth(1).and_then(|rest| rest.split("```").next());
    serde_json::from_str(json.expect("the example")).expect("a mapping")
}

fn of(data: &str, ext: &str) -> Meaning {
    let message = Element::Custom { data: data.into(), ext: ext.into() };
    meaning(&[message], &mapping(), |id| id == "rose")
}

#[test]
fn example_makes_sense_and_survives_being_saved() {
    let mapping = mapping();
    assert_eq!(mapping.check(), Ok(()));
    let saved = serde_json::to_string(&mapping).expect("JSON");
    assert_eq!(serde_json::from_str::<Mapping>(&saved).expect("a mapping"), mapping);
}

#[test]
fn example_does_what_it_says() {
    assert_eq!(of(r#"{"cmd":"zan","n":5}"#, "").likes, 5);
    let gift = Body::Gift { gift: "rose".into(), count: 2 };
    assert_eq!(of(r#"{"cmd":"flower","n":"2"}"#, "").body, gift);
    let comment = |text: &str| Body::Comment { text: text.into() };
    assert_eq!(of(r#"{"cmd":"say","body":{"msg":"hey"}}"#, "").body, comment("hey"));
    assert_eq!(of("BUY_GOODS", r#"{"id":7}"#).body, comment("bought something"));
    assert_eq!(of("x", r#"{"kind":1}"#).follows, 1);
    let barrage = r#"{"businessID":"TUIBarrage","data":{"message":"hey"}}"#;
    assert!(matches!(of(barrage, "").body, Body::Custom { .. }));
}
