//! One story every store must tell.

mod deliveries;
mod documents;
mod ledger;

use std::sync::Arc;
use surtitle_core::{
    Accounts, Event, EventId, EventKind, Fate, Gift, Millis, Priority, Role, RoomId, Sender, UserId,
};
use surtitle_store::{
    LogWrite, Memory, MuteRecord, ProfileRecord, RoomRecord, Row, Setting, Sqlite, Store,
    TokenRecord,
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
        kind: EventKind::comment("<img src=x> '; DROP TABLE events; --"),
    }
}

fn gift(id: &str, at: u64) -> Event {
    let gift = Gift {
        id: "rose".into(),
        name: "Rose".into(),
        icon: "/r.png".into(),
        coins: 1,
        effect: None,
    };
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
    assert_eq!(again.list_ledger(0, 100).await.expect("list").len(), 5);
    assert_eq!(Sqlite::look_at_ledger(dir.path()).await.expect("look").len(), 5);
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
    documents::tell(store).await;
    ledger::tell(store).await;
    deliveries::tell(store).await;
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
    assert_eq!(store.get_room(&kept.id).await.expect("get"), Some(kept));
    assert_eq!(store.get_room(&"c".into()).await.expect("get"), None);
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
    assert_eq!(store.get_setting("look/main").await.expect("get"), Some(size.clone()));
    assert_eq!(store.get_setting("look").await.expect("get"), None);
    assert_eq!(store.list_settings().await.expect("list"), [size, setting("z", "null")]);
    for key in ["seq/7·a", "seq/7·b", "seq/70·a", "seq/7%", "x/seq/7·"] {
        store.put_setting(&setting(key, "1")).await.expect("put");
    }
    for (prefix, gone) in [("seq/7·", 2), ("seq/7·", 0), ("seq/7%", 1), ("seq/_", 0)] {
        assert_eq!(store.delete_settings(prefix).await.expect("delete"), gone, "{prefix}");
    }
    let left = store.list_settings().await.expect("list");
    let left: Vec<_> = left.iter().map(|setting| setting.key.as_str()).collect();
    assert_eq!(left, ["look/main", "seq/70·a", "x/seq/7·", "z"]);
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

    // What was removed has no words any more, whoever reads the log and however.
    let removed = Fate::Removed { by: "host".into() };
    store.append(&[fate("a", removed.clone())]).await.expect("append");
    let listed = store.list_events(10, None).await.expect("list");
    let a = listed.iter().find(|record| record.event.id == "a".into()).expect("is there");
    let wordless = Event { kind: EventKind::comment(""), ..comment("a", 100) };
    assert_eq!((&a.event, &a.fate), (&wordless, &Some(removed)));
    store.append(&[fate("a", Fate::Shown)]).await.expect("append");
    assert_eq!(assert_books_balance(store).await, last);
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
