//! What is no HTTP is hung up on, and so is what takes too long to become it.

use crate::harness::{Bystander, Raw, http};
use std::time::{Duration, Instant};

#[tokio::test]
async fn half_a_request_and_garbage_are_hung_up_on() {
    let mut bystander = Bystander::new().await;
    let addr = bystander.server.addr;
    for (what, bytes) in [
        ("garbage", &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 is not http\r\n\r\n"[..]),
        ("a wrong method line", b"GET\r\n\r\n"),
        ("no version", b"GET / \r\nHost: localhost\r\n\r\n"),
        ("a header without a colon", b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n"),
    ] {
        let mut raw = Raw::connect(addr).await;
        raw.put(bytes).await;
        let answer = String::from_utf8_lossy(&raw.rest().await).into_owned();
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 400 "), "{what}: {answer}");
        bystander.is_undisturbed().await;
    }
    let mut half = Raw::connect(addr).await;
    half.put(b"GET /ws HTTP/1.1\r\nHost: loc").await;
    drop(half);
    bystander.is_undisturbed().await;

    let long = "x".repeat(1 << 20);
    let answer = http(addr, "GET /viewer/main", &[("Host", "localhost"), ("X-Long", &long)]).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431 "), "{answer:.80}");
    let answer = http(addr, "GET /ws", &[("Host", "localhost")]).await;
    assert!(answer.starts_with("HTTP/1.1 400 "), "not an upgrade: {answer}");
    let answer = http(addr, "POST /ws", &[("Host", "localhost")]).await;
    assert!(answer.starts_with("HTTP/1.1 405 "), "{answer}");
    let answer = http(addr, "GET /../../etc/passwd", &[("Host", "localhost")]).await;
    assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
    bystander.is_undisturbed().await;
}

#[tokio::test]
async fn header_that_trickles_in_is_cut_off() {
    let mut bystander = Bystander::new().await;
    let mut raw = Raw::connect(bystander.server.addr).await;
    let start = Instant::now();
    raw.put(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ").await;
    let mut beat = tokio::time::interval(Duration::from_millis(500));
    let ended = tokio::time::timeout(Duration::from_secs(20), async {
        loop {
            tokio::select! {
                _ = beat.tick() => raw.put(b"x").await,
                end = raw.end() => break end,
            }
        }
    });
    ended.await.expect("it is cut off");
    let took = start.elapsed();
    assert!((9..15).contains(&took.as_secs()), "{took:?}");
    bystander.is_undisturbed().await;
}
