//! A healthy link, both ways.

use crate::scripted::{Server, Show, soon};
use serde_json::json;
use surtitle_core::session::{SessionCommand, SessionEvent};
use surtitle_core::wire::{Body, ClientFrame, HostCommand, LinkState};
use surtitle_core::{Code, EventId, Reject};

fn says(cid: u32, text: &str) -> SessionCommand {
    SessionCommand::Send { cid, priority: None, body: Body::Comment { text: text.into() } }
}

#[tokio::test]
async fn room_is_joined_and_its_messages_arrive() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(Some("a-token")));
    assert!(matches!(
        show.next().await,
        SessionEvent::Link { state: LinkState::Connecting, detail: None }
    ));
    let mut peer = server.accept().await;
    assert_eq!(peer.greet().await.as_deref(), Some("a-token"));
    assert_eq!(peer.join(1, 7, false, &[6, 7]).await, None);
    let SessionEvent::Joined { room, missed, lost, online, likes, position } = show.next().await
    else {
        panic!("joined comes first");
    };
    assert_eq!((room.name.as_str(), online, likes, position.seq.0), ("Main", 3, 10, 7));
    assert_eq!((missed.len(), lost), (0, 0), "history was never meant for this show");
    assert_eq!(show.link().await, (LinkState::Live, String::new()));

    peer.batch(1, 9, [8, 9]).await;
    assert_eq!(show.messages().await, [8, 9]);
    peer.say(json!({"t": "state", "likes": 12})).await;
    let counts = SessionEvent::Counts { likes: Some(12), online: None };
    assert_eq!(show.next().await, counts);
    peer.say(json!({"t": "remove", "ids": ["m8"]})).await;
    assert_eq!(show.next().await, SessionEvent::Removed { ids: vec!["m8".into()] });
}

#[tokio::test]
async fn what_the_show_asks_reaches_the_room_and_is_answered() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(Some("a-token")));
    let (mut peer, _) = server.admit(0, false, &[]).await;
    show.entry().await;
    let commands = show.remote.commands.clone();

    commands.send(says(1, "hello")).await.expect("open");
    assert!(matches!(peer.hear().await, ClientFrame::Send { cid: 1, .. }));
    peer.say(json!({"t": "ack", "cid": 1, "id": "m1"})).await;
    let taken = SessionEvent::Answer { cid: 1, result: Ok(EventId::from("m1")) };
    assert_eq!(show.next().await, taken);

    commands.send(says(2, "again")).await.expect("open");
    peer.hear().await;
    let no =
        json!({"t": "error", "code": 2107, "message": "muted\u{202E}", "retry": true, "re": 2});
    peer.say(no).await;
    let result = Err(Reject::new(Code::Muted, "muted"));
    assert_eq!(show.next().await, SessionEvent::Answer { cid: 2, result });

    for count in [1, 2, 3] {
        commands.send(SessionCommand::Like { count }).await.expect("open");
    }
    assert_eq!(peer.hear().await, ClientFrame::Like { count: 6 });

    commands.send(SessionCommand::Remove { id: "m1".into() }).await.expect("open");
    let ClientFrame::Do { id, command, .. } = peer.hear().await else { panic!("an order") };
    assert_eq!(command, HostCommand::Remove { id: "m1".into() });
    commands.send(SessionCommand::Mute { user: "u1".into(), seconds: 60 }).await.expect("open");
    let ClientFrame::Do { id: next, command, .. } = peer.hear().await else { panic!("an order") };
    assert_eq!(command, HostCommand::Mute { user: "u1".into(), seconds: 60 });
    assert_ne!(id, next);
}

#[tokio::test]
async fn send_finds_nobody_while_the_room_is_away() {
    let server = Server::start().await;
    let config = server.config(None);
    drop(server);
    let mut show = Show::join(config);
    assert_eq!(show.link().await.0, LinkState::Retrying);
    show.remote.commands.send(says(5, "anybody?")).await.expect("open");
    loop {
        if let SessionEvent::Answer { cid: 5, result } = show.next().await {
            break assert_eq!(result.map_err(|r| r.code), Err(Code::Offline));
        }
    }
}

#[tokio::test]
async fn send_under_way_is_answered_when_the_link_is_cut() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(Some("a-token")));
    let (mut peer, _) = server.admit(0, false, &[]).await;
    show.entry().await;
    show.remote.commands.send(says(5, "hello")).await.expect("open");
    peer.hear().await;
    drop(peer);
    let SessionEvent::Answer { cid: 5, result } = show.next().await else { panic!("the answer") };
    assert_eq!(result.map_err(|r| r.code), Err(Code::Offline));
}

#[tokio::test]
async fn dropping_the_remote_closes_the_link() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (mut peer, _) = server.admit(0, false, &[]).await;
    show.entry().await;
    let commands = show.remote.commands.clone();
    drop(show.remote);
    assert_eq!(peer.ended().await, Some(1000));
    soon("the task's end", commands.closed()).await;
    assert_eq!(soon("the last event", show.events.recv()).await, None);
}

#[tokio::test]
async fn dropping_the_events_closes_the_link() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (mut peer, _) = server.admit(0, false, &[]).await;
    show.entry().await;
    drop(show.events);
    assert_eq!(peer.ended().await, Some(1000));
    soon("the task", show.remote.task).await.expect("no panic");
}

/// The show stops reading: the link holds what fits the channel, waits, and
/// delivers everything in order once the show reads again.
#[tokio::test]
async fn slow_show_is_waited_for() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (mut peer, _) = server.admit(0, false, &[]).await;
    show.entry().await;
    let writer = tokio::spawn(async move {
        for n in 1..=2_000 {
            peer.batch(1, n, [n]).await;
        }
        peer
    });
    soon("a full channel", async {
        while show.events.len() < show.events.max_capacity() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    for n in 1..=2_000 {
        assert_eq!(show.messages().await, [n]);
    }
    soon("the writer", writer).await.expect("no panic");
}
