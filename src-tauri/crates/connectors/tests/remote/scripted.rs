//! A server that says what the test tells it, and the show at the other end.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::future::Future;
use std::time::Duration;
use surtitle_connectors::backoff::Backoff;
use surtitle_connectors::surtitle::{Address, Remote, RemoteConfig, connect};
use surtitle_core::session::SessionEvent;
use surtitle_core::wire::{ClientFrame, LinkState};
use surtitle_core::{Event, Position};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, accept_async};

/// Longest wait for anything.
const LIMIT: Duration = Duration::from_secs(20);

/// `future`, which must not take long.
pub async fn soon<F: Future>(what: &str, future: F) -> F::Output {
    tokio::time::timeout(LIMIT, future)
        .await
        .unwrap_or_else(|_| panic!("waited in vain for {what}"))
}

/// Listens where a remote room should be.
pub struct Server {
    listener: TcpListener,
    pub port: u16,
}

impl Server {
    pub async fn start() -> Self {
        Self::start_on(0).await
    }

    /// On a given port, as a server that was restarted.
    pub async fn start_on(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
        let port = listener.local_addr().expect("it is bound").port();
        Self { listener, port }
    }

    pub fn config(&self, token: Option<&str>) -> RemoteConfig {
        let address = format!("ws://127.0.0.1:{}/main", self.port);
        RemoteConfig {
            backoff: Backoff {
                first: Duration::from_millis(20),
                cap: Duration::from_millis(100),
                ..Backoff::default()
            },
            ..RemoteConfig::new(
                Address::parse(&address).expect("an address"),
                token.map(str::to_owned),
            )
        }
    }

    /// The next connection, upgraded.
    pub async fn accept(&self) -> Peer {
        let (stream, _) = soon("a connection", self.listener.accept()).await.expect("accepts");
        Peer { socket: soon("an upgrade", accept_async(stream)).await.expect("a WebSocket") }
    }

    /// The next connection, past `hello`, `join` and `joined`; `seq` is the
    /// room's last number, `history` the messages sent along.
    pub async fn admit(
        &self,
        seq: u64,
        resumed: bool,
        history: &[u64],
    ) -> (Peer, Option<Position>) {
        let mut peer = self.accept().await;
        peer.greet().await;
        let resume = peer.join(1, seq, resumed, history).await;
        (peer, resume)
    }

    /// Whether nobody calls for `time`.
    pub async fn is_left_alone(&self, time: Duration) -> bool {
        tokio::time::timeout(time, self.listener.accept()).await.is_err()
    }
}

/// The server's end of one connection.
pub struct Peer {
    pub socket: WebSocketStream<TcpStream>,
}

impl Peer {
    /// The next frame that is not a ping; pings are answered.
    pub async fn hear(&mut self) -> ClientFrame {
        loop {
            let message = soon("a frame", self.socket.next()).await.expect("open").expect("sound");
            let Message::Text(text) = message else { panic!("not text: {message:?}") };
            match serde_json::from_str(&text).expect("a client frame") {
                ClientFrame::Ping { n } => self.say(json!({"t": "pong", "n": n})).await,
                frame => return frame,
            }
        }
    }

    pub async fn say(&mut self, frame: Value) {
        self.raw(Message::text(frame.to_string())).await;
    }

    pub async fn raw(&mut self, message: Message) {
        soon("room to write", self.socket.send(message)).await.expect("the other end reads");
    }

    /// Takes `hello`, says `welcome`; the token said.
    pub async fn greet(&mut self) -> Option<String> {
        let ClientFrame::Hello { v: 1, token } = self.hear().await else {
            panic!("hello is first")
        };
        self.say(json!({
            "t": "welcome", "v": 1, "role": "guest", "room": "main", "beat_ms": 20_000,
            "limits": {"text": 300, "nick": 24, "frame": 12_288}, "gifts": [],
        }))
        .await;
        token
    }

    /// Takes `join`, says `joined`; the resume asked for.
    pub async fn join(
        &mut self,
        epoch: u32,
        seq: u64,
        resumed: bool,
        history: &[u64],
    ) -> Option<Position> {
        let ClientFrame::Join { room, resume } = self.hear().await else { panic!("join follows") };
        assert_eq!(room.as_str(), "main");
        self.say(json!({
            "t": "joined", "room": {"id": "main", "name": "Main"}, "online": 3, "likes": 10,
            "position": {"epoch": epoch, "seq": seq}, "resumed": resumed,
            "history": history.iter().map(|n| comment(*n)).collect::<Vec<_>>(),
        }))
        .await;
        resume
    }

    /// One batch with these messages, the last of which has number `seq`.
    pub async fn batch(&mut self, epoch: u32, seq: u64, messages: impl IntoIterator<Item = u64>) {
        let events: Vec<Value> = messages.into_iter().map(comment).collect();
        let position = json!({"epoch": epoch, "seq": seq});
        self.say(json!({"t": "batch", "position": position, "events": events})).await;
    }

    /// Ends the connection with a close code.
    pub async fn close(mut self, code: u16, reason: &str) {
        let frame = CloseFrame { code: code.into(), reason: reason.to_owned().into() };
        soon("a close", self.socket.close(Some(frame))).await.expect("the other end is there");
        self.ended().await;
    }

    /// Waits until the other end is gone; the close code it gave.
    pub async fn ended(&mut self) -> Option<u16> {
        let mut code = None;
        loop {
            match soon("the end", self.socket.next()).await {
                Some(Ok(Message::Close(frame))) => code = frame.map(|f| f.code.into()),
                Some(Ok(_)) => {}
                Some(Err(Error::ConnectionClosed)) | None => return code,
                Some(Err(_)) => return None,
            }
        }
    }
}

/// Message number `n`, as JSON.
pub fn comment(n: u64) -> Value {
    json!({
        "id": format!("m{n}"), "at": n * 1_000, "source": "room", "priority": "normal",
        "from": {"id": "u1", "nick": "u1"}, "kind": "comment", "text": format!("line {n}"),
    })
}

/// The numbers of messages made by [`comment`].
pub fn numbers(events: &[Event]) -> Vec<u64> {
    events.iter().map(|e| e.at.0 / 1_000).collect()
}

/// The show's end.
pub struct Show {
    pub remote: Remote,
    pub events: mpsc::Receiver<SessionEvent>,
}

/// What a join told the show.
pub struct Entry {
    pub missed: Vec<u64>,
    pub lost: u64,
    /// Of the link that is live now.
    pub detail: Option<String>,
}

impl Show {
    pub fn join(config: RemoteConfig) -> Self {
        let (tx, events) = mpsc::channel(64);
        Self { remote: connect(config, tx), events }
    }

    pub async fn next(&mut self) -> SessionEvent {
        soon("an event", self.events.recv()).await.expect("the link runs")
    }

    /// Skips to the next link state other than `connecting`.
    pub async fn link(&mut self) -> (LinkState, String) {
        loop {
            match self.next().await {
                SessionEvent::Link { state: LinkState::Connecting, .. } => {}
                SessionEvent::Link { state, detail } => return (state, detail.unwrap_or_default()),
                _ => {}
            }
        }
    }

    /// Skips to the next join that is followed by `live`.
    pub async fn entry(&mut self) -> Entry {
        loop {
            let SessionEvent::Joined { missed, lost, .. } = self.next().await else { continue };
            let missed = numbers(&missed);
            match self.next().await {
                SessionEvent::Link { state: LinkState::Live, detail } => {
                    return Entry { missed, lost, detail };
                }
                other => panic!("joined, then {other:?}"),
            }
        }
    }

    /// What the next join brings while the link is live all the time.
    pub async fn refill(&mut self) -> Vec<u64> {
        match self.next().await {
            SessionEvent::Joined { missed, lost: 0, .. } => numbers(&missed),
            other => panic!("{other:?}"),
        }
    }

    /// The next messages; nothing else may come before them.
    pub async fn messages(&mut self) -> Vec<u64> {
        match self.next().await {
            SessionEvent::Events { events, .. } => numbers(&events),
            other => panic!("{other:?}"),
        }
    }
}
