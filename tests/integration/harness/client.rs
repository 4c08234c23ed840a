//! One real WebSocket that speaks the native protocol.

use super::within;
use futures_util::{SinkExt as _, StreamExt as _};
use std::collections::VecDeque;
use std::net::SocketAddr;
use surtitle_core::wire::{ClientFrame, ServerFrame};
use surtitle_core::{Cue, Event, Position, Sender, UserId};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::{Error, Message, protocol::WebSocketConfig};
use tokio_tungstenite::{WebSocketStream, client_async_with_config};

/// What a connection heard, taken apart: batches into events, cues into one each.
#[derive(Debug, Clone)]
pub enum Heard {
    /// A message.
    Event(Event),
    /// A cue.
    Cue(Cue),
    /// Any other frame.
    Frame(ServerFrame),
}

/// A connection. What it heard and nobody asked for yet waits in its inbox.
pub struct Client {
    socket: WebSocketStream<TcpStream>,
    inbox: VecDeque<Heard>,
    /// Set once the connection has ended; the code of the close frame, if there was one.
    ended: Option<Option<u16>>,
    /// The number of the last message seen.
    pub position: Position,
    /// Who it is, once named.
    pub user: Option<Sender>,
    /// The token of that name.
    pub token: Option<String>,
    /// The last number it used.
    pub(super) cid: u32,
}

impl Client {
    /// Opens a socket and says nothing.
    pub async fn open(addr: SocketAddr) -> Self {
        Self::open_over(addr, TcpSocket::new_v4().expect("a socket")).await
    }

    /// Opens a socket whose kernel keeps only little of what it does not read.
    pub async fn open_narrow(addr: SocketAddr) -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_recv_buffer_size(4_096).expect("a buffer size");
        Self::open_over(addr, socket).await
    }

    async fn open_over(addr: SocketAddr, socket: TcpSocket) -> Self {
        let stream = within("a connection", socket.connect(addr)).await.expect("it listens");
        stream.set_nodelay(true).expect("an option");
        let config = WebSocketConfig::default().max_message_size(None).max_frame_size(None);
        let shake = client_async_with_config(format!("ws://{addr}/ws"), stream, Some(config));
        let (socket, _) = within("the upgrade", shake).await.expect("it is a websocket");
        Self {
            socket,
            inbox: VecDeque::new(),
            ended: None,
            position: Position::default(),
            user: None,
            token: None,
            cid: 0,
        }
    }

    /// Its id, once named.
    pub fn id(&self) -> UserId {
        self.user.as_ref().expect("it has a name").id.clone()
    }

    /// The token of its name.
    pub fn token(&self) -> String {
        self.token.clone().expect("it has a token")
    }

    /// Sends a frame.
    pub async fn put(&mut self, frame: &ClientFrame) {
        self.put_text(&serde_json::to_string(frame).expect("it serialises")).await;
    }

    /// Sends a text message, whatever is in it.
    pub async fn put_text(&mut self, text: &str) {
        self.try_put(Message::text(text)).await.expect("the connection is open");
    }

    /// Sends a message, if the connection is still open.
    pub async fn try_put(&mut self, message: Message) -> Result<(), Error> {
        within("a write", self.socket.send(message)).await
    }

    /// What `pick` finds, in the inbox or in what comes; the rest stays in the inbox.
    pub async fn until<T>(&mut self, what: &str, pick: impl FnMut(&Heard) -> Option<T>) -> T {
        match within(what, self.search(pick)).await {
            Ok(found) => found,
            Err(code) => panic!("{what}: the connection ended with {code:?}"),
        }
    }

    /// Like [`Self::until`], without a deadline; `Err` with the close code if it ends.
    pub async fn search<T>(
        &mut self,
        mut pick: impl FnMut(&Heard) -> Option<T>,
    ) -> Result<T, Option<u16>> {
        let mut looked = 0;
        loop {
            while let Some(heard) = self.inbox.get(looked) {
                if let Some(found) = pick(heard) {
                    self.inbox.remove(looked);
                    return Ok(found);
                }
                looked += 1;
            }
            self.read().await?;
        }
    }

    /// Waits for the end of the connection: the code of the close frame.
    pub async fn closed(&mut self) -> Option<u16> {
        within("the connection ends", async {
            loop {
                if let Err(code) = self.read().await {
                    return code;
                }
            }
        })
        .await
    }

    /// Everything heard and not asked for; the inbox is empty afterwards.
    pub fn drain(&mut self) -> Vec<Heard> {
        self.inbox.drain(..).collect()
    }

    /// Reads one message into the inbox.
    async fn read(&mut self) -> Result<(), Option<u16>> {
        if let Some(code) = self.ended {
            return Err(code);
        }
        let end = match self.socket.next().await {
            Some(Ok(Message::Text(text))) => {
                let frame =
                    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error} in {text}"));
                self.take(frame);
                return Ok(());
            }
            Some(Ok(Message::Close(frame))) => frame.map(|f| u16::from(f.code)),
            Some(Ok(_)) => return Ok(()),
            Some(Err(_)) | None => None,
        };
        self.ended = Some(end);
        Err(end)
    }

    fn take(&mut self, frame: ServerFrame) {
        match frame {
            ServerFrame::Batch { position, events } => {
                let first = position.seq.0 + 1 - events.len() as u64;
                if self.position.epoch == position.epoch {
                    assert_eq!(first, self.position.seq.0 + 1, "a gap or a repeat in the numbers");
                }
                self.position = position;
                self.inbox.extend(events.into_iter().map(Heard::Event));
            }
            ServerFrame::Cues { cues, .. } => self.inbox.extend(cues.into_iter().map(Heard::Cue)),
            frame => self.inbox.push_back(Heard::Frame(frame)),
        }
    }
}
