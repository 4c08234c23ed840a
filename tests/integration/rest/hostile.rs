//! Bodies nobody should send: each is refused, and the server goes on.

use super::back_end::BackEnd;
use serde_json::json;

const SEND: &str = "group_open_http_svc/send_group_msg";

#[tokio::test]
async fn hostile_bodies_are_refused_and_nobody_else_notices() {
    let back_end = BackEnd::new().await;
    let mut viewer = back_end.server.guest().await;
    let query = back_end.query();
    let deep = |n: usize| format!("{}1{}", "[".repeat(n), "]".repeat(n));
    let text = r#"[{"MsgType":"TIMTextElem","MsgContent":{"Text":"x"}}]"#;
    let send = |rest: &str| format!(r#"{{"GroupId":"main","MsgBody":{text},{rest}}}"#);
    for (what, body, code) in [
        ("deep", deep(100_000), 60003),
        ("deep in a field", send(&format!(r#""Random":1,"More":{}"#, deep(5_000))), 60003),
        ("an open end", send(r#""Random":1"#).trim_end_matches('}').to_owned(), 60003),
        ("a number over all", send(r#""Random":1e999"#), 60003),
        ("a long number", send(&format!(r#""Random":{}"#, "9".repeat(10_000))), 60003),
        ("a number over 64 bits", send(r#""Random":18446744073709551616"#), 10004),
        ("a number over 32 bits", send(r#""Random":4294967296"#), 10004),
        ("a negative number", send(r#""Random":-1"#), 10004),
        ("a fraction", send(r#""Random":1.5"#), 10004),
        ("the same key twice", send(r#""Random":1,"Random":2"#), 10004),
        ("half a pair", send(r#""Random":1,"CloudCustomData":"\ud800""#), 60003),
        ("a bare NUL", send("\"Random\":1,\"CloudCustomData\":\"\0\""), 60003),
        ("two megabytes", send(&format!(r#""Random":1,"More":"{}""#, "x".repeat(2 << 20))), 60002),
        (
            "a megabyte of keys",
            {
                let keys: Vec<String> = (0..60_000).map(|n| format!(r#""k{n}":0"#)).collect();
                format!("{{{}}}", keys.join(","))
            },
            10004,
        ),
        ("a BOM", format!("\u{feff}{}", send(r#""Random":1"#)), 60003),
    ] {
        let answer = back_end.post(SEND, &query, body).await;
        assert_eq!(answer["ErrorCode"], code, "{what}: {answer}");
        assert!(answer["ErrorInfo"].as_str().is_some_and(|info| info.len() < 400), "{what}");
    }
    for bytes in [&b"\xff\xfe{}"[..], b"{\"GroupId\":\"\xc3\x28\"}", b"\0\0\0\0"] {
        let answer = back_end.post(SEND, &query, bytes.to_vec()).await;
        assert_eq!(answer["ErrorCode"], 60003, "{answer}");
    }
    back_end.done(SEND, serde_json::from_str(&send(r#""Random":1"#)).expect("JSON")).await;
    viewer.hear("x").await;
    back_end.done("group_open_http_svc/get_online_member_num", json!({"GroupId": "main"})).await;
}

#[tokio::test]
async fn text_that_looks_like_markup_or_code_is_only_text() {
    let back_end = BackEnd::new().await;
    let nasty = "<img src=x onerror=alert(1)>'\"; DROP TABLE--\u{202e}";
    back_end
        .done(
            "group_open_http_svc/modify_group_base_info",
            json!({
                "GroupId": "main", "Introduction": nasty,
            }),
        )
        .await;
    let info =
        back_end.done("group_open_http_svc/get_group_info", json!({"GroupIdList": ["main"]}));
    assert_eq!(info.await["GroupInfo"][0]["Introduction"], nasty);
}
