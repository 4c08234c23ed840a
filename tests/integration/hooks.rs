//! The back end of an app: what it is asked, what it is told, and that a bad
//! one harms nobody.

use crate::harness::{Api, Home, Judge, Reply, Sdk, Server, Told, signed, within};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::time::{Duration, Instant};

const APP: u32 = 1_400_000_001;
const BEFORE: &str = "Group.CallbackBeforeSendMsg";
const AFTER: &str = "Group.CallbackAfterSendMsg";
const EXCEPTION: &str = "Group.CallbackSendMsgException";
const JOINED: &str = "Group.CallbackAfterNewMemberJoin";
const EXIT: &str = "Group.CallbackAfterMemberExit";
/// Longest a question takes, and what a busy machine may add.
const PATIENCE: Duration = Duration::from_millis(2_000 + 2_500);

/// Points the first app at a back end.
async fn hook(home: &Home, server: &Server, url: &str, commands: &[&str], more: Value) {
    let api = Api::new(server.addr, &home.secrets().host);
    let mut config = json!({
        "url": url, "commands": commands, "refuse_on_failure": false, "retry": true,
    });
    for (key, value) in more.as_object().expect("members") {
        config[key] = value.clone();
    }
    api.call("PUT", &format!("/apps/{APP}/hooks"), config).await;
}

async fn member(home: &Home, server: &Server, user: &str) -> Sdk {
    let mut sdk = Sdk::login(server.addr, APP, &home.secrets().secret_key, user).await;
    assert_eq!(sdk.join("main").await, 0);
    sdk
}

fn word(told: &Told) -> Reply {
    match told.text() {
        "refuse" => Reply::code(1),
        "swallow" => Reply::code(2),
        "own" => Reply::Json(json!({
            "ActionStatus": "FAIL", "ErrorCode": 10123, "ErrorInfo": "先充值\u{7}",
        })),
        "rewrite" => Reply::Json(json!({
            "ActionStatus": "OK", "ErrorCode": 0, "ErrorInfo": "",
            "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": { "Text": "written anew" } }],
            "CloudCustomData": "level 7",
        })),
        _ => Reply::code(0),
    }
}

#[tokio::test]
async fn message_is_asked_about_then_delivered_then_told_and_every_call_is_signed() {
    let (home, backend) = (Home::new(), Judge::start(word).await);
    let server = home.start().await;
    hook(&home, &server, backend.url(), &[BEFORE, AFTER], json!({ "token": "hush" })).await;
    let mut alice = member(&home, &server, "alice").await;
    let mut viewer = server.guest().await;
    assert_eq!(alice.say("main", "hello").await, 0);
    viewer.hear("hello").await;
    let before = backend.call(BEFORE, |told| told.text() == "hello").await;
    let after = backend.call(AFTER, |told| told.text() == "hello").await;
    assert_eq!(backend.commands(), [BEFORE, AFTER]);
    for told in [&before, &after] {
        assert_eq!(told.body["CallbackCommand"], told.command);
        assert_eq!(told.body["GroupId"], "main");
        assert_eq!(told.body["From_Account"], "alice");
        assert_eq!(told.body["Type"], "AVChatRoom");
        assert_eq!(told.query["SdkAppid"], APP.to_string());
        assert_eq!(told.query["OptPlatform"], "Web");
        assert_eq!(told.query["ClientIP"], "127.0.0.1");
        let signed = Sha256::digest(format!("hush{}", told.query["RequestTime"]));
        let hex: String = signed.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(told.query["Sign"], hex);
    }
    assert!(before.body.get("MsgSeq").is_none());
    assert!(after.body["MsgSeq"].as_u64().is_some_and(|seq| seq > 0), "{:?}", after.body);
    assert!(!server.output().contains("hush"), "the token is in no log");
}

#[tokio::test]
async fn back_end_refuses_swallows_and_rewrites_for_sdks_and_pages_alike() {
    let (home, backend) = (Home::new(), Judge::start(word).await);
    let server = home.start().await;
    hook(&home, &server, backend.url(), &[BEFORE, AFTER], json!({})).await;
    let mut alice = member(&home, &server, "alice").await;
    let mut bob = member(&home, &server, "bob").await;
    let mut page = server.viewer("Mika").await;
    let refused = say(&mut alice, "own").await;
    assert_eq!((&refused["ErrorCode"], &refused["ErrorInfo"]), (&json!(10123), &json!("先充值")));
    assert_eq!(alice.say("main", "refuse").await, 10016);
    assert_eq!(alice.say("main", "swallow").await, 0, "its sender sees success");
    assert_eq!(alice.say("main", "rewrite").await, 0);
    let pushed = bob.hears("written anew").await.to_string();
    assert!(pushed.contains(r#""CloudCustomData":"level 7""#), "{pushed}");
    assert!(!pushed.contains("swallow"));
    page.hear("written anew").await;
    let body = |text: &str| surtitle_core::wire::Body::Comment { text: text.into() };
    let number = page.send(body("refuse")).await;
    assert_eq!(page.refused(number).await, 2105);
    page.say("swallow").await;
    page.say("rewrite").await;
    bob.hears("written anew").await;
    page.say("last").await;
    bob.hears("last").await;
    assert!(!bob.heard().contains("swallow"));
    let after: Vec<_> = backend.calls(AFTER).iter().map(|t| t.text().to_owned()).collect();
    assert!(!after.iter().any(|text| ["refuse", "swallow", "own"].contains(&text.as_str())));
}

#[tokio::test]
async fn coming_going_muting_and_logging_in_are_told() {
    let (home, backend) = (Home::new(), Judge::start(word).await);
    let server = home.start().await;
    let commands = [JOINED, EXIT, EXCEPTION, "State.StateChange"];
    hook(&home, &server, backend.url(), &commands, json!({})).await;
    let mut alice = member(&home, &server, "alice").await;
    let login = backend.call("State.StateChange", |_| true).await;
    assert_eq!(login.body["Info"]["Action"], "Login");
    assert_eq!(login.body["Info"]["To_Account"], "alice");
    let joined = backend.call(JOINED, |_| true).await;
    assert_eq!(joined.body["NewMemberList"], json!([{ "Member_Account": "alice" }]));
    assert_eq!(joined.body["JoinType"], "Apply");
    let mute = surtitle_core::wire::HostCommand::Mute { user: "alice".into(), seconds: 60 };
    server.bearer(&home.secrets().host).await.command(mute).await.expect("muted");
    assert_eq!(alice.say("main", "hm").await, 10017);
    let told = backend.call(EXCEPTION, |told| told.text() == "hm").await;
    assert_eq!(told.body["ErrorCode"], 10017);
    let quit = json!({ "GroupId": "main" });
    assert_eq!(alice.code("group_open_http_svc.quit_group", quit).await, 0);
    let left = backend.call(EXIT, |_| true).await;
    assert_eq!(left.body["ExitType"], "Quit");
    assert_eq!(left.query["OptPlatform"], "Web");
    assert_eq!(left.body["ExitMemberList"], json!([{ "Member_Account": "alice" }]));
}

#[tokio::test]
async fn faq_4_a_quit_on_one_platform_is_told_though_the_other_stays() {
    let (home, backend) = (Home::new(), Judge::start(word).await);
    let server = home.start().await;
    hook(&home, &server, backend.url(), &[EXIT], json!({})).await;
    let key = home.secrets().secret_key;
    let mut web = member(&home, &server, "alice").await;
    let mut mini = Sdk::open_on(server.addr, APP, "m", 8).await;
    assert_eq!(mini.enter("alice", &signed(APP, &key, "alice")).await, 0);
    assert_eq!(mini.join("main").await, 0);
    let quit = json!({ "GroupId": "main" });
    assert_eq!(mini.code("group_open_http_svc.quit_group", quit.clone()).await, 0);
    let left = backend.call(EXIT, |_| true).await;
    assert_eq!((&left.body["ExitType"], &*left.query["OptPlatform"]), (&json!("Quit"), "Web"));
    assert_eq!(web.say("main", "still here").await, 0);
    assert_eq!(mini.say("main", "not any more").await, 10007);
    assert_eq!(web.code("group_open_http_svc.quit_group", quit).await, 0);
    backend.count(EXIT, 2).await;
}

#[tokio::test]
async fn join_may_be_refused() {
    let home = Home::new();
    let server = home.start().await;
    let backend =
        Judge::start(|told| Reply::code(i64::from(told.body["Requestor_Account"] == "mallory")))
            .await;
    let before = "Group.CallbackBeforeApplyJoinGroup";
    hook(&home, &server, backend.url(), &[before], json!({})).await;
    member(&home, &server, "alice").await;
    let key = home.secrets().secret_key;
    let mut mallory = Sdk::login(server.addr, APP, &key, "mallory").await;
    assert_eq!(mallory.join("main").await, 10016);
    assert_eq!(mallory.say("main", "hi").await, 10007);
}

#[tokio::test]
async fn bad_back_end_costs_a_room_its_timeout_at_most_and_then_nothing() {
    for bad in [
        Reply::Never,
        Reply::Raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{"),
        Reply::Raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n<html"),
        Reply::Raw(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        ),
        Reply::Raw("\u{0}\u{1}nonsense"),
    ] {
        let home = Home::new();
        let server = home.start().await;
        let answer = bad.clone();
        let backend = Judge::start(move |_| answer.clone()).await;
        hook(&home, &server, backend.url(), &[BEFORE, AFTER], json!({})).await;
        let (mut alice, mut bob) =
            (member(&home, &server, "alice").await, member(&home, &server, "bob").await);
        // The first five are the breaker's lesson; they are asked side by side.
        let start = Instant::now();
        let mut page = server.viewer("Mika").await;
        let body = |n| surtitle_core::wire::Body::Comment { text: format!("line {n}") };
        for n in 0..5 {
            page.send(body(n)).await;
        }
        assert_eq!(alice.say("main", "first").await, 0, "{bad:?}");
        bob.hears("line 4").await;
        assert!(start.elapsed() < PATIENCE, "{bad:?}: {:?}", start.elapsed());
        for n in 0..20 {
            assert_eq!(alice.say("main", &format!("later {n}")).await, 0);
        }
        bob.hears("later 19").await;
        assert!(start.elapsed() < PATIENCE + PATIENCE, "{bad:?}: {:?}", start.elapsed());
    }
}

#[tokio::test]
async fn policy_may_refuse_what_nobody_answered_for() {
    let (home, backend) = (Home::new(), Judge::start(|_| Reply::code(77)).await);
    let server = home.start().await;
    hook(&home, &server, backend.url(), &[BEFORE], json!({ "refuse_on_failure": true })).await;
    let mut alice = member(&home, &server, "alice").await;
    assert_eq!(alice.say("main", "hm").await, 80003);
}

#[tokio::test]
async fn what_a_dead_back_end_missed_survives_a_kill_and_is_told_in_order() {
    let home = Home::new();
    let kept = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("http://{}/hook", kept.local_addr().expect("bound"));
    drop(kept);
    let server = home.start().await;
    hook(&home, &server, &url, &[AFTER], json!({})).await;
    let mut alice = member(&home, &server, "alice").await;
    for n in 0..10 {
        assert_eq!(alice.say("main", &format!("line {n}")).await, 0);
    }
    are_kept(&home, &server, 10).await;
    server.kill();
    let port = url.strip_prefix("http://").and_then(|u| u.strip_suffix("/hook")).expect("ours");
    let listener = tokio::net::TcpListener::bind(port).await.expect("nobody took it");
    let backend = Judge::on(listener, word);
    let _server = home.start().await;
    within("all of it is told", backend.count(AFTER, 10)).await;
    let mut texts: Vec<_> = backend.calls(AFTER).iter().map(|t| t.text().to_owned()).collect();
    texts.dedup();
    texts.sort();
    texts.dedup();
    assert_eq!(texts, (0..10).map(|n| format!("line {n}")).collect::<Vec<_>>());
}

/// Waits until so many calls are on disk.
async fn are_kept(home: &Home, server: &Server, count: usize) {
    let api = Api::new(server.addr, &home.secrets().host);
    crate::harness::eventually("calls are on disk", || async {
        let found = api.get(&format!("/apps/{APP}/deliveries")).await;
        (found["deliveries"].as_array()?.len() == count).then_some(())
    })
    .await;
}

async fn say(sdk: &mut Sdk, text: &str) -> Value {
    let content = json!({ "Text": text });
    let body = json!({
        "GroupId": "main",
        "Random": 4_000_000_000_u32,
        "MsgBody": [{ "MsgType": "TIMTextElem", "MsgContent": content }],
    });
    sdk.ask("group_open_http_svc.send_group_msg", body).await
}
