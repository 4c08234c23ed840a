//! The calls to back ends: the queue, and the log of those that ended.

use surtitle_core::Millis;
use surtitle_store::{DeliveryState, NewDelivery, Row, Store};

pub async fn tell(store: &dyn Store) {
    queue(store).await;
    ended_deliveries(store).await;
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
