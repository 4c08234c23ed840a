//! The HTTP side of a call: who may, how, and how often.

use super::back_end::{ADMIN, APP, BackEnd, signed};
use crate::harness::{http, within};
use serde_json::{Value, json};
use surtitle_tim::usersig::{Claims, sign};

const LIST: &str = "group_open_http_svc/get_group_info";

#[tokio::test]
async fn frame_is_checked_in_its_written_order() {
    let back_end = BackEnd::new().await;
    let good = back_end.query();
    let usersig = back_end.usersig(ADMIN);
    let foreign = signed("another key", APP, ADMIN);
    let elsewhere = signed(&back_end.home.secrets().secret_key, APP + 1, ADMIN);
    let claims =
        Claims { user: ADMIN.into(), app: APP, time: 1_700_000_000, life: 9, userbuf: None };
    let old = sign(&back_end.home.secrets().secret_key, &claims);
    let member = back_end.usersig("alice");
    let q =
        |app: &str, who: &str, sig: &str| format!("sdkappid={app}&identifier={who}&usersig={sig}");
    let app = APP.to_string();
    for (path, query, body, code) in [
        ("nothing/get_group_info", String::new(), "", 60009),
        ("group_open_http_svc/nothing", String::new(), "", 60009),
        (LIST, String::new(), "", 60012),
        (LIST, q("", ADMIN, &usersig), "", 60012),
        (LIST, q("abc", "", ""), "", 60006),
        (LIST, q("-1", ADMIN, &usersig), "{}", 60006),
        (LIST, q("99999999999", ADMIN, &usersig), "{}", 60006),
        (LIST, q("1400000002", ADMIN, &usersig), "{}", 60006),
        (LIST, q(&app, "", &usersig), "", 60004),
        (LIST, q(&app, ADMIN, ""), "", 60004),
        (LIST, format!("{}&random=-1", q(&app, ADMIN, "x")), "", 60002),
        (LIST, format!("{}&random=4294967296", q(&app, ADMIN, &usersig)), "", 60002),
        (LIST, format!("{}&contenttype=xml", q(&app, ADMIN, &usersig)), "", 60002),
        (LIST, q(&app, ADMIN, "x"), "", 70003),
        (LIST, q(&app, ADMIN, &foreign), "", 70009),
        (LIST, q(&app, ADMIN, &elsewhere), "", 70014),
        (LIST, q(&app, ADMIN, &old), "", 70001),
        (LIST, q(&app, ADMIN, &member), "", 70013),
        (LIST, q(&app, "alice", &member), "", 60010),
        (LIST, q(&app, "Administrator", &back_end.usersig("Administrator")), "{}", 60010),
        (LIST, good.clone(), "", 60003),
        (LIST, good.clone(), "[]", 60003),
        (LIST, good.clone(), "{}", 10004),
        (LIST, q(&app, ADMIN, &usersig), r#"{"GroupIdList":["main"]}"#, 0),
        (LIST, good, r#"{"GroupIdList":["main"]}"#, 0),
    ] {
        let answer = back_end.post(path, &query, body).await;
        assert_eq!(answer["ErrorCode"], code, "{path}?{query} {body}: {answer}");
        assert!(!answer.to_string().contains(&usersig), "no answer repeats a signature");
    }
    assert!(!back_end.server.output().contains(&usersig), "no log has a signature");
}

#[tokio::test]
async fn every_answer_has_cors_and_other_methods_are_405() {
    let back_end = BackEnd::new().await;
    let addr = back_end.server.addr;
    let host = [("Host", "localhost"), ("Origin", "https://shop.example")];
    for method in ["GET", "PUT", "DELETE", "PATCH", "QUERY"] {
        let answer = http(addr, &format!("{method} /v4/{LIST}?{}", back_end.query()), &host).await;
        assert!(answer.starts_with("HTTP/1.1 405 "), "{method}: {answer}");
        assert!(answer.contains("allow: POST"), "{method}: {answer}");
        let body = answer.split("\r\n\r\n").nth(1).expect("a body");
        let body: Value = serde_json::from_str(body).unwrap_or_else(|_| panic!("{method}: {body}"));
        assert_eq!((&body["ActionStatus"], &body["ErrorCode"]), (&json!("FAIL"), &json!(60002)));
    }
    let preflight = http(addr, &format!("OPTIONS /v4/{LIST}"), &host).await;
    assert!(preflight.starts_with("HTTP/1.1 204 "), "{preflight}");
    let client = reqwest::Client::new();
    let url = back_end.server.url(&format!("/v4/{LIST}?{}", back_end.query()));
    let good = within("it", client.post(url).body("{}").send()).await.expect("it answers");
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-methods", "POST"),
        ("access-control-allow-headers", "X-Requested-With"),
    ] {
        assert_eq!(good.headers().get(name).expect("a header"), value);
        assert!(preflight.contains(name), "{preflight}");
    }
    assert_eq!(good.headers()["content-type"], "application/json");
}

#[tokio::test]
async fn calls_over_the_rate_are_refused_and_a_command_does_not_starve_another() {
    let back_end = BackEnd::new().await;
    let list = "group_open_http_svc/get_appid_group_list";
    back_end.done(list, json!({})).await;
    assert_eq!(back_end.refused(list, json!({})).await, 60007);

    let mut codes = std::collections::BTreeMap::new();
    let online = "group_open_http_svc/get_online_member_num";
    let query = back_end.query();
    let calls = (0..300).map(|_| back_end.post(online, &query, r#"{"GroupId":"main"}"#));
    for answer in futures_util::future::join_all(calls).await {
        *codes.entry(answer["ErrorCode"].as_u64().expect("a code")).or_insert(0) += 1;
    }
    let (good, over) =
        (codes.get(&0).copied().unwrap_or(0), codes.get(&60007).copied().unwrap_or(0));
    assert!(good >= 200 && over > 0 && good + over == 300, "{codes:?}");
    back_end.done("group_open_http_svc/get_group_counter", json!({"GroupId": "main"})).await;
}

#[tokio::test]
async fn kick_withdraws_what_was_signed_before() {
    let back_end = BackEnd::new().await;
    back_end.done("im_open_login_svc/kick", json!({"UserID": ADMIN})).await;
    assert_eq!(back_end.refused(LIST, json!({"GroupIdList": ["main"]})).await, 70001);
    let back_end = back_end.restarted().await;
    assert_eq!(back_end.refused(LIST, json!({"GroupIdList": ["main"]})).await, 70001);
}

#[tokio::test]
async fn description_is_served_to_everybody() {
    let back_end = BackEnd::new().await;
    let served: Value =
        serde_json::from_str(&back_end.server.get("/v4/openapi.json").await).expect("JSON");
    assert_eq!(served["openapi"], "3.1.0");
    assert!(served["paths"]["/v4/group_open_http_svc/create_group"]["post"].is_object());
}
