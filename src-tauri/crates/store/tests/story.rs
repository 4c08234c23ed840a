//! One story every store must tell.

use serde_json::json;
use std::sync::Arc;
use surtitle_core::{
    Accounts, Event, EventId, EventKind, Fate, Gift, Millis, Priority, Role, RoomId, Sender, UserId,
};
use surtitle_store::{
    DeliveryState, Document, LogWrite, Memory, MuteRecord, NewDelivery, ProfileRecord, RoomRecord,
    Row, Setting, Sqlite, Store, TokenRecord,
};

fn sender() -> Sender {
    Sender { id: "u1".into(), nick: "演 \"é\" 😀".into(), avatar: None, role: Role::Viewer }
}

fn comment(id: &str, at: u64) -> Event {
    Event {
        id: id.into(),
        at: Millis(at),
        source: "room".into(),
        from: Some(sender()),
        cid: Some(7),
        priority: Priority::Normal,
        kind: EventKind::Comment { text: "<img src=x> '; DROP TABLE events; --".into() },
    }
}

fn gift(id: &str, at: u64) -> Event {
    let gift = Gift { id: "rose".into(), name: "Rose".into(), icon: "/r.png".into(), coins: 1 };
    let kind = EventKind::Gift { gift, count: 3 };
    Event { priority: Priority::High, kind, ..comment(id, at) }
}

fn came(event: &Event) -> LogWrite {
    LogWrite::Event { event: event.clone() }
}

fn fate(id: &str, fate: Fate) -> LogWrite {
    LogWrite::Fate { id: id.into(), fate }
}

async fn assert_books_balance(store: &dyn Store) -> Accounts {
    let totals = store.totals().await.expect("totals");
    assert_eq!(totals.unaccounted(), 0, "{totals:?}");
    totals
}

#[tokio::test]
async fn sqlite_tells_the_story() {
    let dir = tempfile::tempdir().expect("tempdir");
    let store: Arc<dyn Store> = Arc::new(Sqlite::open(dir.path()).await.expect("opens"));
    tell(&*store).await;
    let (events, totals) = (store.list_events(1_000, None).await, store.totals().await);
    store.close().await;

    let again = Sqlite::open(dir.path()).await.expect("opens again");
    assert_eq!(again.list_events(1_000, None).await.expect("list"), events.expect("list"));
    assert_eq!(again.totals().await.expect("totals"), totals.expect("totals"));
    assert_eq!(again.list_rooms().await.expect("list").len(), 1);
    assert_eq!(again.list_documents("group/1").await.expect("list").len(), 1);
    assert_eq!(again.next_due_delivery(1).await.expect("next"), Some(Millis(30)));
}

#[tokio::test]
async fn memory_tells_the_story() {
    let store: Arc<dyn Store> = Arc::new(Memory::default());
    tell(&*store).await;
    store.close().await;
}

async fn tell(store: &dyn Store) {
    rooms(store).await;
    people(store).await;
    tokens(store).await;
    settings(store).await;
    events_and_fates(store).await;
    pages(store).await;
    restart(store).await;
    likes(store).await;
    pruning(store).await;
    documents(store).await;
    documents_of_the_log(store).await;
    queue(store).await;
    ended_deliveries(store).await;
    forgetting_a_room(store).await;
}

async fn rooms(store: &dyn Store) {
    assert_eq!(store.list_rooms().await.expect("list"), []);
    let old = RoomRecord { id: "b".into(), name: "Old".into(), created_at: Millis(1), likes: 5 };
    let new = RoomRecord { id: "a".into(), name: "New".into(), created_at: Millis(2), likes: 0 };
    store.put_room(&new).await.expect("put");
    store.put_room(&old).await.expect("put");
    assert_eq!(store.list_rooms().await.expect("list"), [old.clone(), new.clone()]);

    let renamed = RoomRecord { name: "Older".into(), likes: 3, ..old.clone() };
    store.put_room(&renamed).await.expect("put");
    let kept = store.list_rooms().await.expect("list").remove(0);
    assert_eq!((kept.name.as_str(), kept.likes), ("Older", 5), "likes never go down");
}

async fn people(store: &dyn Store) {
    let id = UserId::from("u1");
    assert_eq!(store.get_profile(&id).await.expect("get"), None);
    let first =
        ProfileRecord { id: id.clone(), nick: "A".into(), avatar: None, created_at: Millis(1) };
    let second =
        ProfileRecord { nick: "演".into(), avatar: Some("/a.png".into()), ..first.clone() };
    for profile in [&first, &second] {
        store.put_profile(profile).await.expect("put");
        assert_eq!(store.get_profile(&id).await.expect("get").as_ref(), Some(profile));
    }

    let room = RoomId::from("a");
    let mute = |user: &str, until| MuteRecord {
        room: room.clone(),
        user: user.into(),
        until: Millis(until),
    };
    for mute in [mute("u2", 10), mute("u1", 10), mute("u2", 99)] {
        store.put_mute(&mute).await.expect("put");
    }
    let elsewhere = MuteRecord { room: "b".into(), ..mute("u3", 1) };
    store.put_mute(&elsewhere).await.expect("put");
    assert_eq!(store.list_mutes(&room).await.expect("list"), [mute("u1", 10), mute("u2", 99)]);
    store.delete_mute(&room, &"u1".into()).await.expect("delete");
    store.delete_mute(&room, &"u1".into()).await.expect("delete of nothing");
    assert_eq!(store.list_mutes(&room).await.expect("list"), [mute("u2", 99)]);
}

async fn tokens(store: &dyn Store) {
    let token = |byte, role, name: &str| TokenRecord {
        hash: [byte; 32],
        role,
        name: name.into(),
        created_at: Millis(u64::from(byte)),
    };
    let host = token(9, Role::Host, "");
    let main = [token(0, Role::Display, "main"), token(255, Role::Display, "main")];
    let side = token(2, Role::Display, "side");
    for token in [&host, &main[0], &main[1], &side] {
        store.put_token(token).await.expect("put");
    }
    let all = [main[0].clone(), side.clone(), host.clone(), main[1].clone()];
    assert_eq!(store.list_tokens().await.expect("list"), all);
    assert_eq!(store.delete_tokens(Role::Display, "main").await.expect("delete"), 2);
    assert_eq!(store.delete_tokens(Role::Display, "main").await.expect("delete"), 0);
    store.delete_token(&side.hash).await.expect("delete");
    assert_eq!(store.list_tokens().await.expect("list"), [host]);
    for role in [Role::Guest, Role::Display, Role::Viewer, Role::Helper] {
        store.put_token(&token(role as u8, role, "x")).await.expect("put");
        assert_eq!(store.list_tokens().await.expect("list")[0].role, role);
        assert_eq!(store.delete_tokens(role, "x").await.expect("delete"), 1);
    }
}

async fn settings(store: &dyn Store) {
    let setting =
        |key: &str, text: &str| Setting { key: key.into(), value: text.parse().expect("is JSON") };
    let size = setting("look/main", r#"{"size":32,"font":"\"演\""}"#);
    for setting in [&setting("z", "null"), &setting("look/main", "1"), &size] {
        store.put_setting(setting).await.expect("put");
    }
    assert_eq!(store.list_settings().await.expect("list"), [size, setting("z", "null")]);
}

async fn events_and_fates(store: &dyn Store) {
    assert_eq!(store.totals().await.expect("totals"), Accounts::default());
    store.append(&[]).await.expect("append of nothing");

    let (a, b) = (comment("a", 100), gift("b", 101));
    let writes = [came(&a), came(&b), fate("a", Fate::Shown)];
    store.append(&writes).await.expect("append");
    let first = assert_books_balance(store).await;
    assert_eq!(first, Accounts { received: 2, shown: 1, waiting: 1, ..Accounts::default() });

    store.append(&writes).await.expect("append again");
    assert_eq!(assert_books_balance(store).await, first, "repeating changes nothing");

    let a = store.get_event(&"a".into()).await.expect("get").expect("is there");
    assert_eq!((a.event, a.fate), (comment("a", 100), Some(Fate::Shown)));
    let b = store.get_event(&"b".into()).await.expect("get").expect("is there");
    assert_eq!((b.event, b.fate), (gift("b", 101), None));
    assert!(b.row > a.row);

    store.append(&[fate("never", Fate::Shown)]).await.expect("append");
    assert_eq!(assert_books_balance(store).await, first, "fate of an unknown event is ignored");
    assert_eq!(store.get_event(&"never".into()).await.expect("get"), None);

    let fates = [
        Fate::Shown,
        Fate::Merged { into: "a".into() },
        Fate::AgedOut { stage: "queue".into() },
        Fate::Removed { by: "演 \"h\"".into() },
        Fate::Blocked { rule: "duplicate".into() },
        Fate::Refused { code: 2107 },
    ];
    for new in &fates {
        store.append(&[fate("b", new.clone())]).await.expect("append");
        let b = store.get_event(&"b".into()).await.expect("get").expect("is there");
        assert_eq!(b.fate.as_ref(), Some(new));
        assert_eq!(assert_books_balance(store).await.waiting, 0);
    }
    let last = assert_books_balance(store).await;
    assert_eq!(last, Accounts { received: 2, shown: 1, refused: 1, ..Accounts::default() });
}

async fn pages(store: &dyn Store) {
    let more: Vec<_> = (0..10).map(|n| came(&comment(&format!("p{n}"), 200 + n))).collect();
    store.append(&more).await.expect("append");
    let all = store.list_events(100, None).await.expect("list");
    assert_eq!(all.len(), 12);
    assert!(all.windows(2).all(|pair| pair[0].row < pair[1].row), "oldest first");

    let newest = store.list_events(5, None).await.expect("list");
    assert_eq!(newest, all[7..]);
    let older = store.list_events(5, Some(newest[0].row)).await.expect("list");
    assert_eq!(older, all[2..7]);
    let oldest = store.list_events(5, Some(older[0].row)).await.expect("list");
    assert_eq!(oldest, all[..2]);
    assert_eq!(store.list_events(5, Some(oldest[0].row)).await.expect("list"), []);
    assert_eq!(store.list_events(0, None).await.expect("list"), []);
    assert_eq!(store.list_events(5, Some(Row(u64::MAX))).await.expect("list"), newest);
}

async fn restart(store: &dyn Store) {
    let gifts = [gift("g0", 300), gift("g1", 299)];
    store.append(&gifts.each_ref().map(came)).await.expect("append");
    let waiting = store.list_unfated().await.expect("list");
    assert_eq!(waiting.len(), 12);
    assert_eq!(waiting[0].id, EventId::from("p0"));

    assert_eq!(store.close_unfated("restart", true).await.expect("close"), 10);
    assert_eq!(store.list_unfated().await.expect("list"), gifts);
    let listed = store.list_gifts(2).await.expect("list");
    assert!(listed.iter().map(|record| &record.event).eq(&gifts), "the newest, oldest first");
    let all = store.list_gifts(1_000).await.expect("list");
    assert!(all.iter().all(|record| matches!(record.event.kind, EventKind::Gift { .. })));
    assert_eq!(store.list_gifts(1).await.expect("list")[0].event, gifts[1]);
    let p0 = store.get_event(&"p0".into()).await.expect("get").expect("is there");
    assert_eq!(p0.fate, Some(Fate::AgedOut { stage: "restart".into() }));
    let totals = assert_books_balance(store).await;
    assert_eq!((totals.aged_out, totals.waiting), (10, 2));

    assert_eq!(store.close_unfated("restart", false).await.expect("close"), 2);
    assert_eq!(store.list_unfated().await.expect("list"), []);
    assert_eq!(assert_books_balance(store).await.waiting, 0);
}

async fn likes(store: &dyn Store) {
    let total = |room: &str, total| LogWrite::Likes { room: room.into(), total };
    store.append(&[total("a", 9), total("a", 4), total("nowhere", 1)]).await.expect("append");
    let likes: Vec<_> =
        store.list_rooms().await.expect("list").into_iter().map(|r| (r.id.0, r.likes)).collect();
    assert_eq!(likes, [("b".to_owned(), 5), ("a".to_owned(), 9)]);
}

async fn pruning(store: &dyn Store) {
    store.append(&[came(&gift("waits", 150))]).await.expect("append");
    let before = assert_books_balance(store).await;
    let last = store.list_events(1, None).await.expect("list")[0].row;

    assert_eq!(store.prune(Millis(205)).await.expect("prune"), 7, "a, b, p0–p4");
    assert_eq!(assert_books_balance(store).await, before, "what is pruned stays counted");
    assert_eq!(store.list_events(100, None).await.expect("list").len(), 8);
    assert_eq!(store.get_event(&"a".into()).await.expect("get"), None);
    assert_eq!(store.list_unfated().await.expect("list"), [gift("waits", 150)]);
    assert_eq!(store.list_mutes(&"a".into()).await.expect("list"), []);

    store.append(&[fate("waits", Fate::Shown)]).await.expect("append");
    assert_eq!(store.prune(Millis(u64::MAX)).await.expect("prune"), 8);
    assert_eq!(store.list_events(100, None).await.expect("list"), []);
    let totals = assert_books_balance(store).await;
    assert_eq!((totals.received, totals.waiting), (15, 0));

    store.append(&[came(&comment("after", 400))]).await.expect("append");
    let after = store.list_events(1, None).await.expect("list")[0].row;
    assert!(after > last, "a row is never given twice");
}

fn document(kind: &str, key: &str, value: serde_json::Value) -> Document {
    Document { kind: kind.into(), key: key.into(), value }
}

async fn documents(store: &dyn Store) {
    assert_eq!(store.list_documents("app").await.expect("list"), []);
    assert_eq!(store.get_document("app", "1").await.expect("get"), None);
    // SQLite's JSON functions would cut a text at U+0000.
    let odd = json!({"name": "演 \"é\" \0 😀", "big": u64::MAX, "none": null});
    let put = [
        document("app", "2", json!(1)),
        document("app", "1\0b", odd.clone()),
        document("app", "1", json!([])),
        document("group/1", "main", json!("x")),
        document("app", "2", json!(2)),
    ];
    store.put_documents(&put).await.expect("put");
    let listed = store.list_documents("app").await.expect("list");
    let all = [put[2].clone(), document("app", "1\0b", odd), document("app", "2", json!(2))];
    assert_eq!(listed, all, "by key, and the last of two counts");
    assert_eq!(store.get_document("app", "1").await.expect("get"), Some(json!([])));
    assert_eq!(store.get_document("app", "main").await.expect("get"), None);

    store.delete_document("app", "1").await.expect("delete");
    store.delete_document("app", "1").await.expect("delete of nothing");
    assert_eq!(store.list_documents("app").await.expect("list"), all[1..]);
    assert_eq!(store.delete_documents("app").await.expect("delete"), 2);
    assert_eq!(store.delete_documents("app").await.expect("delete"), 0);
    assert_eq!(store.list_documents("app").await.expect("list"), []);
    assert_eq!(store.list_documents("group/1").await.expect("list"), put[3..4]);
}

async fn documents_of_the_log(store: &dyn Store) {
    let write =
        |key: &str, value| LogWrite::Document { kind: "group/1".into(), key: key.into(), value };
    let before = assert_books_balance(store).await;
    let writes = [
        write("main", None),
        came(&comment("with a document", 500)),
        write("side", Some(json!(1))),
        write("gone", Some(json!(1))),
        write("main", Some(json!({"seq": 7}))),
        write("side", Some(json!(2))),
        write("gone", None),
    ];
    for _ in 0..2 {
        store.append(&writes).await.expect("append");
        let listed = store.list_documents("group/1").await.expect("list");
        let last =
            [document("group/1", "main", json!({"seq": 7})), document("group/1", "side", json!(2))];
        assert_eq!(listed, last, "the last one counts");
        assert_eq!(assert_books_balance(store).await.received, before.received + 1);
    }
    store.append(&[write("side", None), write("side", None)]).await.expect("append");
    assert_eq!(store.get_document("group/1", "side").await.expect("get"), None);
}

fn call(app: u32, body: &str, made_at: u64) -> NewDelivery {
    NewDelivery {
        app,
        command: "Group.CallbackAfterSendMsg".into(),
        query: "SdkAppid=1&ClientIP=127.0.0.1".into(),
        body: body.into(),
        made_at: Millis(made_at),
    }
}

async fn due(store: &dyn Store, app: u32, now: u64, limit: u32) -> Vec<String> {
    let due = store.list_due_deliveries(app, Millis(now), limit).await.expect("list");
    due.into_iter().map(|record| record.body).collect()
}

async fn queue(store: &dyn Store) {
    assert_eq!(store.put_deliveries(&[]).await.expect("put"), []);
    assert_eq!(store.next_due_delivery(1).await.expect("next"), None);
    let new =
        [call(1, "{\"é\":\"\0\"}", 10), call(2, "other", 5), call(1, "b", 10), call(1, "c", 30)];
    let rows = store.put_deliveries(&new).await.expect("put");
    assert!(rows.len() == 4 && rows.is_sorted_by(|a, b| a < b), "{rows:?}");
    let first = store.get_delivery(rows[0]).await.expect("get").expect("is there");
    assert_eq!((first.row, first.app, first.made_at), (rows[0], 1, Millis(10)));
    assert_eq!((&first.command, &first.query, &first.body), {
        (&new[0].command, &new[0].query, &new[0].body)
    });
    assert_eq!((first.attempts, first.state), (0, DeliveryState::Due { at: Millis(10) }));

    let all: Vec<_> = [0, 2, 3].map(|n: usize| new[n].body.clone()).into();
    assert_eq!(due(store, 1, 9, 10).await, [""; 0], "none is due yet");
    assert_eq!(due(store, 1, 10, 10).await, all[..2]);
    assert_eq!(due(store, 1, 30, 10).await, all, "by row");
    assert_eq!(due(store, 1, 30, 1).await, all[..1]);
    assert_eq!(due(store, 1, 30, 0).await, [""; 0]);
    assert_eq!(due(store, 1, u64::MAX, u32::MAX).await, all);
    assert_eq!(store.next_due_delivery(1).await.expect("next"), Some(Millis(10)));
    assert_eq!(store.next_due_delivery(2).await.expect("next"), Some(Millis(5)));

    let later = DeliveryState::Due { at: Millis(50) };
    store.put_delivery_result(rows[0], 1, &later).await.expect("put");
    let done = DeliveryState::Done { at: Millis(12), note: "200 演".into() };
    store.put_delivery_result(rows[2], 1, &done).await.expect("put");
    assert_eq!(store.next_due_delivery(1).await.expect("next"), Some(Millis(30)));
    assert_eq!(due(store, 1, 49, 10).await, all[2..]);
    assert_eq!(due(store, 1, 50, 10).await, [all[0].clone(), all[2].clone()]);
    let tried = store.get_delivery(rows[0]).await.expect("get").expect("is there");
    assert_eq!((tried.attempts, tried.state), (1, later));

    let failed = DeliveryState::Failed { at: Millis(60), note: "timed out".into() };
    store.put_delivery_result(rows[0], 5, &failed).await.expect("put");
    let newest = store.list_deliveries(1, 10, None).await.expect("list");
    let states: Vec<_> = newest.iter().map(|record| (record.row, record.state.clone())).collect();
    let waits = DeliveryState::Due { at: Millis(30) };
    assert_eq!(states, [(rows[3], waits), (rows[2], done), (rows[0], failed.clone())]);
    assert_eq!(store.list_deliveries(1, 1, None).await.expect("list"), newest[..1]);
    assert_eq!(store.list_deliveries(1, 5, Some(rows[3])).await.expect("list"), newest[1..]);
    assert_eq!(store.list_deliveries(1, 5, Some(rows[0])).await.expect("list"), []);
    assert_eq!(store.list_deliveries(3, 5, None).await.expect("list"), []);

    store.put_delivery_result(Row(9_999), 1, &failed).await.expect("put of nothing");
    assert_eq!(store.get_delivery(Row(9_999)).await.expect("get"), None);
}

async fn ended_deliveries(store: &dyn Store) {
    let new: Vec<_> = (0..6).map(|n| call(3, &n.to_string(), n)).collect();
    let rows = store.put_deliveries(&new).await.expect("put");
    let done = DeliveryState::Done { at: Millis(9), note: String::new() };
    for row in [rows[0], rows[1], rows[3], rows[4]] {
        store.put_delivery_result(row, 1, &done).await.expect("put");
    }
    let left = async || {
        let left = store.list_deliveries(3, 10, None).await.expect("list");
        left.into_iter().map(|record| record.body).collect::<String>()
    };
    assert_eq!(store.prune_deliveries(3, 4).await.expect("prune"), 0);
    assert_eq!(store.prune_deliveries(3, 2).await.expect("prune"), 2);
    assert_eq!(left().await, "5432", "what waits stays, however old");
    assert_eq!(store.prune_deliveries(3, 0).await.expect("prune"), 2);
    assert_eq!(left().await, "52");
    assert_eq!(store.delete_deliveries(3).await.expect("delete"), 2);
    assert_eq!(left().await, "");
    assert_eq!(store.next_due_delivery(3).await.expect("next"), None);
    assert_eq!(store.list_deliveries(1, 10, None).await.expect("list").len(), 3, "of others");

    let after = store.put_deliveries(&[call(3, "", 1)]).await.expect("put");
    assert!(after[0] > rows[5], "a row is never given twice");
}

async fn forgetting_a_room(store: &dyn Store) {
    let mute = |room: &str, user: &str| MuteRecord {
        room: room.into(),
        user: user.into(),
        until: Millis(9),
    };
    for mute in [mute("a", "u1"), mute("a", "u2"), mute("b", "u1"), mute("b", "u2")] {
        store.put_mute(&mute).await.expect("put");
    }
    assert_eq!(store.delete_mutes(&"a".into()).await.expect("delete"), 2);
    assert_eq!(store.delete_mutes(&"a".into()).await.expect("delete"), 0);
    assert_eq!(store.list_mutes(&"a".into()).await.expect("list"), []);
    assert_eq!(store.list_mutes(&"b".into()).await.expect("list").len(), 2, "of another room");

    let events = store.list_events(10, None).await.expect("list");
    store.put_mute(&mute("a", "u1")).await.expect("put");
    store.delete_room(&"b".into()).await.expect("delete");
    store.delete_room(&"b".into()).await.expect("delete of nothing");
    let rooms = store.list_rooms().await.expect("list");
    assert_eq!(rooms.iter().map(|room| room.id.as_str()).collect::<Vec<_>>(), ["a"]);
    assert_eq!(store.list_mutes(&"b".into()).await.expect("list"), []);
    assert_eq!(store.list_mutes(&"a".into()).await.expect("list"), [mute("a", "u1")]);
    assert_eq!(store.list_events(10, None).await.expect("list"), events);

    let again = RoomRecord { id: "b".into(), name: "B".into(), created_at: Millis(3), likes: 0 };
    store.put_room(&again).await.expect("put");
    assert_eq!(store.list_rooms().await.expect("list")[1], again, "its likes are gone");
    store.delete_room(&"b".into()).await.expect("delete");
}
