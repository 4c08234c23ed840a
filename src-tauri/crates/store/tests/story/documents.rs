//! What is read and written whole.

use super::{assert_books_balance, came, comment};
use serde_json::json;
use surtitle_store::{Document, LogWrite, Store};

pub async fn tell(store: &dyn Store) {
    documents(store).await;
    documents_of_the_log(store).await;
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
