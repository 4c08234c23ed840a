//! SDKs without sockets, and several connections of one account.

use crate::harness::{Api, Client, Home, HttpSdk, Sdk, Server, signed, within};
use serde_json::{Value, json};

const POLL: &str = "group_open_long_polling_http_svc.get_msg";
const GUEST_POLL: &str = "group_open_long_polling_http_noauth_svc.get_msg";
const GUEST_JOIN: &str = "group_open_http_noauth_svc.apply_join_group";
const KICK: &str = "im_open_status.stat_forceoffline";
const HELLO: &str = "im_open_status.wshello";
const LOGIN: &str = "im_open_status.wslogin";

async fn start() -> (Home, Server) {
    let home = Home::new();
    let server = home.start().await;
    (home, server)
}

async fn socket(home: &Home, server: &Server, instance: &str) -> Sdk {
    Sdk::open_as(server.addr, home.secrets().sdkappid, instance).await
}

/// A socket of that instance, logged in with a usersig.
async fn login(home: &Home, server: &Server, instance: &str, user: &str) -> Sdk {
    let mut sdk = socket(home, server, instance).await;
    let secrets = home.secrets();
    let usersig = signed(secrets.sdkappid, &secrets.secret_key, user);
    assert_eq!(sdk.enter(user, &usersig).await, 0);
    sdk
}

async fn guest_key(sdk: &HttpSdk) -> Value {
    let joined = sdk.ask(GUEST_JOIN, json!({ "GroupId": "main" })).await;
    assert_eq!(joined["JoinedStatus"], "JoinedSuccess", "{joined}");
    joined["LongPollingKey"].clone()
}

#[tokio::test]
async fn page_of_any_origin_may_ask_with_a_post_and_with_nothing_else() {
    let (_home, server) = start().await;
    let http = reqwest::Client::new();
    let url = server.url("/v4/openim/login?apn=1");
    let asked =
        http.request(reqwest::Method::OPTIONS, &url).header("Origin", "https://elsewhere.example");
    let response = within("a preflight", asked.send()).await.expect("it answers");
    let header = |name: &str| response.headers()[name].to_str().expect("text").to_owned();
    assert_eq!(header("access-control-allow-origin"), "*");
    assert_eq!(header("access-control-allow-methods"), "POST");
    assert_eq!(header("access-control-allow-headers"), "X-Requested-With, Content-Type");
    let got = within("a GET", http.get(&url).send()).await.expect("it answers");
    assert_eq!(got.status(), 405);
    let other = within("a GET", http.get(server.url("/x4/openim/login")).send()).await;
    assert_eq!(other.expect("it answers").status(), 404);
}

#[tokio::test]
async fn request_without_the_marks_of_an_sdk_is_a_back_ends() {
    let (home, server) = start().await;
    let app = home.secrets().sdkappid;
    let path = format!("/v4/openim/login?sdkappid={app}&a2=undefined&random=7&contenttype=json");
    let asked = reqwest::Client::new().post(server.url(&path)).body("{}").send();
    let response = within("an answer", asked).await.expect("it answers");
    let answer: Value = within("a body", response.json()).await.expect("JSON");
    let code = answer["ErrorCode"].as_u64().expect("a number");
    assert!((60_000..61_000).contains(&code), "{answer}");
}

#[tokio::test]
async fn every_request_is_answered_whatever_is_in_it() {
    let (home, server) = start().await;
    let sdk = HttpSdk::new(&home, &server);
    let code = async |path: &str, query: &str, body: &str| {
        sdk.post(path, query, body).await["ErrorCode"].clone()
    };
    assert_eq!(code("v4/no/such", "", "{}").await, 10003);
    assert_eq!(code("v4/openim/authkey", "", "").await, 0);
    assert_eq!(code("v1/webim/accesslayer", "", "{}").await, 0);
    assert_eq!(code("v4/openim/authkey", "", "{").await, 10004);
    assert_eq!(code("v4/openim/authkey", "a2=forged.key", "{}").await, 70001);
    assert_eq!(code("v4/openim/longpolling", "a2=forged.key", "{}").await, 70001);
    assert_eq!(code("v4/openim/getlongpollingid", "", "{}").await, 10001);
    let long = format!("\"{}\"", "x".repeat(100 * 1024));
    assert_eq!(code("v4/openim/authkey", "", &long).await, 80002);
}

#[tokio::test]
async fn member_without_a_socket_speaks_and_hears_by_polling() {
    let (home, server) = start().await;
    let mut viewer: Client = server.viewer("Mika").await;
    let alice = HttpSdk::login(&home, &server, "alice").await;
    let joined = alice.join("main").await;
    assert_eq!(joined["JoinedStatus"], "JoinedSuccess", "{joined}");
    let (key, start) = (&joined["LongPollingKey"], joined["StartSeq"].as_u64().expect("a number"));
    viewer.say("from the page").await;
    alice.hear(POLL, key, start, "from the page").await;
    let sent = alice.say("main", "by post").await;
    assert_eq!(sent["ErrorCode"], 0, "{sent}");
    viewer.hear("by post").await;
    let item = alice.hear(POLL, key, start, "by post").await;
    assert_eq!((&item["MsgSeq"], &item["From_Account"]), (&sent["MsgSeq"], &json!("alice")));
    let left = alice.ask("group_open_http_svc.quit_group", json!({ "GroupId": "main" })).await;
    assert_eq!(left["ErrorCode"], 0);
    let body = json!({ "StartSeq": 1, "Key": key });
    assert_eq!(alice.ask(POLL, body).await["ErrorCode"], 10007);
}

#[tokio::test]
async fn member_without_a_socket_keeps_its_room_over_a_restart() {
    let (home, mut server) = start().await;
    let mut alice = HttpSdk::login(&home, &server, "alice").await;
    let joined = alice.join("main").await;
    server.terminate();
    let server = home.start().await;
    let a2 = std::mem::take(&mut alice.a2);
    alice = HttpSdk::new(&home, &server);
    alice.a2 = a2;
    let mut viewer: Client = server.viewer("Mika").await;
    assert_eq!(alice.ask("openim.getlongpollingid", json!({})).await["ErrorCode"], 0);
    viewer.say("after the restart").await;
    let start = joined["StartSeq"].as_u64().expect("a number");
    alice.hear(POLL, &joined["LongPollingKey"], start, "after the restart").await;
}

#[tokio::test]
async fn guests_without_sockets_are_counted_each_and_hear() {
    let (home, server) = start().await;
    let sdk = HttpSdk::new(&home, &server);
    let mut viewer: Client = server.viewer("Mika").await;
    viewer.say("before").await;
    let keys = [guest_key(&sdk).await, guest_key(&sdk).await];
    for key in &keys {
        sdk.hear(GUEST_POLL, key, 0, "before").await;
    }
    server.until_metric("surtitle_online", 3).await;
    assert_eq!(sdk.say("main", "as a guest").await["ErrorCode"], 10001);
}

#[tokio::test]
async fn poll_that_is_repeated_is_answered_twice() {
    let (home, server) = start().await;
    let sdk = HttpSdk::new(&home, &server);
    let key = guest_key(&sdk).await;
    let body = json!({ "StartSeq": 0, "Key": key });
    let (first, second) =
        tokio::join!(sdk.ask(GUEST_POLL, body.clone()), sdk.ask(GUEST_POLL, body));
    for answer in [first, second] {
        assert_eq!((&answer["ErrorCode"], &answer["Key"]), (&json!(0), &key), "{answer}");
    }
}

#[tokio::test]
async fn second_login_without_a_socket_ends_the_long_poll_of_the_first() {
    let (home, server) = start().await;
    let first = HttpSdk::login(&home, &server, "alice").await;
    first.join("main").await;
    let polling = first.clone();
    let poll = tokio::spawn(async move {
        let body = json!({ "Timeout": 60, "Cookie": { "NotifySeq": 0, "NoticeSeq": 0 } });
        polling.ask("openim.longpolling", body).await
    });
    let second = HttpSdk::login(&home, &server, "alice").await;
    let ended = within("the end of the poll", poll).await.expect("it is answered");
    assert_eq!(ended["ErrorCode"], 91101, "{ended}");
    assert_eq!(first.say("main", "from the first").await["ErrorCode"], 10001);
    assert_eq!(first.ask("openim.longpolling", json!({})).await["ErrorCode"], 91101);
    assert_eq!(second.join("main").await["ErrorCode"], 0);
    assert_eq!(second.say("main", "from the second").await["ErrorCode"], 0);
    assert_eq!(second.ask("openim.logout", json!({})).await["ErrorCode"], 0);
}

#[tokio::test]
async fn second_instance_ends_the_first_which_cannot_come_back() {
    let (home, server) = start().await;
    let mut first = login(&home, &server, "one", "alice").await;
    first.join("main").await;
    let mut second = login(&home, &server, "two", "alice").await;
    let kick = first.hears(KICK).await;
    let event = &kick["body"]["EventArray"][0];
    let notify = &event["C2cNotifyMsgArray"][0]["KickoutMsgNotify"];
    let platform = &notify["NewInstInfo"]["Platform"];
    assert_eq!((&notify["KickType"], platform), (&json!(1), &json!("Web")));
    second.join("main").await;
    second.say("main", "for the second").await;
    second.hears("for the second").await;
    let hello = first.ask(HELLO, json!({})).await;
    assert_eq!((&hello["ErrorCode"], &hello["KickType"]), (&json!(1002), &json!(1)));
    assert_eq!(first.say("main", "still here").await, 10001, "not 70001: its usersig is good");
    assert!(!first.heard().contains("for the second"));
    let mut again = socket(&home, &server, "one").await;
    again.resume(first.a2());
    assert_eq!(again.code(LOGIN, json!({})).await, 1002);
    assert_eq!(second.say("main", "the second stays").await, 0);
}

#[tokio::test]
async fn new_socket_of_an_instance_replaces_the_old_one_and_keeps_its_room_and_key() {
    let (home, server) = start().await;
    let mut viewer: Client = server.viewer("Mika").await;
    let mut old = login(&home, &server, "one", "alice").await;
    old.join("main").await;
    for by_usersig in [false, true] {
        let mut new = if by_usersig {
            login(&home, &server, "one", "alice").await
        } else {
            let mut new = socket(&home, &server, "one").await;
            new.resume(old.a2());
            let answer = new.ask(LOGIN, json!({})).await;
            assert_eq!(answer["A2Key"], old.a2(), "the same key");
            new
        };
        old.ended().await;
        assert!(!old.heard().contains(KICK), "replaced, not kicked");
        let text = format!("to the new socket, by usersig: {by_usersig}");
        viewer.say(&text).await;
        new.hears(&text).await;
        new.resume(old.a2());
        assert_eq!(new.code(HELLO, json!({})).await, 0, "the old key goes on");
        old = new;
    }
}

#[tokio::test]
async fn login_without_a_socket_polls_on_over_one() {
    let (home, server) = start().await;
    let mut viewer: Client = server.viewer("Mika").await;
    let alice = HttpSdk::login(&home, &server, "alice").await;
    let joined = alice.join("main").await;
    let mut socket = socket(&home, &server, "one").await;
    socket.resume(alice.a2);
    viewer.say("over either").await;
    within("a poll over a socket", async {
        loop {
            let body = json!({ "StartSeq": joined["StartSeq"], "Key": joined["LongPollingKey"] });
            let answer = socket.ask(POLL, body).await;
            assert_eq!(answer["ErrorCode"], 0, "{answer}");
            if answer["RspMsgList"].to_string().contains("over either") {
                break;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn one_login_is_in_several_rooms_over_a_lost_socket_and_quits_them_one_by_one() {
    let (home, server) = start().await;
    let app = home.secrets().sdkappid;
    Api::new(server.addr, &home.secrets().host).room(app, "side").await;
    let mut alice = login(&home, &server, "one", "alice").await;
    let mut bob = login(&home, &server, "two", "bob").await;
    for room in ["main", "side"] {
        assert_eq!((alice.join(room).await, bob.join(room).await), (0, 0));
    }
    let mut again = socket(&home, &server, "one").await;
    again.resume(alice.a2());
    assert_eq!(again.code(LOGIN, json!({})).await, 0);
    for room in ["main", "side"] {
        let text = format!("in {room}");
        assert_eq!(bob.say(room, &text).await, 0);
        assert_eq!(again.hears(&text).await["head"]["servcmd"], "im_open_push.msg_push");
    }
    let quit = json!({ "GroupId": "main" });
    for _ in 0..2 {
        let code = again.code("group_open_http_svc.quit_group", quit.clone()).await;
        assert_eq!(code, 0, "who is out is out");
    }
    assert_eq!(again.code("group_open_http_svc.quit_group", json!({ "GroupId": "x" })).await, 0);
    assert_eq!(again.say("main", "from outside").await, 10007);
    assert_eq!(again.say("side", "still inside").await, 0);
    bob.hears("still inside").await;
}
