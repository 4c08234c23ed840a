//! Frames no honest server sends.

use crate::scripted::{Server, Show, comment};
use serde_json::json;
use surtitle_core::EventKind;
use surtitle_core::session::SessionEvent;
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn garbage_is_counted_and_the_link_goes_on() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (mut peer, _) = server.admit(0, false, &[]).await;
    show.entry().await;
    let deep =
        format!("{{\"t\":\"batch\",\"events\":{}{}}}", "[".repeat(50_000), "]".repeat(50_000));
    let broken = ["", "null", "{", "{\"t\":7}", "{\"t\":\"ack\"}", "\u{0}", &deep];
    for text in broken {
        peer.raw(Message::text(text)).await;
    }
    peer.raw(Message::binary(vec![0, 159, 146, 150])).await;
    peer.say(json!({"t": "hologram"})).await;
    peer.say(json!({"t": "hologram", "beams": [1, 2]})).await;
    peer.raw(Message::Ping(vec![1].into())).await;
    // Wrong in their place: a second welcome, answers to nothing, a batch beyond counting.
    peer.say(json!({"t": "ack", "cid": 9, "id": "x"})).await;
    peer.say(json!({"t": "done", "id": 9})).await;
    peer.say(json!({"t": "joined", "room": {"id": "main", "name": "x"}, "online": 1, "likes": 0,
        "position": {"epoch": 1, "seq": 50}, "resumed": true, "history": []}))
        .await;
    peer.batch(1, u64::MAX, [1]).await;
    peer.batch(1, 1, [1]).await;
    assert_eq!(show.messages().await, [1]);
    let tally = &show.remote.tally;
    assert_eq!(tally.unknown(), 2);
    assert_eq!(tally.malformed(), broken.len() as u64 + 2, "and the binary one, and the batch");
}

#[tokio::test]
async fn unusable_events_are_left_out_and_the_numbers_go_on() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (mut peer, _) = server.admit(0, false, &[]).await;
    show.entry().await;
    let mut nameless = comment(2);
    nameless["from"]["id"] = json!("a b");
    let mut newer = comment(3);
    newer["kind"] = json!("hologram");
    let mut wild = comment(4);
    wild["text"] = json!("<img src=x onerror=alert(1)>\u{202E}\u{0}evil");
    wild["from"]["avatar"] = json!("javascript:alert(1)");
    peer.say(json!({
        "t": "batch", "position": {"epoch": 1, "seq": 4},
        "events": [comment(1), nameless, newer, wild],
    }))
    .await;
    let SessionEvent::Events { events, position } = show.next().await else { panic!("messages") };
    assert_eq!((events.len(), position.seq.0), (2, 4));
    let text = EventKind::comment("<img src=x onerror=alert(1)> evil");
    assert_eq!(events[1].kind, text, "text is text, never markup");
    assert_eq!(events[1].from.as_ref().and_then(|f| f.avatar.as_ref()), None);
    assert_eq!(show.remote.tally.events(), 2);
    peer.batch(1, 5, [5]).await;
    assert_eq!(show.messages().await, [5], "no gap was seen");
}
