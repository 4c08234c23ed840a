//! The other side said no, for good.

use crate::scripted::{Server, Show};
use serde_json::json;
use std::time::Duration;
use surtitle_core::Code;
use surtitle_core::session::{SessionCommand, SessionEvent};
use surtitle_core::wire::{Body, LinkState};

/// Several times the longest wait between two tries.
const LONG: Duration = Duration::from_millis(400);

/// The link is given up, nobody calls again, and a send is still answered.
async fn is_given_up(server: &Server, show: &mut Show, says: &str) {
    let (state, why) = show.link().await;
    assert_eq!(state, LinkState::Refused, "{why}");
    assert!(why.contains(says), "{why}");
    assert!(server.is_left_alone(LONG).await, "it came back");
    let body = Body::Comment { text: "hi".into() };
    let send = SessionCommand::Send { cid: 1, priority: None, body };
    show.remote.commands.send(send).await.expect("open");
    let SessionEvent::Answer { cid: 1, result } = show.next().await else { panic!("an answer") };
    assert_eq!(result.map_err(|r| r.code), Err(Code::Offline));
}

#[tokio::test]
async fn bad_token_waits_for_a_new_one() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(Some("hunter2")));
    let mut peer = server.accept().await;
    peer.hear().await;
    peer.say(json!({"t": "error", "code": 2203, "message": "it has run out", "retry": false}))
        .await;
    is_given_up(&server, &mut show, "does not accept the token: it has run out").await;
}

#[tokio::test]
async fn token_withdrawn_later_is_given_up_too() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(Some("hunter2")));
    let (peer, _) = server.admit(0, false, &[]).await;
    show.entry().await;
    peer.close(4100, "token not accepted").await;
    is_given_up(
        &server,
        &mut show,
        "does not accept the token: get a new one from the room's host",
    )
    .await;
}

#[tokio::test]
async fn unknown_room_is_given_up() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let mut peer = server.accept().await;
    peer.greet().await;
    peer.hear().await;
    peer.say(json!({"t": "error", "code": 2101, "message": "no", "retry": false})).await;
    is_given_up(&server, &mut show, "has no room \"main\"; check the address").await;
}

#[tokio::test]
async fn newer_protocol_is_given_up() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let mut peer = server.accept().await;
    peer.hear().await;
    peer.say(json!({"t": "welcome", "v": 2, "role": "archduke"})).await;
    is_given_up(&server, &mut show, "speaks protocol version 2").await;
}

#[tokio::test]
async fn closed_for_abuse_is_given_up() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let (peer, _) = server.admit(0, false, &[]).await;
    show.entry().await;
    peer.close(4201, "too many bad frames").await;
    is_given_up(&server, &mut show, "for good: too many bad frames").await;
}

#[tokio::test]
async fn full_server_is_tried_again() {
    let server = Server::start().await;
    let mut show = Show::join(server.config(None));
    let mut peer = server.accept().await;
    peer.hear().await;
    peer.say(json!({"t": "error", "code": 2009, "message": "full", "retry": true})).await;
    assert_eq!(show.link().await.0, LinkState::Retrying);
    server.admit(0, false, &[]).await;
    show.entry().await;
}
