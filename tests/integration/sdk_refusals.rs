//! What an SDK is refused that the vendor's packages would hardly ask for.

use crate::harness::{Home, Sdk, Server, signed, within};
use serde_json::json;

const APP: u32 = 1_400_000_001;

async fn login(home: &Home, server: &Server, user: &str) -> Sdk {
    Sdk::login(server.addr, APP, &home.secrets().secret_key, user).await
}

#[tokio::test]
async fn requests_over_the_rate_of_a_connection_are_refused_and_others_go_on() {
    let home = Home::new();
    let server = home.start().await;
    let mut alice = login(&home, &server, "alice").await;
    let mut bob = login(&home, &server, "bob").await;
    let mut asked = Vec::new();
    for _ in 0..700 {
        asked.push(alice.put("heartbeat.alive", json!({})).await);
    }
    let mut codes = std::collections::BTreeMap::new();
    for seq in asked {
        let code = alice.answer(seq).await["ErrorCode"].as_u64().expect("a code");
        *codes.entry(code).or_insert(0) += 1;
    }
    let (good, over) =
        (codes.get(&0).copied().unwrap_or(0), codes.get(&10006).copied().unwrap_or(0));
    assert!(good >= 400 && over > 0 && good + over == 700, "{codes:?}");
    assert_eq!(bob.code("heartbeat.alive", json!({})).await, 0);
}

#[tokio::test]
async fn one_to_one_message_that_makes_no_sense_is_refused_with_its_code() {
    let home = Home::new();
    let server = home.start().await;
    let mut alice = login(&home, &server, "alice").await;
    login(&home, &server, "bob").await;
    let text =
        |n: usize| json!([{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "x".repeat(n) } }]);
    let good = json!({ "To_Account": "bob", "MsgSeq": 1, "MsgRandom": 1, "MsgBody": text(1) });
    for (change, code) in [
        (json!({ "To_Account": "nobody" }), 90012),
        (json!({ "MsgBody": text(13_000) }), 93000),
        (json!({ "MsgBody": [{ "MsgType": "none", "MsgContent": {} }] }), 90002),
        (json!({ "MsgLifeTime": 604_801 }), 90026),
        (json!({}), 0),
    ] {
        let mut body = good.clone();
        for (key, value) in change.as_object().expect("members") {
            body[key] = value.clone();
        }
        assert_eq!(alice.code("openim.sendmsg", body).await, code, "{change}");
    }
}

#[tokio::test]
async fn who_is_silenced_by_the_app_writes_to_nobody_until_it_is_lifted() {
    let home = Home::new();
    let server = home.start().await;
    let mut alice = login(&home, &server, "alice").await;
    login(&home, &server, "bob").await;
    let usersig = signed(APP, &home.secrets().secret_key, "administrator");
    let path = "/v4/openconfigsvr/setnospeaking";
    let url =
        server.url(&format!("{path}?sdkappid={APP}&identifier=administrator&usersig={usersig}"));
    for (random, (seconds, code)) in [(600, 20012), (0, 0)].into_iter().enumerate() {
        let body = json!({ "Set_Account": "alice", "C2CmsgNospeakingTime": seconds }).to_string();
        let sent = within("a call", reqwest::Client::new().post(&url).body(body).send()).await;
        let answer = within("an answer", sent.expect("it answers").text()).await.expect("a body");
        assert!(answer.contains("\"ErrorCode\":0"), "{answer}");
        let message = json!({
            "To_Account": "bob", "MsgSeq": 1, "MsgRandom": random,
            "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "hello" } }],
        });
        assert_eq!(alice.code("openim.sendmsg", message).await, code);
    }
}
