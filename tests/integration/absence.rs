//! A socket that says nothing for a minute is let go of.

use crate::harness::{Client, Home};
use std::time::{Duration, Instant};
use surtitle_core::Position;
use surtitle_core::wire::{Body, ClientFrame, IDLE_MS};
use tokio::time::{interval, timeout};

/// Enough for the server to see that a socket is silent, and then that it does
/// not even take its close frame.
const PATIENCE: Duration = Duration::from_millis(IDLE_MS as u64 + 20_000);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn silent_socket_is_closed_and_one_that_does_not_read_is_cut() {
    let home = Home::new();
    let config = home.file("surtitle.toml", "budget = 1000");
    let server = home.launch().arg("--config").arg(config).start().await;
    let mut alive = server.viewer("Alive").await;
    let beginning = Position { seq: Default::default(), ..alive.position };
    for n in 0..8 {
        let mut sender = server.viewer(&format!("sender {n}")).await;
        for _ in 0..50 {
            let cid = sender.send(Body::Custom { data: "x".repeat(4_000) }).await;
            sender.acked(cid).await;
        }
    }
    // It asks for megabytes, twice, takes none of them, and falls silent.
    let mut stuck = Client::open_narrow(server.addr).await;
    stuck.hello(None).await;
    for _ in 0..2 {
        let join = ClientFrame::Join { room: "main".into(), resume: Some(beginning) };
        stuck.put(&join).await;
        // Two deliveries later it has been answered.
        for _ in 0..2 {
            alive.say("and so on").await;
            alive.hear("and so on").await;
        }
    }
    let mut silent = server.guest().await;
    server.until_metric("surtitle_connections", 3).await;
    let start = Instant::now();
    let gone = async {
        let mut beat = interval(Duration::from_secs(2));
        loop {
            beat.tick().await;
            alive.settled().await;
            if server.metrics().await.get("surtitle_connections") == Some(&1) {
                break;
            }
        }
    };
    assert!(timeout(PATIENCE, gone).await.is_ok(), "still open after {PATIENCE:?}");
    assert!(start.elapsed() >= Duration::from_millis(IDLE_MS.into()) - Duration::from_secs(1));
    assert_eq!(silent.closed().await, Some(4000));
    alive.say("she pinged, so she stays").await;
}
