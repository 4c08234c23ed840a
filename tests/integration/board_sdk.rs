//! The board, read and drawn on by members with the vendor's SDK.

use crate::harness::{Home, Sdk, Server};
use serde_json::{Value, json};
use std::time::Duration;
use surtitle_core::UserId;
use surtitle_core::wire::{BoardOrder, HostCommand};

const FIRST: u32 = 1_400_000_001;

/// A member of the room.
async fn member(home: &Home, server: &Server, user: &str) -> Sdk {
    let mut sdk = Sdk::login(server.addr, FIRST, &home.secrets().secret_key, user).await;
    let body = json!({ "GroupId": "main" });
    assert_eq!(sdk.code("group_open_http_svc.apply_join_group", body).await, 0);
    sdk
}

/// Asks something of the board by a custom message; the code.
async fn ask(sdk: &mut Sdk, random: u32, words: &str) -> u64 {
    let data = format!(r#"{{"businessID":"surtitle_board",{words}}}"#);
    let body = json!({
        "GroupId": "main", "Random": random,
        "MsgBody": [{ "MsgType": "TIMCustomElem", "MsgContent": { "Data": data } }],
    });
    sdk.code("group_open_http_svc.send_group_msg", body).await
}

fn stroke(x: u32) -> String {
    let brush = r#""brush":{"page":1,"tool":"pen","colour":255,"width":60}"#;
    format!(r#""ask":"stroke",{brush},"points":[[{x},10,0],[{x},900,0]]"#)
}

/// The words of the next notice of the board.
async fn notice(sdk: &mut Sdk) -> Value {
    let frame = sdk.hears("surtitle_board").await;
    let notice = &frame["body"]["EventArray"][0]["GroupTips"][0]["MsgBody"];
    let words = notice["UserDefinedField"].as_str().expect("a notice");
    serde_json::from_str::<Value>(words).expect("JSON")["words"].clone()
}

/// Reads on until it heard of that many strokes; how many notices that took.
async fn strokes(sdk: &mut Sdk, many: usize) -> usize {
    let (mut strokes, mut notices) = (0, 0);
    while strokes < many {
        let words = notice(sdk).await;
        let entries = words.as_array().expect("words").iter();
        strokes += entries.filter(|word| word["entry"]["kind"] == "stroke").count();
        notices += 1;
    }
    notices
}

fn order(order: BoardOrder) -> HostCommand {
    HostCommand::Board { order }
}

fn pen(user: &str, on: bool) -> HostCommand {
    order(BoardOrder::Pen { user: UserId(user.into()), nick: user.into(), on })
}

#[tokio::test]
async fn strokes_of_a_member_are_gathered_into_few_notices_and_outlive_a_kill() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = server.bearer(&home.secrets().host).await;
    let mut alice = member(&home, &server, "alice").await;
    let mut bob = member(&home, &server, "bob").await;
    assert_eq!(ask(&mut bob, 1, r#""ask":"open""#).await, 0);
    assert_eq!(notice(&mut bob).await[0]["say"], "opened");
    assert_eq!(ask(&mut alice, 2, &stroke(5)).await, 122_140);
    assert_eq!(host.command(pen("alice", true)).await, Ok(()));
    for n in 0..40 {
        assert_eq!(ask(&mut alice, 10 + n, &stroke(n)).await, 0);
    }
    let notices = strokes(&mut bob, 40).await;
    assert!(notices < 40, "{notices} notices");
    server.kill();
    let server = home.start().await;
    let mut carol = member(&home, &server, "carol").await;
    let mut read = Vec::new();
    let mut after = json!(0);
    while !after.is_null() {
        let more = format!(r#""ask":"more","page":1,"after":{after}"#);
        assert_eq!(ask(&mut carol, 90, &more).await, 0);
        let piece = notice(&mut carol).await[0].clone();
        read.extend(piece["strokes"].as_array().expect("strokes").clone());
        after = piece["next"].clone();
    }
    assert_eq!(read.len(), 40);
}

#[tokio::test]
async fn who_is_removed_neither_reads_nor_draws_any_more() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = server.bearer(&home.secrets().host).await;
    let mut alice = member(&home, &server, "alice").await;
    let mut bob = member(&home, &server, "bob").await;
    for sdk in [&mut alice, &mut bob] {
        assert_eq!(ask(sdk, 1, r#""ask":"open""#).await, 0);
        assert_eq!(notice(sdk).await[0]["say"], "opened");
    }
    for user in ["alice", "bob"] {
        assert_eq!(host.command(pen(user, true)).await, Ok(()));
    }
    assert_eq!(ask(&mut alice, 2, &stroke(5)).await, 0);
    assert_eq!(ask(&mut bob, 3, &stroke(6)).await, 0);
    let forget = order(BoardOrder::Forget { user: UserId("alice".into()) });
    assert_eq!(host.command(forget).await, Ok(()));
    assert_eq!(ask(&mut alice, 4, &stroke(7)).await, 122_140, "the pen is gone");
    let left = json!({ "GroupId": "main" });
    assert_eq!(alice.code("group_open_http_svc.quit_group", left).await, 0);
    assert_ne!(ask(&mut alice, 5, r#""ask":"open""#).await, 0);
    while alice.next_push(Duration::ZERO).await.is_some() {}
    assert_eq!(ask(&mut bob, 6, &stroke(8)).await, 0);
    strokes(&mut bob, 3).await;
    assert!(!alice.heard().contains("surtitle_board"));
    let everyone = order(BoardOrder::Allow { helpers: true, everyone: true });
    assert_eq!(host.command(everyone).await, Ok(()));
    assert_eq!(ask(&mut alice, 7, &stroke(9)).await, 10_007);
    for odd in [r#""ask":"fly""#, r#""ask":"stroke""#, r#""ask":"more","page":9,"after":0"#] {
        assert_ne!(ask(&mut bob, 8, odd).await, 0, "{odd}");
    }
    assert_eq!(ask(&mut bob, 9, &stroke(9)).await, 0);
}
