//! Links that die without a word.

use crate::scripted::{Server, Show, soon};
use futures_util::StreamExt;
use std::time::{Duration, Instant};
use surtitle_connectors::surtitle::RemoteConfig;
use surtitle_core::wire::{ClientFrame, LinkState};

const BEAT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn server_that_falls_silent_is_left_and_joined_again() {
    let server = Server::start().await;
    let mut show = Show::join(RemoteConfig { beat: Some(BEAT), ..server.config(None) });
    // Kept open and never read: only the clock can tell that it is dead.
    let (_silent, _) = server.admit(3, false, &[]).await;
    let since = Instant::now();
    show.entry().await;
    let (state, why) = show.link().await;
    assert_eq!(state, LinkState::Retrying);
    assert!(why.contains("nothing heard from"), "{why}");
    assert!(since.elapsed() >= BEAT, "a whole beat for the answer");
    let (_peer, resume) = server.admit(3, true, &[]).await;
    assert_eq!(resume.map(|p| p.seq.0), Some(3));
    show.entry().await;
}

#[tokio::test]
async fn server_that_answers_pings_is_kept() {
    let server = Server::start().await;
    let mut show = Show::join(RemoteConfig { beat: Some(BEAT), ..server.config(None) });
    let (mut peer, _) = server.admit(0, false, &[]).await;
    show.entry().await;
    for _ in 0..4 {
        let message = soon("a ping", peer.socket.next()).await.expect("open").expect("sound");
        let frame = serde_json::from_str(message.to_text().expect("text")).expect("a frame");
        let ClientFrame::Ping { n } = frame else { panic!("{frame:?}") };
        peer.say(serde_json::json!({"t": "pong", "n": n})).await;
    }
    peer.batch(1, 1, [1]).await;
    assert_eq!(show.messages().await, [1], "over the same link");
}

#[tokio::test]
async fn server_that_greets_nobody_is_left() {
    let server = Server::start().await;
    let mut show =
        Show::join(RemoteConfig { patience: Duration::from_millis(60), ..server.config(None) });
    let _silent = server.accept().await;
    let (_, why) = show.link().await;
    assert!(why.contains("does not answer; is it Surtitle?"), "{why}");
    server.admit(0, false, &[]).await;
    show.entry().await;
}
