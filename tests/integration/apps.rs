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
        UNION ALL SELECT 'delivery' FROM deliveries WHERE app = ?1
        UNION ALL SELECT 'setting ' || key FROM settings WHERE key LIKE '%' || ?1 || '%'";
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
