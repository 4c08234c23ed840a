//! One SDK socket: reads frames and has its session answer them.
//!
//! Every frame that can be answered is answered.

use super::asker::Asker;
use super::outlet::{Kind, Outlet};
use super::session::{Device, Session};
use crate::metrics::CodeLabel;
use crate::state::State;
use crate::ws::codec::{self, Codec, Incoming};
use crate::ws::conn::{Conn, Level};
use bytes::Bytes;
use std::cell::RefCell;
use std::sync::Arc;
use surtitle_core::wire::Close;
use surtitle_tim::code::Code;
use surtitle_tim::frame::{self, Request};
use tokio::net::TcpStream;

/// Largest frame read, in bytes: a message of 12 KB whose every character is escaped.
pub const FRAME_LIMIT: usize = 96 * 1024;
/// Frames that cannot be read before the socket is closed.
const BAD_LIMIT: u32 = 20;
/// Bytes read at once, per thread.
const READ: usize = 16 * 1024;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; READ]);
}

struct Socket {
    conn: Arc<Conn>,
    session: Session,
    bad: u32,
}

/// Serves one upgraded socket until it ends; `first` is what came with the upgrade.
pub async fn run(
    state: Arc<State>,
    stream: TcpStream,
    first: Bytes,
    kind: Kind,
    mut device: Device,
) {
    let now = state.shared.clock.now().0;
    device.ip = stream.peer_addr().ok().map(|peer| peer.ip());
    let conn = Conn::new(state.next_conn(), stream, now);
    let metrics = state.shared.metrics.clone();
    metrics.accepted.inc();
    metrics.connections.inc();
    state.socket_opened(&conn);
    let outlet = Outlet::over(Arc::clone(&conn), kind);
    let session = Session::new(Arc::clone(&state), outlet, device);
    let mut socket = Box::new(Socket { conn: Arc::clone(&conn), session, bad: 0 });
    if let Some(close) = socket.serve(&first).await {
        conn.close(close);
    }
    if let Some(code) = conn.close_code() {
        metrics.closed.get_or_create(&CodeLabel { code: code.into() }).inc();
    }
    conn.abort();
    state.socket_closed(conn.id);
    socket.session.lose(crate::apps::logins::Step::Disconnect).await;
    metrics.connections.dec();
}

impl Socket {
    /// Reads until the socket ends; `Some` if it is for us to close.
    async fn serve(&mut self, first: &[u8]) -> Option<Close> {
        let mut codec = Codec::new(FRAME_LIMIT, true);
        let mut incoming = Vec::new();
        let mut broken = codec.feed(first, |i| incoming.push(i)).err();
        loop {
            for message in std::mem::take(&mut incoming) {
                match message {
                    Incoming::Text(text) => {
                        // Boxed: it would lie in every waiting task.
                        if let Some(close) = Box::pin(self.text(&text)).await {
                            return Some(close);
                        }
                    }
                    Incoming::Ping(data) => {
                        self.conn.push(&Bytes::from(codec::encode(10, &data)), Level::Message);
                    }
                    Incoming::Pong => {}
                    Incoming::Close(code) => {
                        let echo = code.map(|c| c.to_be_bytes().to_vec()).unwrap_or_default();
                        self.conn.push(&Bytes::from(codec::encode(8, &echo)), Level::Message);
                        return None;
                    }
                }
            }
            if broken.is_some() {
                return broken;
            }
            if self.conn.is_closed() || self.conn.stream().readable().await.is_err() {
                return None;
            }
            let read = BUFFER.with_borrow_mut(|buffer| {
                let n = self.conn.stream().try_read(buffer)?;
                broken = codec.feed(&buffer[..n], |i| incoming.push(i)).err();
                Ok::<_, std::io::Error>(n)
            });
            match read {
                Ok(0) => return None,
                Ok(_) => self.conn.hear(self.session.state.shared.clock.now().0),
                Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => return None,
            }
        }
    }

    /// One frame. `Some` if the connection cannot go on.
    async fn text(&mut self, text: &str) -> Option<Close> {
        let Ok(request) = Request::read(text) else {
            // It has no command and number to answer with.
            self.session.conn.push(&frame::refuse("", 0, &Code::Parameter.into()));
            self.bad += 1;
            return (self.bad > BAD_LIMIT).then_some(Close::Abuse);
        };
        let asker = Asker::frame(&self.session.conn, &request.head.servcmd, request.head.seq);
        self.session.answer(&request, &asker).await;
        None
    }
}
