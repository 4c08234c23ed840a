//! What was acknowledged is there after `kill -9`, once.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};
use surtitle_core::{Event, EventKind, Fate, Gift, Millis, Priority};
use surtitle_store::{LogWrite, Sqlite, Store};

/// Tells this test binary, started as a child, to write into this directory.
const FLOOD: &str = "SURTITLE_STORE_FLOOD";
/// Gifts in one append.
const BATCH: u64 = 25;

/// Batch `n`: 25 gifts, the fate of each of the batch before, and `n` itself.
fn batch(n: u64) -> Vec<LogWrite> {
    let gift = Gift {
        id: "rose".into(),
        name: "Rose".into(),
        icon: "/r.png".into(),
        coins: 1,
        effect: None,
    };
    let came = (0..BATCH).map(|i| LogWrite::Event {
        event: Event {
            id: format!("{n}-{i}").as_str().into(),
            at: Millis(n),
            source: "room".into(),
            from: None,
            cid: None,
            priority: Priority::High,
            kind: EventKind::Gift { gift: gift.clone(), count: 1 },
        },
    });
    let before = n.checked_sub(1).into_iter().flat_map(|n| {
        (0..BATCH).map(move |i| LogWrite::Fate {
            id: format!("{n}-{i}").as_str().into(),
            fate: Fate::Shown,
        })
    });
    let document =
        LogWrite::Document { kind: "batch".into(), key: "last".into(), value: Some(n.into()) };
    came.chain(before).chain([document]).collect()
}

/// Writes batches from `first` until it is killed, and says so on stderr
/// after each.
async fn flood(dir: &Path, first: u64) {
    let store = Sqlite::open(dir).await.expect("opens");
    for n in first.. {
        store.append(&batch(n)).await.expect("append");
        eprintln!("ack {n}");
    }
}

/// Starts a flood at `first`, kills it after `acks` batches, and returns the
/// number of the last batch it acknowledged.
fn kill_after(dir: &Path, first: u64, acks: usize) -> u64 {
    let mut child = Command::new(std::env::current_exe().expect("has a path"))
        .args(["--exact", "acknowledged_gifts_survive_kill_once", "--nocapture"])
        .env(FLOOD, format!("{first}:{}", dir.display()))
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let stderr = BufReader::new(child.stderr.take().expect("is piped"));
    let mut lines = stderr.lines().map_while(Result::ok).filter(|line| line.starts_with("ack "));
    let mut last = lines.by_ref().take(acks).last().expect("acknowledges");
    // SIGKILL on Unix: nothing of the child runs after it.
    child.kill().expect("is killed");
    child.wait().expect("ends");
    // What it said between the last line read and its death counts too.
    last = lines.last().unwrap_or(last);
    last["ack ".len()..].parse().expect("is a number")
}

/// Checks that the log is batches 0 to `n` for some `n`, each whole and once,
/// with their fates, sums and document; returns `n`, or `None` if it is empty.
async fn last_whole_batch(store: &Sqlite) -> Option<u64> {
    let mut records = Vec::new();
    loop {
        let before = records.first().map(|first: &surtitle_store::EventRecord| first.row);
        let mut page = store.list_events(1_000, before).await.expect("list");
        if page.is_empty() {
            break;
        }
        page.append(&mut records);
        records = page;
    }
    let count = records.len() as u64;
    assert_eq!(count % BATCH, 0, "no batch is half there");
    let last = (count / BATCH).checked_sub(1)?;
    for (record, k) in records.iter().zip(0..) {
        assert_eq!(record.event.id.0, format!("{}-{}", k / BATCH, k % BATCH));
        let fate = (k / BATCH < last).then_some(Fate::Shown);
        assert_eq!(record.fate, fate, "of {}", record.event.id);
    }
    let totals = store.totals().await.expect("totals");
    assert_eq!((totals.received, totals.waiting), (count, BATCH));
    assert_eq!(totals.unaccounted(), 0);
    let document = store.get_document("batch", "last").await.expect("get");
    assert_eq!(document, Some(last.into()));
    assert_eq!(store.list_unfated().await.expect("list").len() as u64, BATCH);
    Some(last)
}

#[tokio::test]
async fn acknowledged_gifts_survive_kill_once() {
    if let Ok(flood_at) = std::env::var(FLOOD) {
        let (first, dir) = flood_at.split_once(':').expect("is FIRST:DIR");
        return flood(Path::new(dir), first.parse().expect("is a number")).await;
    }
    let dir = tempfile::tempdir().expect("tempdir");
    let mut first = 0;
    for acks in [1, 7, 60, 20] {
        let acknowledged = kill_after(dir.path(), first, acks);
        let store = Sqlite::open(dir.path()).await.expect("opens after the kill");
        let last = last_whole_batch(&store).await.expect("is not empty");
        // One more may be in the file whose acknowledgement was never said.
        assert!((acknowledged..=acknowledged + 1).contains(&last), "{last} of {acknowledged}");
        store.close().await;
        // As a writer without an answer does: it repeats the last one.
        first = last;
    }
}

#[tokio::test]
async fn torn_wal_loses_whole_batches_only() {
    let dir = tempfile::tempdir().expect("tempdir");
    let store = Sqlite::open(dir.path()).await.expect("opens");
    for n in 0..12 {
        store.append(&batch(n)).await.expect("append");
    }
    let database = fs::read(dir.path().join("surtitle.db")).expect("reads");
    let wal = fs::read(dir.path().join("surtitle.db-wal")).expect("reads");
    let mut found = Vec::new();
    for percent in [100, 99, 80, 61, 43] {
        let torn = tempfile::tempdir().expect("tempdir");
        let mut wal = wal[..wal.len() * percent / 100].to_vec();
        wal.extend([0x5a; 700]);
        fs::write(torn.path().join("surtitle.db"), &database).expect("writes");
        fs::write(torn.path().join("surtitle.db-wal"), wal).expect("writes");
        let store = Sqlite::open(torn.path()).await.expect("opens a torn one");
        found.push(last_whole_batch(&store).await);
        store.close().await;
    }
    assert_eq!(found[0], Some(11));
    assert!(found.is_sorted_by(|longer, shorter| longer >= shorter), "{found:?}");
    assert!(found[4] < Some(11), "{found:?}");
}
