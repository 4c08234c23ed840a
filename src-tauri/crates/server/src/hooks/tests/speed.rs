use super::*;
use surtitle_store::Sqlite;
#[tokio::test]
async fn speed() {
    let backend = Backend::saying(Answer::code(0)).await;
    let dir = tempfile::tempdir_in(std::env::var("SPEED_DIR").unwrap()).expect("tempdir");
    let store = Arc::new(Sqlite::open(dir.path()).await.expect("opens"));
    let hooks = open(config(&backend.url), store.clone(), Limits::default()).await;
    let start = std::time::Instant::now();
    let mut asks = tokio::task::JoinSet::new();
    for turn in 0..5000 {
        let hooks = Arc::clone(&hooks);
        asks.spawn(async move { hooks.ask(before(&turn.to_string())).await });
    }
    asks.join_all().await;
    eprintln!("5000 asks in {:?}, {:?}", start.elapsed(), hooks.health().asking);
    let start = std::time::Instant::now();
    for turn in 0..3000 {
        hooks.tell(after(&turn.to_string()));
    }
    eprintln!("tell x3000 {:?}", start.elapsed());
    hooks.flush().await;
    eprintln!("flushed {:?}", start.elapsed());
    while hooks.health().waiting > 0 {
        tokio::time::sleep(Duration::from_millis(1000)).await;
        eprintln!("{:?} {:?}", start.elapsed(), hooks.health().waiting);
    }
    while hooks.health().waiting > 0 {
        tokio::time::sleep(Duration::from_millis(1000)).await;
        eprintln!("{:?} {:?}", start.elapsed(), hooks.health());
    }
    eprintln!("3000 told in {:?}", start.elapsed());
    hooks.close().await;
    store.close().await;
}
