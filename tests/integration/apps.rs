//! Apps: what the host does to them, and that none is anything to another.

use crate::harness::{Api, Home, Sdk, Server, signed};
use serde_json::{Value, json};
use sqlx::Row as _;

/// SDKAppID of the configured app.
const FIRST: u32 = 1_400_000_001;
/// Most apps of a server.
const APPS: usize = 300;

fn host(home: &Home, server: &Server) -> Api {
    Api::new(server.addr, &home.secrets().host)
}

async fn names(api: &Api) -> Vec<String> {
    let list = api.get("/apps").await;
    let apps = list["apps"].as_array().expect("a list").iter();
    apps.map(|app| app["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn host_makes_changes_and_deletes_an_app() {
    let home = Home::new();
    let server = home.start().await;
    let api = host(&home, &server);
    assert_eq!(names(&api).await, ["Surtitle"]);
    let app = api.app(" Auctions ").await;
    assert_eq!(app.id, FIRST + 1);
    assert!(app.key.len() == 64 && app.key.bytes().all(|b| b.is_ascii_hexdigit()), "{}", app.key);
    let path = format!("/apps/{}", app.id);
    let admins = json!({ "admins": ["root", "shop"] });
    let changed = api.call("PATCH", &path, admins).await;
    assert_eq!(
        (&changed["name"], &changed["admins"]),
        (&json!("Auctions"), &json!(["root", "shop"]))
    );
    let changed = api.call("PATCH", &path, json!({ "name": "拍卖" })).await;
    assert_eq!((&changed["name"], &changed["admins"]), (&json!("拍卖"), &json!(["root", "shop"])));
    assert_eq!(changed["first"], false);
    assert_eq!(api.refused("DELETE", &path, json!({ "name": "Auctions" })).await, (400, 2308));
    api.call("DELETE", &path, json!({ "name": "拍卖" })).await;
    assert_eq!(names(&api).await, ["Surtitle"]);
    assert_eq!(api.refused("DELETE", &path, json!({ "name": "拍卖" })).await, (404, 2305));
    assert_eq!(api.app("Next").await.id, FIRST + 2, "no number is used twice");
}

#[tokio::test]
async fn first_app_stays_as_it_is_configured() {
    let home = Home::new();
    let server = home.start().await;
    let api = host(&home, &server);
    let path = format!("/apps/{FIRST}");
    assert_eq!(api.refused("DELETE", &path, json!({ "name": "Surtitle" })).await, (409, 2307));
    let admins = json!({ "admins": ["someone"] });
    assert_eq!(api.refused("PATCH", &path, admins).await, (409, 2307));
    let main = format!("{path}/rooms/main");
    assert_eq!(api.refused("DELETE", &main, json!({})).await, (409, 10007));
    assert_eq!(api.call("PATCH", &path, json!({ "name": "Mine" })).await["name"], "Mine");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_with_its_field() {
    let home = Home::new();
    let server = home.start().await;
    let api = host(&home, &server);
    let app = api.app("A").await;
    let (path, rooms) = (format!("/apps/{}", app.id), format!("/apps/{}/rooms", app.id));
    let long = "x".repeat(61);
    let many = json!({ "name": "n", "admins": ["1", "2", "3", "4", "5", "6"] });
    for (method, path, body, expected) in [
        ("POST", "/apps", json!({}), (400, 2001)),
        ("POST", "/apps", json!({ "name": 7 }), (400, 2001)),
        ("POST", "/apps", json!({ "name": "n", "key": "mine" }), (400, 2001)),
        ("POST", "/apps", json!({ "name": " " }), (400, 2308)),
        ("POST", "/apps", json!({ "name": long }), (400, 2308)),
        ("POST", "/apps", json!({ "name": "a\nb" }), (400, 2308)),
        ("POST", "/apps", many, (400, 2308)),
        ("POST", "/apps", json!({ "name": "n", "admins": [] }), (400, 2308)),
        ("POST", "/apps", json!({ "name": "n", "admins": [" a"] }), (400, 2308)),
        ("POST", "/apps", json!({ "name": "n", "admins": ["a", "a"] }), (400, 2308)),
        ("POST", "/apps", json!("x".repeat(70_000)), (413, 2002)),
        ("PATCH", "/apps/7", json!({ "name": "n" }), (404, 2305)),
        ("PATCH", "/apps/x", json!({ "name": "n" }), (404, 2305)),
        ("PATCH", "/apps/%FF", json!({ "name": "n" }), (400, 2001)),
        ("PATCH", path.as_str(), json!({ "admins": ["\u{7f}"] }), (400, 2308)),
        ("PUT", path.as_str(), json!({}), (405, 2303)),
        ("GET", "/nothing", json!({}), (404, 2303)),
        ("POST", rooms.as_str(), json!({ "name": "" }), (400, 10004)),
        ("POST", rooms.as_str(), json!({ "name": "n", "id": "@TGS#x" }), (400, 10015)),
        ("POST", rooms.as_str(), json!({ "name": "n", "owner": "ключ" }), (400, 10012)),
        ("GET", &format!("{rooms}/none"), json!({}), (404, 10010)),
        ("DELETE", &format!("{rooms}/none"), json!({}), (404, 10010)),
    ] {
        assert_eq!(
            api.refused(method, path, body.clone()).await,
            expected,
            "{method} {path} {body:.60}"
        );
    }
    assert_eq!(names(&api).await, ["Surtitle", "A"], "nothing of it was done");
}

#[tokio::test]
async fn only_the_host_is_answered_and_only_to_our_own_pages() {
    let home = Home::new();
    let server = home.start().await;
    let secrets = home.secrets();
    let viewer = server.viewer("Ann").await.token();
    let app = host(&home, &server).app("A").await;
    let paths = [
        ("GET", "/apps".to_owned()),
        ("POST", "/apps".to_owned()),
        ("DELETE", format!("/apps/{}", app.id)),
        ("POST", format!("/apps/{}/key", app.id)),
        ("GET", format!("/apps/{}/rooms/main", app.id)),
        ("GET", "/nothing".to_owned()),
    ];
    for (token, expected) in [
        (secrets.helper.as_str(), (403, 2204)),
        (secrets.display.as_str(), (403, 2204)),
        (viewer.as_str(), (403, 2204)),
        ("wrong", (401, 2202)),
        (app.key.as_str(), (401, 2202)),
    ] {
        let api = Api::new(server.addr, token);
        for (method, path) in &paths {
            assert_eq!(api.refused(method, path, json!({})).await, expected, "{method} {path}");
        }
    }
    let api = host(&home, &server);
    let good = format!("Bearer {}", secrets.host);
    let code = |(status, said): (u16, Value)| (status, said["code"].as_u64());
    for scheme in [String::new(), "Bearer".into(), format!("Basic {}", secrets.host)] {
        let headers = [("Authorization", scheme.as_str())];
        let answer = api.ask("GET", "/apps", None, &headers).await;
        assert_eq!(code(answer), (401, Some(2202)), "a guest: {scheme:?}");
    }
    let here = server.addr.to_string();
    for (host, origin, expected) in [
        ("evil.example", None, 403),
        (here.as_str(), Some("https://evil.example"), 403),
        (here.as_str(), Some("null"), 403),
        (here.as_str(), Some(&*format!("http://{here}")), 200),
        ("localhost:1", None, 200),
    ] {
        let mut headers = vec![("Authorization", good.as_str()), ("Host", host)];
        headers.extend(origin.map(|origin| ("Origin", origin)));
        let (status, _) = api.ask("GET", "/apps", None, &headers).await;
        assert_eq!(status, expected, "{host} {origin:?}");
    }
}

#[tokio::test]
async fn key_is_shown_once_and_never_again_in_any_answer_or_line() {
    let home = Home::new();
    let mut server = home.launch().env("SURTITLE_LOG", "trace").start().await;
    let api = host(&home, &server);
    let app = api.app("A").await;
    api.room(app.id, "r").await;
    let path = format!("/apps/{}", app.id);
    let rotated = api.call("POST", &format!("{path}/key"), json!({})).await;
    let new = rotated["secret_key"].as_str().expect("a key").to_owned();
    Sdk::login(server.addr, app.id, &new, "ann").await;
    let wrong = signed(app.id, &app.key, "ann");
    assert_ne!(Sdk::open(server.addr, app.id).await.enter("ann", &wrong).await, 0);
    let mut said = String::new();
    for path in ["/apps", &format!("{path}/rooms"), &format!("{path}/rooms/r")] {
        said.push_str(&api.get(path).await.to_string());
    }
    said.push_str(&api.call("PATCH", &path, json!({ "name": "B" })).await.to_string());
    let again = json!({ "name": "A" });
    said.push_str(&api.ask("DELETE", &path, Some(again.to_string()), &[]).await.1.to_string());
    assert!(server.terminate().success());
    let output = server.output();
    assert!(output.contains("DEBUG"), "nothing was traced, so nothing is proven");
    for key in [&app.key, &new, &home.secrets().secret_key] {
        assert!(!said.contains(key.as_str()), "an answer has a key");
        assert!(!output.contains(key.as_str()), "a line has a key");
    }
}

#[tokio::test]
async fn old_key_is_refused_from_the_moment_of_the_rotation() {
    let home = Home::new();
    let mut server = home.start().await;
    let api = host(&home, &server);
    let first = home.secrets().secret_key;
    let other = api.app("A").await;
    for (app, old) in [(FIRST, first), (other.id, other.key)] {
        let (old_sig, path) = (signed(app, &old, "ann"), format!("/apps/{app}/key"));
        let mut sdk = Sdk::open(server.addr, app).await;
        assert_eq!(sdk.enter("ann", &old_sig).await, 0);
        let done = api.call("POST", &path, json!({})).await;
        let new = done["secret_key"].as_str().expect("a key").to_owned();
        let mut late = Sdk::open(server.addr, app).await;
        assert_eq!(late.enter("ann", &old_sig).await, 70009, "{app}");
        assert_eq!(late.enter("ann", &signed(app, &new, "ann")).await, 0, "{app}");
    }
    let rotated = home.secrets().secret_key;
    assert!(server.terminate().success());
    let server = home.start().await;
    assert_eq!(home.secrets().secret_key, rotated);
    Sdk::login(server.addr, FIRST, &rotated, "ann").await;
}

#[tokio::test]
async fn key_of_the_environment_is_changed_there_and_nowhere_else() {
    let home = Home::new();
    let server = home.launch().env("SURTITLE_SECRET_KEY", "from-outside").start().await;
    let api = host(&home, &server);
    let path = format!("/apps/{FIRST}/key");
    assert_eq!(api.refused("POST", &path, json!({})).await, (409, 2307));
    Sdk::login(server.addr, FIRST, "from-outside", "ann").await;
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

#[tokio::test]
async fn restart_keeps_apps_keys_admins_and_rooms() {
    let home = Home::new();
    let mut server = home.start().await;
    let api = host(&home, &server);
    let app = api.app("A").await;
    let gone = api.app("Gone").await;
    api.call("PATCH", &format!("/apps/{}", app.id), json!({ "admins": ["boss"] })).await;
    // An id that must be encoded in an address.
    let rooms = format!("/apps/{}/rooms", app.id);
    let new = json!({ "name": "Salon", "id": "a/b?c %", "introduction": "all of it" });
    api.call("POST", &rooms, new).await;
    let made = api.call("POST", &rooms, json!({ "name": "Other" })).await["id"].clone();
    api.call("DELETE", &format!("/apps/{}", gone.id), json!({ "name": "Gone" })).await;
    let before = (api.get("/apps").await, api.get(&rooms).await);
    assert!(server.terminate().success());
    let server = home.start().await;
    let api = host(&home, &server);
    assert_eq!((api.get("/apps").await, api.get(&rooms).await), before);
    let listed = before.1["rooms"].as_array().expect("rooms").iter().map(|room| room["id"].clone());
    assert_eq!(listed.collect::<Vec<_>>(), [made, json!("a/b?c %")]);
    let room = api.get(&format!("{rooms}/a%2Fb%3Fc%20%25")).await;
    assert_eq!((&room["introduction"], &room["owner"]), (&json!("all of it"), &json!("boss")));
    let mut ann = Sdk::login(server.addr, app.id, &app.key, "ann").await;
    assert_eq!(ann.join("a/b?c %").await, 0);
    assert_eq!(api.app("Next").await.id, gone.id + 1, "no number is used twice");
}

#[tokio::test]
async fn deleted_app_leaves_nothing_behind() {
    let home = Home::new();
    let mut server = home.start().await;
    let api = host(&home, &server);
    let app = api.app("A").await;
    api.room(app.id, "salon").await;
    let mut ann = Sdk::login(server.addr, app.id, &app.key, "ann").await;
    assert_eq!(ann.join("salon").await, 0);
    assert_eq!(ann.say("salon", "something").await, 0);
    api.call("DELETE", &format!("/apps/{}", app.id), json!({ "name": "A" })).await;
    let usersig = signed(app.id, &app.key, "ann");
    assert_ne!(ann.say("salon", "too late").await, 0);
    assert_ne!(ann.enter("ann", &usersig).await, 0, "over the socket it had");
    assert_ne!(Sdk::open(server.addr, app.id).await.enter("ann", &usersig).await, 0);
    assert!(server.terminate().success());
    let mut sql = home.sql().await;
    let found = "SELECT kind || ' ' || key FROM documents WHERE kind LIKE '%' || ?1 OR (kind = 'app' AND key = ?1)
        UNION ALL SELECT 'room ' || id FROM rooms WHERE id LIKE ?1 || '%'
        UNION ALL SELECT 'delivery' FROM deliveries WHERE app = ?1";
    let left = sqlx::query(found).bind(app.id.to_string()).fetch_all(&mut sql).await;
    let left: Vec<String> = left.expect("readable").iter().map(|row| row.get(0)).collect();
    assert_eq!(left, Vec::<String>::new());
}

#[tokio::test]
async fn three_hundred_apps_fit_and_not_one_more() {
    let home = Home::new();
    let server = home.start().await;
    let api = host(&home, &server);
    let mut last = FIRST;
    for number in 1..APPS {
        last = api.app(&format!("App {number}")).await.id;
    }
    assert_eq!(api.refused("POST", "/apps", json!({ "name": "One more" })).await, (409, 2306));
    let list = api.get("/apps").await;
    assert_eq!(list["apps"].as_array().map(Vec::len), Some(APPS));
    assert_eq!(list["limit"], APPS);
    api.call("DELETE", &format!("/apps/{last}"), json!({ "name": "App 299" })).await;
    api.app("One more").await;
}
