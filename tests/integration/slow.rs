//! A member that does not read is never waited for.

use crate::harness::{Client, Heard, Home, Server, within};
use std::time::{Duration, Instant};
use surtitle_core::EventId;
use surtitle_core::wire::Body;

/// Payload of one message: the most a custom message may hold.
const BYTES: usize = 4_000;
/// Messages between two looks at whether the slow one was cut.
const STEP: usize = 10;
/// Steps after which it shows at the latest that it was cut.
const LATE: usize = 5;
/// Most bytes the server keeps for a socket that does not take them.
const KEPT: usize = 256 * 1024;
/// Members who send, and frames each may send at once.
const SENDERS: usize = 20;
const BURST: usize = 50;

/// A room that delivers a thousand messages a second: slowness is quicker shown.
async fn roomy(home: &Home) -> Server {
    let config = home.file("surtitle.toml", "budget = 1000");
    home.launch().arg("--config").arg(config).start().await
}

/// The ids of the custom messages among what was heard, in order.
fn ids(heard: impl IntoIterator<Item = Heard>) -> Vec<EventId> {
    let custom = |heard| match heard {
        Heard::Event(event) if is_custom(&event) => Some(event.id),
        _ => None,
    };
    heard.into_iter().filter_map(custom).collect()
}

fn is_custom(event: &surtitle_core::Event) -> bool {
    matches!(event.kind, surtitle_core::EventKind::Custom { .. })
}

/// Waits until `reader` has heard the message.
async fn heard(reader: &mut Client, id: &EventId) {
    reader
        .until("the message", |heard| match heard {
            Heard::Event(event) if event.id == *id => Some(()),
            _ => None,
        })
        .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn member_that_stops_reading_is_cut_and_comes_back_without_loss() {
    let home = Home::new();
    let server = roomy(&home).await;
    let mut senders = Vec::new();
    for n in 0..SENDERS {
        senders.push(server.viewer(&format!("sender {n}")).await);
    }
    let mut reader = server.guest().await;
    let mut slow = Client::open_narrow(server.addr).await;
    slow.hello(None).await;
    slow.join(None).await;
    let connections = (SENDERS + 2) as u64;
    server.until_metric("surtitle_connections", connections).await;

    // Ten messages at a time: the others have each before the next are sent.
    let mut sent: Vec<EventId> = Vec::new();
    let mut longest = Duration::ZERO;
    let mut frames = 0;
    loop {
        let sender = &mut senders[frames / BURST];
        let start = Instant::now();
        for _ in 0..STEP {
            let cid = sender.send(Body::Custom { data: "x".repeat(BYTES) }).await;
            sent.push(sender.acked(cid).await);
        }
        frames += STEP;
        let last = sent.last().expect("ten were sent").clone();
        heard(&mut reader, &last).await;
        longest = longest.max(start.elapsed());
        let open = server.metrics().await.get("surtitle_connections").copied();
        if open == Some(connections - 1) {
            break;
        }
        assert!(frames < SENDERS * BURST, "{frames} messages and it is still not cut");
    }
    assert!(longest < Duration::from_secs(2), "ten messages took the others {longest:?}");

    // What the kernel had taken arrives; what the server kept was at most so much.
    let code = slow.closed().await;
    assert!(matches!(code, None | Some(1013)), "{code:?}");
    server.until_metric("surtitle_closed_total{code=\"1013\"}", 1).await;
    let seen = slow.position;
    let got = ids(slow.drain());
    assert_eq!(got, sent[..got.len()], "in order and without a gap until it was cut");
    // It may have been cut some steps before that showed, and amid a message.
    let unread = (sent.len() - got.len()) * BYTES;
    let most = KEPT + (LATE * STEP + 1) * BYTES;
    assert!(unread <= most, "{unread} bytes were kept, at most {most} may be");

    // It comes back where it was, and loses nothing.
    let mut slow = Client::open(server.addr).await;
    slow.hello(None).await;
    let joined = slow.join(Some(seen)).await;
    assert!(joined.resumed);
    let missed: Vec<_> =
        joined.history.into_iter().filter(is_custom).map(|event| event.id).collect();
    assert_eq!(missed, sent[got.len()..]);
    server.viewer("Late").await.say("and so it goes on").await;
    slow.hear("and so it goes on").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn much_that_was_missed_is_not_held_against_the_one_who_comes_back() {
    let home = Home::new();
    let server = roomy(&home).await;
    let mut slow = Client::open_narrow(server.addr).await;
    slow.hello(None).await;
    let seen = slow.join(None).await.position;
    drop(slow);
    let mut sent = Vec::new();
    for n in 0..8 {
        let mut sender = server.viewer(&format!("sender {n}")).await;
        for _ in 0..BURST {
            let cid = sender.send(Body::Custom { data: "x".repeat(BYTES) }).await;
            sent.push(sender.acked(cid).await);
        }
    }
    // Nearly two megabytes, while the room talks on: more than is kept for a slow socket.
    let mut talking = server.viewer("Talker").await;
    let talk = tokio::spawn(async move {
        let mut beat = tokio::time::interval(Duration::from_millis(60));
        for n in 0..100 {
            beat.tick().await;
            talking.say(&format!("line {n}")).await;
        }
    });
    let mut slow = Client::open_narrow(server.addr).await;
    slow.hello(None).await;
    let joined = slow.join(Some(seen)).await;
    assert!(joined.resumed);
    let missed: Vec<_> =
        joined.history.into_iter().filter(is_custom).map(|event| event.id).collect();
    assert_eq!(missed, sent);
    slow.hear("line 99").await;
    within("the talk", talk).await.expect("no panic");
}
