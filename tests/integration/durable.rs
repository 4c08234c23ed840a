//! What was acknowledged and matters survives `kill -9`.

use crate::harness::{Client, Heard, Home, Server, assert_balanced, eventually, pair, within};
use sqlx::Row as _;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use surtitle_core::wire::{Body, ClientFrame, Entry, HostCommand, ServerFrame};
use surtitle_core::{EventId, EventKind, Look, UserId};
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// Members who give and talk until the server is gone.
const GIVERS: u32 = 4;
/// Acknowledged gifts after which it is killed, amid more.
const ENOUGH: usize = 100;
/// Most gifts one of them sends: all together stay under what a console lists.
const MOST: u32 = 90;

/// A sender and its number: what makes a gift the same gift.
type Key = (UserId, u32);

/// What one giver knows when the connection is gone.
struct Giver {
    user: UserId,
    token: String,
    /// Gifts sent, each with the event it was acknowledged as.
    gifts: BTreeMap<u32, Option<EventId>>,
}

/// Gives and talks until the connection ends.
async fn give(mut client: Client, acknowledged: Arc<AtomicUsize>, enough: Arc<Notify>) -> Giver {
    let (user, token) = (client.id(), client.token());
    let mut gifts = BTreeMap::new();
    // A gift and a line each, under what one connection may send a second.
    let mut beat = tokio::time::interval(Duration::from_millis(110));
    for cid in 1..=MOST {
        tokio::select! {
            _ = beat.tick() => {}
            () = read(&mut client, &mut gifts, &acknowledged, &enough) => break,
        }
        gifts.insert(cid, None);
        let gift = Body::Gift { gift: "rose".into(), count: 1 };
        let line = Body::Comment { text: format!("line {cid}") };
        for (cid, body) in [(cid, gift), (cid + 1_000, line)] {
            let frame = ClientFrame::Send { cid, priority: None, body };
            let text = serde_json::to_string(&frame).expect("it serialises");
            // The end shows where it is read.
            let _ = client.try_put(text.into()).await;
        }
    }
    read(&mut client, &mut gifts, &acknowledged, &enough).await;
    Giver { user, token, gifts }
}

/// Notes acknowledgements of gifts until the connection ends.
async fn read(
    client: &mut Client,
    gifts: &mut BTreeMap<u32, Option<EventId>>,
    acknowledged: &AtomicUsize,
    enough: &Notify,
) {
    let end = client.search(|heard| {
        if let Heard::Frame(ServerFrame::Ack { cid, id }) = heard
            && let Some(known) = gifts.get_mut(cid)
            && known.is_none()
        {
            *known = Some(id.clone());
            if acknowledged.fetch_add(1, Ordering::SeqCst) + 1 == ENOUGH {
                enough.notify_one();
            }
        }
        None::<()>
    });
    end.await.expect_err("it only ends with the connection");
}

/// Gifts in a console's list, by sender and number, with how often each is there.
fn listed(entries: &[Entry]) -> BTreeMap<Key, Vec<EventId>> {
    let mut all: BTreeMap<Key, Vec<EventId>> = BTreeMap::new();
    for entry in entries {
        if let (EventKind::Gift { .. }, Some(from), Some(cid)) =
            (&entry.event.kind, &entry.event.from, entry.event.cid)
        {
            all.entry((from.id.clone(), cid)).or_default().push(entry.event.id.clone());
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_acknowledged_gift_is_listed_once_after_kill_9_in_a_flood() {
    let home = Home::new();
    let server = home.start().await;
    let (acknowledged, enough) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
    let mut giving = JoinSet::new();
    for n in 0..GIVERS {
        let client = server.viewer(&format!("giver {n}")).await;
        giving.spawn(give(client, Arc::clone(&acknowledged), Arc::clone(&enough)));
    }
    within("enough gifts", enough.notified()).await;
    server.kill();
    let givers = giving.join_all().await;

    let server = home.start().await;
    let mut console = server.bearer(&home.secrets().host).await;
    let (entries, stats) = console.monitor().await;
    assert_balanced(&stats);
    let after = listed(&entries);
    let mut unanswered = 0;
    for giver in &givers {
        for (cid, id) in &giver.gifts {
            let found = after.get(&(giver.user.clone(), *cid)).cloned().unwrap_or_default();
            match id {
                Some(id) => assert_eq!(found, std::slice::from_ref(id), "{} {cid}", giver.user),
                None => {
                    unanswered += 1;
                    assert!(found.len() <= 1, "{} {cid}", giver.user);
                }
            }
        }
    }

    // Everybody comes back and sends again what it has no answer to, and some it has.
    let mut expected: BTreeSet<Key> = after.keys().cloned().collect();
    for giver in &givers {
        let mut client = server.bearer(&giver.token).await;
        assert_eq!(client.user.as_ref().map(|u| &u.id), Some(&giver.user));
        client.join(None).await;
        for (cid, known) in giver.gifts.iter().rev().take(10) {
            let gift = Body::Gift { gift: "rose".into(), count: 1 };
            client.send_as(*cid, None, gift).await;
            let id = client.acked(*cid).await;
            let before = after.get(&(giver.user.clone(), *cid)).and_then(|ids| ids.first());
            if let Some(before) = known.as_ref().or(before) {
                assert_eq!(id, *before, "the same gift under the same id");
            }
            expected.insert((giver.user.clone(), *cid));
        }
    }
    let stats = console.stats("nothing waits any more", |s| s.accounts.waiting == 0).await;
    let (entries, _) = console.monitor().await;
    let end = listed(&entries);
    assert_eq!(end.keys().cloned().collect::<BTreeSet<_>>(), expected);
    assert!(end.values().all(|ids| ids.len() == 1), "{unanswered} were unanswered; {end:?}");
    assert!(entries.iter().all(|entry| entry.fate.is_some()), "every entry has its fate");

    // The books on disk are the sum of the log, and what the console shows.
    drop(server);
    let mut sql = home.sql().await;
    let query = "SELECT coalesce(fate ->> '$.fate', 'waiting'), count(*) FROM events GROUP BY 1";
    let rows = sqlx::query(query).fetch_all(&mut sql).await.expect("the log is readable");
    let logged: BTreeMap<String, i64> = rows.iter().map(|r| (r.get(0), r.get(1))).collect();
    let query = "SELECT word, count FROM counters WHERE count > 0 AND word <> 'received'";
    let rows = sqlx::query(query).fetch_all(&mut sql).await.expect("the sums are readable");
    let counted: BTreeMap<String, i64> = rows.iter().map(|r| (r.get(0), r.get(1))).collect();
    assert_eq!(logged, counted);
    let received = i64::try_from(stats.accounts.received).expect("a few");
    assert!(logged.values().sum::<i64>() >= received, "{logged:?} {:?}", stats.accounts);
}

/// Ends the server the hard way and starts it again on the same data.
async fn restart(home: &Home, server: Server) -> Server {
    server.kill();
    home.start().await
}

#[tokio::test]
async fn names_mutes_pairings_and_looks_survive_kill_9() {
    let home = Home::new();
    let server = home.start().await;
    let ann = server.viewer("小雨 👩‍👩‍👧").await;
    let rude = server.viewer("Rude").await;
    let mut host = server.bearer(&home.secrets().host).await;
    host.command(HostCommand::Mute { user: rude.id(), seconds: 3_600 }).await.expect("muted");
    let mut look = Look { pace: 7, ..Look::default() };
    look.danmaku.size = 52;
    let set = HostCommand::Look { overlay: "main".into(), look: Box::new(look.clone()) };
    host.command(set).await.expect("set");
    let hide = HostCommand::Visible { overlay: "cam-2".into(), on: false };
    host.command(hide).await.expect("hidden");
    let token = pair(&server, &mut host, "cam-2").await;

    let server = restart(&home, server).await;
    let back = server.bearer(&ann.token()).await;
    assert_eq!(back.user, ann.user, "the name is hers as before");
    let mut rude_again = server.bearer(&rude.token()).await;
    rude_again.join(None).await;
    let cid = rude_again.send(Body::Comment { text: "me again".into() }).await;
    assert_eq!(rude_again.refused(cid).await, 2107);
    let stage = server.bearer(&token).await.watch("cam-2").await;
    assert!(!stage.visible);
    let mut host = server.bearer(&home.secrets().host).await;
    assert_eq!(host.watch("main").await.look, look);
    let (_, stats) = host.monitor().await;
    let paired = |name: &str| stats.displays.iter().find(|d| d.name == name).map(|d| d.paired);
    assert_eq!((paired("main"), paired("cam-2")), (Some(1), Some(1)));
}

#[tokio::test]
async fn withdrawn_pairing_stays_withdrawn_after_a_restart() {
    let home = Home::new();
    let server = home.start().await;
    let mut host = server.bearer(&home.secrets().host).await;
    let token = pair(&server, &mut host, "cam-2").await;
    host.command(HostCommand::Unpair { overlay: "cam-2".into() }).await.expect("withdrawn");
    let server = restart(&home, server).await;
    let mut page = Client::open(server.addr).await;
    page.put(&ClientFrame::Hello { v: 1, token: Some(token) }).await;
    assert_eq!((page.error().await, page.closed().await), (2202, Some(4100)));
}

#[tokio::test]
async fn like_total_goes_on_where_it_was_written() {
    let home = Home::new();
    let server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    for _ in 0..5 {
        ann.put(&ClientFrame::Like { count: 200 }).await;
    }
    // Written within a second, and that is all that is promised.
    let mut sql = home.sql().await;
    loop_until_likes(&mut sql, 1_000).await;
    let server = restart(&home, server).await;
    assert_eq!(server.guest().await.join(None).await.likes, 1_000);
}

async fn loop_until_likes(sql: &mut sqlx::SqliteConnection, total: i64) {
    let sql = tokio::sync::Mutex::new(sql);
    eventually("the likes are written", || async {
        let mut sql = sql.lock().await;
        let query = sqlx::query_scalar::<_, i64>("SELECT likes FROM rooms");
        let likes = query.fetch_one(&mut **sql).await.expect("one room");
        (likes == total).then_some(())
    })
    .await;
}

#[tokio::test]
async fn orderly_stop_loses_no_like_and_no_line() {
    let home = Home::new();
    let mut server = home.start().await;
    let mut ann = server.viewer("Ann").await;
    ann.put(&ClientFrame::Like { count: 3 }).await;
    let id = ann.say("last words").await;
    ann.hear("last words").await;
    assert!(server.terminate().success());
    let server = home.start().await;
    assert_eq!(server.guest().await.join(None).await.likes, 3);
    let (entries, _) = server.bearer(&home.secrets().host).await.monitor().await;
    assert!(entries.iter().any(|entry| entry.event.id == id), "{entries:?}");
}
