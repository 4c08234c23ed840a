//! Cuts, restarts, gaps: every message once, and what is gone is counted.

use crate::scripted::{Peer, Server, Show, numbers};
use std::time::Duration;
use surtitle_core::session::SessionEvent;
use surtitle_core::wire::LinkState;
use surtitle_core::{Epoch, Position, Seq};
use tokio_tungstenite::tungstenite::Message;

fn at(epoch: u32, seq: u64) -> Option<Position> {
    Some(Position { epoch: Epoch(epoch), seq: Seq(seq) })
}

#[tokio::test]
async fn cut_link_comes_back_where_it_was() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (mut peer, _) = server.admit(2, false, &[1, 2]).await;
    show.entry().await;
    peer.batch(1, 4, [3, 4]).await;
    assert_eq!(show.messages().await, [3, 4]);
    drop(peer);
    let (state, why) = show.link().await;
    assert_eq!(state, LinkState::Retrying);
    assert!(why.contains("broke; trying again"), "{why}");

    let (mut peer, resume) = server.admit(6, true, &[5, 6]).await;
    assert_eq!(resume, at(1, 4));
    let entry = show.entry().await;
    assert_eq!((entry.missed, entry.lost, entry.detail), (vec![5, 6], 0, None));
    peer.batch(1, 7, [7]).await;
    assert_eq!(show.messages().await, [7]);
}

/// A room of 2,000 messages over a link that breaks every few batches, with
/// batches that overlap what was sent before and holes that were never sent.
#[tokio::test]
async fn flood_over_a_breaking_link_arrives_once_and_in_order() {
    const LAST: u64 = 2_000;
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let room = tokio::spawn(async move {
        let (mut state, mut sent) = (7_u64, 0_u64);
        let mut draw = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % below
        };
        let (mut cuts, mut peer): (u32, Peer) = (0, server.accept().await);
        peer.greet().await;
        peer.join(1, 0, false, &[]).await;
        loop {
            match draw(8) {
                0 if sent < LAST => {
                    drop(peer);
                    cuts += 1;
                    peer = server.accept().await;
                    peer.greet().await;
                    sent = answer(&mut peer, sent + draw(30)).await;
                }
                1 if sent < LAST - 50 => {
                    let hole = sent + 2 + draw(20);
                    peer.batch(1, hole, [hole]).await;
                    sent = answer(&mut peer, hole).await;
                }
                _ if sent < LAST => {
                    let from = sent.saturating_sub(draw(5)) + 1;
                    sent += 1 + draw(10);
                    peer.batch(1, sent, from..=sent).await;
                }
                _ => return (cuts, sent, peer),
            }
        }
    });
    let mut got = Vec::new();
    while got.last() < Some(&LAST) {
        match show.next().await {
            SessionEvent::Events { events, .. } => got.extend(numbers(&events)),
            SessionEvent::Joined { missed, lost, .. } => {
                assert_eq!(lost, 0);
                got.extend(numbers(&missed));
            }
            _ => {}
        }
    }
    let (cuts, sent, _peer) = room.await.expect("the script holds");
    assert!(cuts > 20, "the link was cut {cuts} times");
    assert_eq!(got, (1..=sent.max(LAST)).collect::<Vec<_>>());
}

/// Answers a join with everything after its `resume` up to `seq`.
async fn answer(peer: &mut Peer, seq: u64) -> u64 {
    use serde_json::json;
    use surtitle_core::wire::ClientFrame;
    let ClientFrame::Join { resume, .. } = peer.hear().await else { panic!("a join") };
    let seen = resume.expect("it has been here").seq.0;
    let seq = seq.max(seen);
    let missed: Vec<_> = (seen + 1..=seq).map(crate::scripted::comment).collect();
    peer.say(json!({
        "t": "joined", "room": {"id": "main", "name": "Main"}, "online": 1, "likes": 0,
        "position": {"epoch": 1, "seq": seq}, "resumed": true, "history": missed,
    }))
    .await;
    seq
}

#[tokio::test]
async fn gap_is_filled_on_the_same_connection() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (mut peer, _) = server.admit(2, false, &[]).await;
    show.entry().await;
    peer.batch(1, 9, [8, 9]).await;
    assert_eq!(peer.join(1, 9, true, &[3, 4, 5, 6, 7, 8, 9]).await, at(1, 2));
    assert_eq!(show.refill().await, [3, 4, 5, 6, 7, 8, 9]);
    peer.batch(1, 10, [10]).await;
    assert_eq!(show.messages().await, [10]);
}

#[tokio::test]
async fn gap_longer_than_the_rooms_memory_is_counted() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (peer, _) = server.admit(10, false, &[9, 10]).await;
    show.entry().await;
    drop(peer);
    let (_peer, resume) = server.admit(100, false, &[98, 99, 100]).await;
    assert_eq!(resume, at(1, 10));
    let entry = show.entry().await;
    assert_eq!((entry.missed, entry.lost), (vec![98, 99, 100], 87));
}

#[tokio::test]
async fn restarted_room_gives_what_it_kept_and_says_so() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (mut peer, _) = server.admit(2, false, &[1, 2]).await;
    show.entry().await;
    peer.batch(1, 3, [3]).await;
    assert_eq!(show.messages().await, [3]);
    drop(peer);
    let mut peer = server.accept().await;
    peer.greet().await;
    assert_eq!(peer.join(2, 1, false, &[1, 2, 3, 4]).await, at(1, 3));
    let entry = show.entry().await;
    assert_eq!((entry.missed, entry.lost), (vec![4], 0));
    assert!(entry.detail.is_some_and(|why| why.contains("started anew")));
    peer.batch(2, 2, [5]).await;
    assert_eq!(show.messages().await, [5], "and the new numbering goes on");
}

#[tokio::test]
async fn server_restarted_on_its_port_is_found_again() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (peer, _) = server.admit(2, false, &[]).await;
    show.entry().await;
    let port = server.port;
    drop(server);
    peer.close(1001, "server stops").await;
    assert_eq!(
        show.link().await,
        retrying(format!("127.0.0.1:{port} stops; trying again until it is back"))
    );
    let nothing = format!("nothing answers at 127.0.0.1:{port}; is Surtitle running there?");
    assert_eq!(show.link().await, retrying(nothing));

    let server = Server::start_on(port).await;
    let (_peer, resume) = server.admit(4, true, &[3, 4]).await;
    assert_eq!(resume, at(1, 2));
    assert_eq!(show.entry().await.missed, [3, 4]);
}

fn retrying(why: String) -> (LinkState, String) {
    (LinkState::Retrying, why)
}

/// All that was missed does not fit one message: the next join asks for less
/// rather than for the same for ever.
#[tokio::test]
async fn return_that_does_not_fit_is_asked_for_in_short() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (peer, _) = server.admit(10, false, &[]).await;
    show.entry().await;
    drop(peer);
    let mut peer = server.accept().await;
    peer.greet().await;
    peer.hear().await;
    // The other end hangs up in the middle of it.
    let _ = futures_util::SinkExt::send(&mut peer.socket, Message::text(" ".repeat(5 << 20))).await;
    let (_, why) = show.link().await;
    assert!(why.contains("broke"), "{why}");
    let (_, why) = show.link().await;
    assert!(why.contains("larger than 4 MiB"), "{why}");
    let (peer, resume) = server.admit(5_000, false, &[5_000]).await;
    assert_eq!(resume, None);
    let entry = show.entry().await;
    assert_eq!((entry.missed, entry.lost), (vec![5_000], 4_989));
    drop(peer);
    let (_peer, resume) = server.admit(5_000, true, &[]).await;
    assert_eq!(resume, at(1, 5_000), "and then all again");
}

#[tokio::test]
async fn quick_failures_do_not_hammer_the_server() {
    let server = Server::start().await;
    let mut config = server.config(None);
    config.backoff.first = Duration::from_secs(3_600);
    config.backoff.cap = Duration::from_secs(3_600);
    let mut show = Show::join(config);
    let peer = server.accept().await;
    drop(peer);
    assert_eq!(show.link().await.0, LinkState::Retrying);
    assert!(server.is_left_alone(Duration::from_millis(300)).await);
}
