//! Messages from one account to one other, by SDK and by back end.

use crate::harness::{Api, Home, Sdk, Server, signed};
use serde_json::{Value, json};

const FIRST: u32 = 1_400_000_001;
const SEND: &str = "openim.sendmsg";

/// Somebody who logs in to the first app.
async fn login(home: &Home, server: &Server, user: &str) -> Sdk {
    Sdk::login(server.addr, FIRST, &home.secrets().secret_key, user).await
}

fn letter(to: &str, seq: u32, text: &str) -> Value {
    json!({
        "From_Account": "somebody else", "To_Account": to, "MsgSeq": seq, "MsgRandom": 77,
        "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": text } }],
        "MsgClientTime": 1_700_000_000, "CloudCustomData": "",
    })
}

/// What `openim.getmsg` has, as text, and who wrote how many.
async fn waiting(sdk: &mut Sdk, cookie: &str) -> (Vec<String>, Value) {
    let asked = json!({ "Cookie": cookie, "SyncFlag": 0, "IsOnlineSync": 0 });
    let answer = sdk.ask("openim.getmsg", asked).await;
    let list = answer["MsgList"].as_array().expect("a list").iter();
    let text = |m: &Value| m["MsgBody"][0]["MsgContent"]["Text"].as_str().map(str::to_owned);
    (list.filter_map(text).collect(), answer["C2CPairUnreadCount"].clone())
}

#[tokio::test]
async fn message_reaches_its_reader_once_however_often_it_is_sent() {
    let home = Home::new();
    let server = home.start().await;
    let mut alice = login(&home, &server, "alice").await;
    let mut bob = login(&home, &server, "bob").await;
    let first = alice.ask(SEND, letter("bob", 1, "psst")).await;
    let again = alice.ask(SEND, letter("bob", 1, "psst")).await;
    assert_eq!((&first["ErrorCode"], &first["MsgKey"]), (&json!(0), &again["MsgKey"]));
    assert_eq!(alice.code(SEND, letter("bob", 2, "next")).await, 0);
    let pushed = bob.hears("psst").await;
    let item = &pushed["body"]["EventArray"][0]["C2cMsgArray"][0];
    assert_eq!((&item["From_Account"], &item["To_Account"]), (&json!("alice"), &json!("bob")));
    assert_eq!((&item["MsgSeq"], &item["MsgRandom"]), (&json!(1), &json!(77)));
    assert_eq!(item["MsgClientTime"], 1_700_000_000);
    let next = bob.hears("\"Text\"").await.to_string();
    assert!(next.contains("next"), "told twice: {next}");
    assert!(!alice.heard().contains("psst"), "its sender has it already");
}

#[tokio::test]
async fn senders_other_instance_gets_it_with_the_accounts_swapped() {
    let home = Home::new();
    let server = home.start().await;
    let api = Api::new(server.addr, &home.secrets().host);
    api.call("PUT", &format!("/apps/{FIRST}/settings"), json!({ "instances": 2 })).await;
    let key = home.secrets().secret_key;
    let mut desk = Sdk::open_as(server.addr, FIRST, "desk").await;
    assert_eq!(desk.enter("alice", &signed(FIRST, &key, "alice")).await, 0);
    let mut phone = Sdk::open_as(server.addr, FIRST, "phone").await;
    assert_eq!(phone.enter("alice", &signed(FIRST, &key, "alice")).await, 0);
    let _bob = login(&home, &server, "bob").await;
    assert_eq!(desk.code(SEND, letter("bob", 1, "psst")).await, 0);
    let pushed = phone.hears("psst").await;
    let item = &pushed["body"]["EventArray"][0]["C2cMsgArray"][0];
    assert_eq!((&item["From_Account"], &item["To_Account"]), (&json!("bob"), &json!("alice")));
    assert_eq!(item["IsSyncMsg"], 1);
}

#[tokio::test]
async fn message_waits_over_a_restart_until_it_is_read() {
    let home = Home::new();
    let server = home.start().await;
    drop(login(&home, &server, "bob").await);
    let mut admin = login(&home, &server, "administrator").await;
    for (seq, text) in [(1, "one"), (2, "two")] {
        assert_eq!(admin.code(SEND, letter("bob", seq, text)).await, 0);
    }
    let mut fleeting = letter("bob", 3, "gone");
    fleeting["MsgLifeTime"] = json!(0);
    assert_eq!(admin.code(SEND, fleeting).await, 0);
    server.kill();
    let server = home.start().await;
    let mut bob = login(&home, &server, "bob").await;
    let unread = json!([{ "From_Account": "administrator", "UnreadCount": 2 }]);
    let two = vec!["one".to_owned(), "two".to_owned()];
    assert_eq!(waiting(&mut bob, "").await, (two, unread.clone()));
    assert_eq!(waiting(&mut bob, "1").await, (vec!["two".to_owned()], unread));
    let page = bob.ask("recentcontact.page_get", json!({})).await;
    let item = &page["SessionItem"][0];
    assert_eq!(
        (&item["To_Account"], &item["UnreadMsgCount"]),
        (&json!("administrator"), &json!(2))
    );
    let upto = item["MsgTimeStamp"].clone();
    let peer = json!([{ "To_Account": "administrator", "LastedMsgTime": upto }]);
    let read = json!({ "C2CMsgReaded": { "Cookie": "", "C2CMsgReadedItem": peer } });
    assert_eq!(bob.code("openim.msgreaded", read).await, 0);
    assert_eq!(waiting(&mut bob, "").await, (Vec::new(), json!([])));
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_with_the_vendors_numbers() {
    let home = Home::new();
    let server = home.start().await;
    let mut alice = login(&home, &server, "alice").await;
    assert_eq!(alice.code(SEND, letter("nobody", 1, "x")).await, 90012);
    assert_eq!(alice.code(SEND, letter("alice", 2, &"x".repeat(13_000))).await, 93000);
    let mut empty = letter("alice", 3, "x");
    empty["MsgBody"] = json!([]);
    assert_eq!(alice.code(SEND, empty).await, 90002);
    let mut guest = Sdk::open(server.addr, FIRST).await;
    assert_eq!(guest.code(SEND, letter("alice", 4, "x")).await, 10001);
    assert_eq!(guest.code("openim.getmsg", json!({})).await, 10001);
}
