//! Webhooks, delivery log, mapping and settings of an app, as the host sets them.

use crate::harness::{Api, Backend, Home, Sdk, eventually};
use serde_json::{Value, json};

const AFTER: &str = "Group.CallbackAfterSendMsg";

/// Webhooks that tell a back end of messages.
fn telling(url: &str, token: Option<&str>) -> Value {
    let mut hooks = json!({
        "url": url, "commands": [AFTER], "refuse_on_failure": false, "retry": false,
    });
    if let Some(token) = token {
        hooks["token"] = token.into();
    }
    hooks
}

#[tokio::test]
async fn webhooks_are_set_called_logged_and_told_again() {
    let home = Home::new();
    let mut server = home.start().await;
    let api = Api::new(server.addr, &home.secrets().host);
    let (app, backend) = (api.app("A").await, Backend::start().await);
    api.room(app.id, "salon").await;
    let (hooks, log) = (format!("/apps/{}/hooks", app.id), format!("/apps/{}/deliveries", app.id));
    let fresh = api.get(&hooks).await;
    assert_eq!((&fresh["url"], &fresh["has_token"]), (&Value::Null, &json!(false)));
    let set = api.call("PUT", &hooks, telling(&backend.url(), Some("hush-hush"))).await;
    assert_eq!((&set["commands"], &set["has_token"]), (&json!([AFTER]), &json!(true)));
    // Without a token in the request, the one there is stays.
    let set = api.call("PUT", &hooks, telling(&backend.url(), None)).await;
    assert_eq!(set["has_token"], true);

    let mut ann = Sdk::login(server.addr, app.id, &app.key, "ann").await;
    assert_eq!((ann.join("salon").await, ann.say("salon", "hello").await), (0, 0));
    let call = backend.called(AFTER, 1).await;
    assert!(
        call.target.contains("&Sign=") && call.target.contains(&app.id.to_string()),
        "{call:?}"
    );
    let done = eventually("it is in the log", || async {
        let rows = api.get(&log).await["deliveries"].clone();
        (rows[0]["state"] == "done").then_some(rows)
    })
    .await;
    assert_eq!(done.as_array().map(Vec::len), Some(1), "{done}");
    let body: Value = serde_json::from_str(done[0]["body"].as_str().expect("text")).expect("JSON");
    assert_eq!(body, call.body);
    assert!(!done.to_string().contains("Sign="), "a signature is made anew each time");

    // What happens in another app is not this back end's affair.
    let other = api.app("B").await;
    api.room(other.id, "salon").await;
    let mut bob = Sdk::login(server.addr, other.id, &other.key, "ann").await;
    assert_eq!((bob.join("salon").await, bob.say("salon", "for B only").await), (0, 0));
    bob.hears("for B only").await;

    let row = done[0]["row"].as_u64().expect("a number");
    api.call("POST", &format!("{log}/{row}/resend"), json!({})).await;
    assert_eq!(backend.called(AFTER, 2).await.body, call.body);
    let none = json!({ "token": null, "url": null, "commands": [], "refuse_on_failure": true, "retry": true });
    let bare = api.call("PUT", &hooks, none).await;
    assert_eq!((&bare["has_token"], &bare["refuse_on_failure"]), (&json!(false), &json!(true)));

    assert!(!format!("{:?}", backend.calls()).contains("for B only"));

    // A row of one app is none of another's.
    let theirs = format!("/apps/{}/deliveries", other.id);
    assert_eq!(api.get(&theirs).await["deliveries"], json!([]));
    for path in
        [format!("{theirs}/{row}/resend"), format!("{log}/x/resend"), format!("{log}/999/resend")]
    {
        assert_eq!(api.refused("POST", &path, json!({})).await, (404, 2303), "{path}");
    }
    let page = api.get(&format!("{log}?before={row}&limit=5")).await;
    assert_eq!(page["deliveries"], json!([]));
    assert_eq!(api.refused("GET", &format!("{log}?before=x"), json!({})).await, (400, 2001));
    assert!(server.terminate().success());
    assert!(!server.output().contains("hush-hush"), "the token was printed");
}

#[tokio::test]
async fn test_call_says_what_the_back_end_answered() {
    let home = Home::new();
    let server = home.start().await;
    let api = Api::new(server.addr, &home.secrets().host);
    let (app, backend) = (api.app("A").await, Backend::start().await);
    let hooks = format!("/apps/{}/hooks", app.id);
    let at = format!("{hooks}/test");
    let test = || api.call("POST", &at, json!({}));
    assert_eq!(test().await["ok"], false, "no address yet");
    api.call("PUT", &hooks, telling(&backend.url(), Some("hush"))).await;
    for (status, body, ok, note) in [
        (200, r#"{"ActionStatus":"OK","ErrorCode":0}"#, true, "let the message through"),
        (200, r#"{"ActionStatus":"OK","ErrorCode":2}"#, true, "drop"),
        (200, r#"{"ActionStatus":"FAIL","ErrorCode":10111,"ErrorInfo":"x"}"#, true, "10111"),
        (200, "<html>", false, "No answer"),
        (302, "", false, "302"),
    ] {
        backend.says(status, body);
        let said = test().await;
        assert!(said["note"].as_str().is_some_and(|said| said.contains(note)), "{said}");
        assert_eq!(said["ok"], ok, "{said}");
    }
    let call = backend.called("Group.CallbackBeforeSendMsg", 1).await;
    assert!(call.target.contains("Sign="), "{call:?}");
    let health = api.get(&hooks).await["health"].clone();
    assert_eq!(health["asking"]["failures"], 0, "a test counts as nothing");
}

#[tokio::test]
async fn webhooks_that_make_no_sense_are_refused() {
    let home = Home::new();
    let server = home.start().await;
    let api = Api::new(server.addr, &home.secrets().host);
    let app = api.app("A").await;
    let path = format!("/apps/{}/hooks", app.id);
    let with = |key: &str, value: Value| {
        let mut hooks = telling("http://127.0.0.1:9/", None);
        hooks[key] = value;
        hooks
    };
    for (body, expected) in [
        (with("url", json!("ftp://x/")), (400, 2308)),
        (with("url", json!("http://me:word@x/")), (400, 2308)),
        (with("commands", json!(["Group.Nothing"])), (400, 2308)),
        (with("token", json!("a b")), (400, 2308)),
        (with("retry", json!(1)), (400, 2001)),
        (with("tokens", json!("x")), (400, 2001)),
        (json!({ "url": null }), (400, 2001)),
    ] {
        assert_eq!(api.refused("PUT", &path, body.clone()).await, expected, "{body}");
    }
    assert_eq!(api.get(&path).await["url"], Value::Null);
}

#[tokio::test]
async fn mapping_is_tried_kept_and_in_force_at_once() {
    let home = Home::new();
    let mut server = home.start().await;
    let api = Api::new(server.addr, &home.secrets().host);
    let app = api.app("A").await;
    api.room(app.id, "salon").await;
    let path = format!("/apps/{}/mapping", app.id);
    let rules = json!({ "rules": [
        { "field": "/cmd", "equals": "zan", "becomes": "like", "count": "/n" },
        { "field": "/cmd", "equals": "say", "becomes": "comment", "text": "/msg" },
    ]});
    let trying = format!("{path}/try");
    let attempt = |data: &str| {
        let sample = json!({ "data": data, "mapping": rules });
        api.call("POST", &trying, sample)
    };
    assert_eq!(attempt(r#"{"cmd":"zan","n":7}"#).await["likes"], 7);
    let comment = attempt(r#"{"cmd":"say","msg":"hey"}"#).await;
    assert_eq!((&comment["becomes"], &comment["body"]["text"]), (&json!("comment"), &json!("hey")));
    assert_eq!(attempt("anything").await["becomes"], "custom");
    assert_eq!(api.get(&path).await, json!({ "rules": [] }), "trying keeps nothing");

    assert_eq!(api.call("PUT", &path, rules.clone()).await, rules);
    let mut ann = Sdk::login(server.addr, app.id, &app.key, "ann").await;
    assert_eq!(ann.join("salon").await, 0);
    assert_eq!(ann.custom("salon", r#"{"cmd":"say","msg":"mapped"}"#).await, 0);
    let room = format!("/apps/{}/rooms/salon", app.id);
    eventually("it is a comment", || async {
        let messages = api.get(&room).await["messages"].clone();
        (messages[0]["text"] == "mapped").then_some(())
    })
    .await;
    for bad in [
        json!({ "rules": [{ "field": "cmd", "equals": "x", "becomes": "like" }] }),
        json!({ "rules": [{ "field": "/cmd", "equals": "x", "becomes": "gift" }] }),
    ] {
        assert_eq!(api.refused("PUT", &path, bad).await, (400, 2308));
    }
    assert_eq!(api.refused("PUT", &path, json!({ "rule": [] })).await, (400, 2001));
    assert!(server.terminate().success());
    let server = home.start().await;
    let api = Api::new(server.addr, &home.secrets().host);
    assert_eq!(api.get(&path).await, rules);
}

#[tokio::test]
async fn logins_on_one_platform_are_as_many_as_the_app_allows() {
    let home = Home::new();
    let server = home.start().await;
    let api = Api::new(server.addr, &home.secrets().host);
    let app = api.app("A").await;
    let path = format!("/apps/{}/settings", app.id);
    assert_eq!(api.get(&path).await["instances"], 1);
    for bad in [0, 11] {
        assert_eq!(api.refused("PUT", &path, json!({ "instances": bad })).await, (400, 2308));
    }
    api.room(app.id, "salon").await;
    api.call("PUT", &path, json!({ "instances": 2 })).await;
    let mut first = Sdk::login(server.addr, app.id, &app.key, "ann").await;
    let mut second = Sdk::login(server.addr, app.id, &app.key, "ann").await;
    assert_eq!((first.join("salon").await, second.join("salon").await), (0, 0));
    api.call("PUT", &path, json!({ "instances": 1 })).await;
    let mut third = Sdk::login(server.addr, app.id, &app.key, "ann").await;
    assert_eq!(third.join("salon").await, 0);
    assert_ne!(first.join("salon").await, 0, "the oldest had to end");
}
