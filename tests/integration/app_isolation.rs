//! That no app is anything to another.

use crate::harness::{Api, Home, Sdk, Server, signed};
use serde_json::{Value, json};

/// SDKAppID of the configured app.
const FIRST: u32 = 1_400_000_001;

fn host(home: &Home, server: &Server) -> Api {
    Api::new(server.addr, &home.secrets().host)
}

#[tokio::test]
async fn same_names_in_two_apps_do_not_meet() {
    let home = Home::new();
    let server = home.start().await;
    let api = host(&home, &server);
    let (a, b) = (api.app("A").await, api.app("B").await);
    for app in [&a, &b] {
        // The very id of the first app's room, too.
        api.room(app.id, "main").await;
    }
    let mut ann = Sdk::login(server.addr, a.id, &a.key, "ann").await;
    let mut other = Sdk::login(server.addr, b.id, &b.key, "ann").await;
    let mut page = server.viewer("Ann").await;
    assert_eq!((ann.join("main").await, other.join("main").await), (0, 0));
    assert_eq!(ann.say("main", "only for A").await, 0);
    ann.hears("only for A").await;
    assert_eq!(other.say("main", "only for B").await, 0);
    other.hears("only for B").await;
    page.say("only for our pages").await;
    page.hear("only for our pages").await;
    let look = |app: u32| {
        let api = &api;
        async move { api.get(&format!("/apps/{app}/rooms/main")).await }
    };
    for (app, own) in [(a.id, "only for A"), (b.id, "only for B"), (FIRST, "only for our pages")] {
        let room = look(app).await;
        let texts: Vec<_> = room["messages"].as_array().expect("messages").iter().collect();
        assert_eq!((texts.len(), &texts[0]["text"]), (1, &json!(own)), "{app}");
        assert_eq!(room["members"].as_array().map(Vec::len), Some(1), "{app}");
    }
    let online: Vec<_> = apps_online(&api).await;
    assert_eq!(online, [(FIRST, 1), (a.id, 1), (b.id, 1)]);
    // The gauge is of all rooms.
    server.until_metric("surtitle_online", 3).await;
    for sdk in [&ann, &other] {
        assert!(!sdk.heard().contains("our pages"), "{}", sdk.heard());
    }
    // A room of an app that ends leaves its namesakes alone.
    api.call("DELETE", &format!("/apps/{}/rooms/main", a.id), json!({})).await;
    assert_eq!(other.say("main", "still here").await, 0);
    other.hears("still here").await;
    page.say("and here").await;
    assert_eq!(ann.join("main").await, 10010);
    server.until_metric("surtitle_online", 2).await;
}

/// How many people each app has.
async fn apps_online(api: &Api) -> Vec<(u32, u64)> {
    let list = api.get("/apps").await;
    let number = |app: &Value, key: &str| app[key].as_u64().expect("a number");
    let apps = list["apps"].as_array().expect("a list").iter();
    apps.map(|app| (u32::try_from(number(app, "id")).expect("an id"), number(app, "online")))
        .collect()
}

#[tokio::test]
async fn nothing_of_an_app_opens_anything_of_another() {
    let home = Home::new();
    let server = home.start().await;
    let api = host(&home, &server);
    let (a, b) = (api.app("A").await, api.app("B").await);
    api.room(b.id, "salon").await;
    let mut stranger = Sdk::open(server.addr, b.id).await;
    // A key of one app, under its own number and under the other's.
    assert_eq!(stranger.enter("ann", &signed(b.id, &a.key, "ann")).await, 70009);
    assert_ne!(stranger.enter("ann", &signed(a.id, &a.key, "ann")).await, 0);
    assert_ne!(stranger.join("salon").await, 0);
    let mut ann = Sdk::login(server.addr, a.id, &a.key, "ann").await;
    assert_eq!(ann.join("salon").await, 10010, "a group of B");
    let body = json!({ "GroupId": "salon" });
    for head in [json!({ "a2": ann.a2(), "sdkappid": b.id }), json!({ "sdkappid": b.id })] {
        let join = "group_open_http_svc.apply_join_group";
        let answer = ann.ask_as(join, body.clone(), head.clone()).await;
        assert_ne!(answer["ErrorCode"], 0, "{head}: {answer}");
    }
    // The name a room of another app has inside the program.
    for id in [format!("{}·salon", b.id), format!("{}\u{b7}salon", b.id)] {
        assert_eq!(ann.join(&id).await, 10010, "{id}");
    }
    assert_eq!(api.get(&format!("/apps/{}/rooms/salon", b.id)).await["online"], 0);
    assert_eq!(
        api.refused("GET", &format!("/apps/{}/rooms/salon", a.id), json!({})).await,
        (404, 10010)
    );
}

/// What an admin's REST call of an app is answered, signed with `key`.
async fn rest(server: &Server, app: u32, key: &str, command: &str, body: Value) -> Value {
    let usersig = signed(app, key, "administrator");
    let query = format!("sdkappid={app}&identifier=administrator&usersig={usersig}&random=7");
    let url = server.url(&format!("/v4/{command}?{query}&contenttype=json"));
    let request = reqwest::Client::new().post(url).body(body.to_string()).send();
    let text = request.await.expect("it answers").text().await.expect("it is text");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"))
}

#[tokio::test]
async fn back_end_of_one_app_reaches_nothing_of_another() {
    let home = Home::new();
    let server = home.start().await;
    let api = host(&home, &server);
    let (a, b) = (api.app("A").await, api.app("B").await);
    for app in [&a, &b] {
        api.room(app.id, "shared").await;
    }
    api.room(b.id, "salon").await;
    let mut other = Sdk::login(server.addr, b.id, &b.key, "ann").await;
    assert_eq!((other.join("shared").await, other.join("salon").await), (0, 0));
    let send = "group_open_http_svc/send_group_msg";
    let text = |group: &str, text: &str| {
        let said = json!([{ "MsgType": "TIMTextElem", "MsgContent": { "Text": text } }]);
        json!({ "GroupId": group, "Random": text.len(), "MsgBody": said })
    };
    assert_eq!(rest(&server, a.id, &a.key, send, text("shared", "from A")).await["ErrorCode"], 0);
    for (command, body) in [
        (send, text("salon", "from A")),
        ("group_open_http_svc/destroy_group", json!({ "GroupId": "salon" })),
        (
            "group_open_http_svc/forbid_send_msg",
            json!({ "GroupId": "salon", "Members_Account": ["ann"], "MuteTime": 60 }),
        ),
    ] {
        let answer = rest(&server, a.id, &a.key, command, body.clone()).await;
        assert_eq!(answer["ErrorCode"], 10010, "{command}: {answer}");
        // Nor does its key do under the other's number.
        let answer = rest(&server, b.id, &a.key, command, body).await;
        assert_eq!(answer["ErrorCode"], 70009, "{command}: {answer}");
    }
    let listed = "group_open_http_svc/get_appid_group_list";
    let groups = rest(&server, a.id, &a.key, listed, json!({})).await;
    assert!(!groups.to_string().contains("salon"), "{groups}");
    // A kick of the same UserID in A leaves B's login alone.
    let kick = json!({ "UserID": "ann" });
    rest(&server, a.id, &a.key, "im_open_login_svc/kick", kick).await;
    assert_eq!(other.say("shared", "still here").await, 0);
    other.hears("still here").await;
    assert!(!other.heard().contains("from A"), "{}", other.heard());

    let rotated = api.call("POST", &format!("/apps/{}/key", a.id), json!({})).await;
    let answer = rest(&server, a.id, &a.key, send, text("shared", "again")).await;
    assert_eq!(answer["ErrorCode"], 70009, "the old key");
    let new = rotated["secret_key"].as_str().expect("a key");
    assert_eq!(rest(&server, a.id, new, send, text("shared", "anew")).await["ErrorCode"], 0);
}
