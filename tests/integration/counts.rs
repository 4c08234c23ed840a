//! Likes and follows of apps are counted by the server (seed, FAQ 6).

use crate::harness::{Home, Sdk, eventually};
use serde_json::json;

const APP: u32 = 1_400_000_001;

#[tokio::test]
async fn faq_6_likes_and_follows_are_counted_without_a_back_end() {
    let home = Home::new();
    let server = home.start().await;
    let mut alice = Sdk::login(server.addr, APP, &home.secrets().secret_key, "alice").await;
    assert_eq!(alice.join("main").await, 0);
    for _ in 0..3 {
        assert_eq!(alice.custom("main", "like").await, 0);
    }
    assert_eq!(alice.custom("main", "attention").await, 0);
    let alice = tokio::sync::Mutex::new(alice);
    eventually("they are in the group's counters", || async {
        let asked = json!({ "GroupId": "main", "GroupCounterKeys": [] });
        let mut alice = alice.lock().await;
        let answer = alice.ask("group_open_http_svc.get_group_counter", asked).await;
        let counters = answer["GroupCounter"].as_array()?;
        let value = |key: &str| {
            let found = counters.iter().find(|counter| counter["Key"] == key)?;
            found["Value"].as_i64()
        };
        (value("likes") == Some(3) && value("follows") == Some(1)).then_some(())
    })
    .await;
    let told = alice.into_inner().hears("GroupCounterInfo").await.to_string();
    assert!(told.contains("likes"), "{told}");
}
