//! The claims ledger, which only grows.

use serde_json::json;
use surtitle_core::sale::{Hash, Record};
use surtitle_store::Store;

fn record(seq: u64) -> Record {
    let entry = json!({"seq": seq, "who": "演 \"é\" \0 😀"}).to_string();
    Record { seq, hash: Hash::genesis().after(&entry), entry }
}

pub async fn tell(store: &dyn Store) {
    assert_eq!(store.list_ledger(0, 10).await.expect("list"), []);
    let all: Vec<Record> = (1..=5).map(record).collect();
    let key = |key: &str| ("sale".to_owned(), key.to_owned());
    let put = [(key("a"), Some(json!(1))), (key("b"), Some(json!(2)))];
    store.append_ledger(&all[..3], &put).await.expect("append");
    store.append_ledger(&all[3..], &[(key("a"), None)]).await.expect("append");
    assert_eq!(store.list_ledger(0, 10).await.expect("list"), all);
    assert_eq!(store.list_ledger(2, 2).await.expect("list"), all[2..4]);
    assert_eq!(store.list_ledger(9, 2).await.expect("list"), []);

    let refused = [(key("b"), Some(json!(3)))];
    for wrong in [record(5), record(7)] {
        store.append_ledger(&[wrong], &refused).await.expect_err("it does not go on there");
    }
    assert_eq!(store.list_ledger(0, 10).await.expect("list"), all);
    assert_eq!(store.get_document("sale", "a").await.expect("get"), None);
    assert_eq!(store.get_document("sale", "b").await.expect("get"), Some(json!(2)));
}
