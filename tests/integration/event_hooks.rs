//! What a back end is asked about and told of beside the messages of a room:
//! groups, one-to-one messages, and who falls silent.

use crate::harness::{Api, Home, Judge, Reply, Sdk, Server, Told, eventually};
use serde_json::{Value, json};
use std::time::Duration;

const APP: u32 = 1_400_000_001;
const GROUP: &str = "group_open_http_svc.";

async fn hook(home: &Home, server: &Server, backend: &Judge, commands: &[&str]) {
    let api = Api::new(server.addr, &home.secrets().host);
    let config = json!({ "url": backend.url(), "commands": commands, "refuse_on_failure": false, "retry": false });
    api.call("PUT", &format!("/apps/{APP}/hooks"), config).await;
}

async fn login(home: &Home, server: &Server, user: &str) -> Sdk {
    Sdk::login(server.addr, APP, &home.secrets().secret_key, user).await
}

fn of(told: &Told, keys: &[&str]) -> Vec<Value> {
    keys.iter().map(|key| told.body[*key].clone()).collect()
}

#[tokio::test]
async fn life_of_a_group_is_asked_about_and_told() {
    let home = Home::new();
    let server = home.start().await;
    let backend = Judge::start(|told| Reply::code(i64::from(told.body["Name"] == "No"))).await;
    let (asked, made) = ("Group.CallbackBeforeCreateGroup", "Group.CallbackAfterCreateGroup");
    let (changed, left) = ("Group.CallbackAfterGroupInfoChanged", "Group.CallbackAfterMemberExit");
    let ended = "Group.CallbackAfterGroupDestroyed";
    hook(&home, &server, &backend, &[asked, made, changed, left, ended]).await;
    let mut alice = login(&home, &server, "alice").await;
    let new = |name: &str| json!({ "Type": "AVChatRoom", "GroupId": "tea", "Name": name });
    let create = format!("{GROUP}create_group");
    assert_eq!(alice.code(&create, new("No")).await, 10016);
    assert_eq!(alice.code(&create, new("Tea")).await, 0);
    let keys = ["Operator_Account", "Owner_Account", "Type", "Name"];
    let expected = [json!("alice"), json!("alice"), json!("AVChatRoom"), json!("Tea")];
    assert_eq!(of(&backend.call(asked, |told| told.body["Name"] == "Tea").await, &keys), expected);
    let told = backend.call(made, |_| true).await;
    assert_eq!(of(&told, &keys), expected);
    assert_eq!(told.body["GroupId"], "tea");

    assert_eq!(alice.join("tea").await, 0);
    let edit = json!({ "GroupId": "tea", "Notification": "at five" });
    assert_eq!(alice.code(&format!("{GROUP}modify_group_base_info"), edit).await, 0);
    let told = backend.call(changed, |_| true).await;
    assert_eq!(
        of(&told, &["Operator_Account", "Notification"]),
        [json!("alice"), json!("at five")]
    );
    assert_eq!(told.body.get("Name"), None, "only what changed is told");

    let mut bob = login(&home, &server, "bob").await;
    assert_eq!(bob.join("tea").await, 0);
    let ban = json!({ "GroupId": "tea", "Members_Account": ["bob"], "Duration": 60 });
    assert_eq!(alice.code(&format!("{GROUP}ban_group_member"), ban).await, 0);
    let told = backend.call(left, |_| true).await;
    assert_eq!(of(&told, &["ExitType", "Operator_Account"]), [json!("Kicked"), json!("alice")]);

    assert_eq!(alice.code(&format!("{GROUP}destroy_group"), json!({ "GroupId": "tea" })).await, 0);
    let told = backend.call(ended, |_| true).await;
    assert_eq!(
        of(&told, &["GroupId", "Owner_Account", "Name"]),
        [json!("tea"), json!("alice"), json!("Tea")]
    );
    assert_eq!(told.body["MemberList"], json!([{ "Member_Account": "alice" }]));
    assert_eq!(backend.calls(made).len(), 1, "what was refused was not made");
}

#[tokio::test]
async fn message_to_one_person_is_asked_about_and_told() {
    let home = Home::new();
    let server = home.start().await;
    let backend = Judge::start(|told| match told.text() {
        "refuse" => Reply::code(1),
        "swallow" => Reply::code(2),
        "own" => Reply::Json(
            json!({ "ActionStatus": "FAIL", "ErrorCode": 120_007, "ErrorInfo": "not now" }),
        ),
        "rewrite" => Reply::Json(json!({
            "ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": "",
            "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "written anew" } }],
        })),
        _ => Reply::code(0),
    })
    .await;
    let (before, after) = ("C2C.CallbackBeforeSendMsg", "C2C.CallbackAfterSendMsg");
    hook(&home, &server, &backend, &[before, after]).await;
    let mut alice = login(&home, &server, "alice").await;
    let mut bob = login(&home, &server, "bob").await;
    for (random, (text, code)) in
        [("refuse", 20006), ("own", 120_007), ("swallow", 0), ("rewrite", 0), ("last", 0)]
            .into_iter()
            .enumerate()
    {
        let message = json!({
            "To_Account": "bob", "MsgSeq": 1, "MsgRandom": random,
            "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": text } }],
        });
        assert_eq!(alice.code("openim.sendmsg", message).await, code, "{text}");
    }
    bob.hears("written anew").await;
    let last = bob.hears("last").await.to_string();
    assert!(!last.contains("swallow") && !bob.heard().contains("swallow"));
    let told = backend.call(after, |told| told.text() == "last").await;
    assert_eq!(of(&told, &["From_Account", "To_Account"]), [json!("alice"), json!("bob")]);
    assert_eq!(told.body["SendMsgResult"], 0);
    // They set out in order and may pass each other on the way.
    backend.count(after, 2).await;
    let mut texts: Vec<_> =
        backend.calls(after).iter().map(|told| told.text().to_owned()).collect();
    texts.sort();
    assert_eq!(texts, ["last", "written anew"]);
    assert_eq!(backend.calls(before).len(), 5);
}

/// Twenty seconds are the vendor's.
#[tokio::test]
async fn member_that_falls_silent_is_told_after_twenty_seconds_and_again_when_it_is_back() {
    let home = Home::new();
    let server = home.start().await;
    let backend = Judge::start(|_| Reply::code(0)).await;
    let state = "Group.CallbackOnMemberStateChange";
    let left = "Group.CallbackAfterMemberExit";
    hook(&home, &server, &backend, &[state, left]).await;
    let mut alice = login(&home, &server, "alice").await;
    assert_eq!(alice.join("main").await, 0);
    let a2 = alice.a2();
    let gone = std::time::Instant::now();
    drop(alice);
    let half = Duration::from_secs(10);
    // Nothing here waits as long as this silence.
    eventually("half of it", || async { (gone.elapsed() > half).then_some(()) }).await;
    let told = backend.call(state, |_| true).await;
    assert!(gone.elapsed() >= Duration::from_secs(19), "{:?}", gone.elapsed());
    let expected = [json!("main"), json!("Offline"), json!([{ "Member_Account": "alice" }])];
    assert_eq!(of(&told, &["GroupId", "EventType", "MemberList"]), expected);
    assert!(!told.query.contains_key("ClientIP") && !told.query.contains_key("OptPlatform"));
    let mut back = Sdk::open(server.addr, APP).await;
    back.resume(a2);
    assert_eq!(back.code("im_open_status.wshello", json!({})).await, 0);
    backend.call(state, |told| told.body["EventType"] == "Online").await;
    assert_eq!(backend.calls(left).len(), 0, "who falls silent has not left");
}
