//! Orders of staff inside custom messages: FAQ 2 and 3 of the seed without a
//! back end.

use crate::harness::{Api, Home, Sdk, Server, eventually};
use serde_json::{Value, json};

const FIRST: u32 = 1_400_000_001;
const GROUP: &str = "g1";

/// A group with its owner and a member in it.
async fn room(home: &Home, server: &Server) -> [Sdk; 2] {
    let key = home.secrets().secret_key;
    let mut owner = Sdk::login(server.addr, FIRST, &key, "owner").await;
    let mut bob = Sdk::login(server.addr, FIRST, &key, "bob").await;
    let make = json!({ "Type": "AVChatRoom", "Name": "Live", "GroupId": GROUP });
    assert_eq!(owner.code("group_open_http_svc.create_group", make).await, 0);
    for sdk in [&mut owner, &mut bob] {
        assert_eq!(sdk.join(GROUP).await, 0);
    }
    [owner, bob]
}

/// Sends an order as a custom message; everybody is to see it whatever it does.
async fn order(from: &mut Sdk, random: u32, order: Value) {
    let content = json!({ "Data": order.to_string(), "Desc": "", "Ext": "" });
    let body = json!({
        "GroupId": GROUP, "Random": random, "MsgPriority": "High",
        "MsgBody": [{ "MsgType": "TIMCustomElem", "MsgContent": content }],
    });
    assert_eq!(from.code("group_open_http_svc.send_group_msg", body).await, 0);
}

fn mute(account: &str, seconds: u32) -> Value {
    json!({ "cmd": "mute", "Members_Account": [account], "MuteTime": seconds })
}

#[tokio::test]
async fn faq_2_an_order_of_the_owner_mutes_and_one_of_a_member_is_only_a_message() {
    let home = Home::new();
    let server = home.start().await;
    let [mut owner, mut bob] = room(&home, &server).await;
    order(&mut bob, 1, mute("owner", 600)).await;
    owner.hears("Members_Account").await;
    assert_eq!(owner.say(GROUP, "I speak").await, 0);
    order(&mut owner, 2, mute("bob", 600)).await;
    assert_eq!(bob.say(GROUP, "I do not").await, 10017);
    bob.hears("ShutupTime").await;
    order(&mut owner, 3, mute("bob", 0)).await;
    assert_eq!(bob.say(GROUP, "I do again").await, 0);
}

#[tokio::test]
async fn faq_2_a_mute_by_order_outlives_a_restart() {
    let home = Home::new();
    let server = home.start().await;
    let [mut owner, _bob] = room(&home, &server).await;
    order(&mut owner, 1, mute("bob", 600)).await;
    let kept = || async {
        let mut sql = home.sql().await;
        let all = sqlx::query("SELECT 1 FROM mutes").fetch_all(&mut sql).await.expect("a table");
        (!all.is_empty()).then_some(())
    };
    eventually("the mute is written down", kept).await;
    server.kill();
    let server = home.start().await;
    let key = home.secrets().secret_key;
    let mut bob = Sdk::login(server.addr, FIRST, &key, "bob").await;
    assert_eq!(bob.join(GROUP).await, 0);
    assert_eq!(bob.say(GROUP, "x").await, 10017);
}

#[tokio::test]
async fn faq_3_an_order_to_leave_is_delivered_and_bans_if_the_host_wants_that() {
    let home = Home::new();
    let server = home.start().await;
    let [mut owner, mut bob] = room(&home, &server).await;
    let leave = json!({ "cmd": "kick", "Members_Account": ["bob"] });
    order(&mut owner, 1, leave.clone()).await;
    bob.hears("Members_Account").await;
    assert_eq!(bob.say(GROUP, "I am still here").await, 0);
    let settings = format!("/apps/{FIRST}/settings");
    let api = Api::new(server.addr, &home.secrets().host);
    let set = api.call("PUT", &settings, json!({ "instances": 1, "order_ban_s": 60 })).await;
    assert_eq!((&set["order_mutes"], &set["order_ban_s"]), (&json!(true), &json!(60)));
    order(&mut owner, 2, leave).await;
    bob.hears("BanDuration").await;
    assert_eq!(bob.say(GROUP, "I am out").await, 10007);
    assert_eq!(bob.join(GROUP).await, 10007);
    let quiet = json!({ "instances": 1, "order_mutes": false });
    api.call("PUT", &settings, quiet).await;
    let mut carol = Sdk::login(server.addr, FIRST, &home.secrets().secret_key, "carol").await;
    assert_eq!(carol.join(GROUP).await, 0);
    order(&mut owner, 3, mute("carol", 600)).await;
    assert_eq!(carol.say(GROUP, "the host switched it off").await, 0);
}
