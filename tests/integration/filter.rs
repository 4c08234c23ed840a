//! What may not be said: refused, hidden or masked before anybody else hears it.

use crate::harness::{Api, Heard, Home, Sdk, Server, text_of};
use serde_json::{Value, json};
use std::time::Duration;
use surtitle_core::wire::{Body, ClientFrame};

const APP: u32 = 1_400_000_001;

/// Rules of each kind, in force when it returns.
async fn rules(home: &Home, server: &Server) -> Api {
    let api = Api::new(server.addr, &home.secrets().host);
    let rules = json!({
        "words": [
            { "word": "rotten", "action": "refuse" },
            { "word": "spoiler", "action": "hide" },
            { "word": "darn*", "action": "mask" },
        ],
        "patterns": [{ "pattern": r"call\s+\d{5,}", "action": "refuse" }],
        "links": "refuse",
        "hosts": ["shop.example"],
    });
    let kept = api.call("PUT", &format!("/apps/{APP}/filter"), rules.clone()).await;
    assert_eq!(kept, rules);
    api
}

fn said(heard: &Heard) -> Option<String> {
    match heard {
        Heard::Event(event) => text_of(event).map(str::to_owned),
        _ => None,
    }
}

fn comment(text: &str) -> Body {
    Body::Comment { text: text.to_owned() }
}

#[tokio::test]
async fn room_hears_only_what_the_rules_let_through() {
    let home = Home::new();
    let server = home.start().await;
    rules(&home, &server).await;
    let (mut ann, mut guest) = (server.viewer("Ann").await, server.guest().await);
    for text in ["R0TTEN fruit", "r.o.t.t.e.n", "call 555123", "see evil.com"] {
        let cid = ann.send(comment(text)).await;
        assert_eq!(ann.refused(cid).await, 2106, "{text}");
    }
    let cid = ann.send(comment("a SPOILER comes")).await;
    ann.acked(cid).await;
    let cid = ann.send(comment("dаrned thing")).await;
    ann.acked(cid).await;
    ann.say("see https://shop.example/7").await;
    let heard = guest.hear("see https://shop.example/7").await;
    assert!(heard.from.is_some());
    let before: Vec<String> = guest.drain().iter().filter_map(said).collect();
    assert_eq!(before, ["****** thing"]);
}

#[tokio::test]
async fn sdk_members_meet_the_same_rules_with_the_vendors_code() {
    let home = Home::new();
    let server = home.start().await;
    rules(&home, &server).await;
    let key = home.secrets().secret_key;
    let mut alice = Sdk::login(server.addr, APP, &key, "alice").await;
    let mut bob = Sdk::login(server.addr, APP, &key, "bob").await;
    for sdk in [&mut alice, &mut bob] {
        assert_eq!(sdk.join("main").await, 0);
    }
    assert_eq!(alice.say("main", "rotten").await, 80001);
    assert_eq!(alice.say("main", "the spoiler").await, 0);
    assert_eq!(alice.say("main", "darn it").await, 0);
    assert_eq!(alice.say("main", "the end").await, 0);
    let mut heard = String::new();
    while !heard.contains("the end") {
        let push = bob.next_push(Duration::from_secs(10)).await.expect("the end comes");
        heard += &push.to_string();
    }
    assert!(
        heard.contains("**** it") && !heard.contains("darn") && !heard.contains("spoiler"),
        "{heard}"
    );
}

#[tokio::test]
async fn names_meet_the_rules_and_staff_does_not() {
    let home = Home::new();
    let server = home.start().await;
    rules(&home, &server).await;
    let mut guest = server.guest().await;
    guest.put(&ClientFrame::Name { nick: "RottenApple rotten".into() }).await;
    assert_eq!(guest.error().await, 2106);
    let mut host = server.bearer(&home.secrets().host).await;
    host.join(None).await;
    host.say("no rotten fruit, see evil.com").await;
    guest.hear("no rotten fruit, see evil.com").await;
}

#[tokio::test]
async fn rules_are_the_hosts_alone_and_outlive_a_restart() {
    let home = Home::new();
    let mut server = home.start().await;
    let host = rules(&home, &server).await;
    let path = format!("/apps/{APP}/filter");
    let helper = Api::new(server.addr, &home.secrets().helper);
    assert_eq!(helper.refused("PUT", &path, json!({})).await, (403, 2204));
    for bad in [
        json!({ "words": [{ "word": "?!" }] }),
        json!({ "patterns": [{ "pattern": "(a+)+$" }] }),
        json!({ "hosts": ["HTTP://x"] }),
        json!({ "words": vec![json!({ "word": "x" }); 2_001] }),
    ] {
        assert_eq!(host.refused("PUT", &path, bad.clone()).await, (400, 2308), "{bad}");
    }
    assert!(server.terminate().success());
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    let cid = ann.send(comment("rotten")).await;
    assert_eq!(ann.refused(cid).await, 2106);
    let api = Api::new(server.addr, &home.secrets().host);
    let tried = api.call("POST", &format!("{path}/try"), json!({ "text": "DARN!" })).await;
    assert_eq!(tried, json!({ "becomes": "mask", "rule": "word:darn*", "text": "****!" }));
    let fresh = json!({ "text": "fine", "filter": { "words": [{ "word": "fine" }] } });
    let tried: Value = api.call("POST", &format!("{path}/try"), fresh).await;
    assert_eq!(tried["becomes"], "refuse");
}
