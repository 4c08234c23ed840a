//! One SDK socket: reads frames, knows who is behind them, hands them on.
//!
//! Every frame is judged by its own head: an SDK that lost its socket sends
//! what was pending with its `a2` before it says `wslogin` again. Every frame
//! that can be answered is answered.

use super::asker::Asker;
use super::outlet::{Kind, Outlet};
use super::relay::Ask;
use super::seal::A2;
use super::{group, login, message, poll, profile};
use crate::apps::App;
use crate::metrics::CodeLabel;
use crate::room_task::{Actor, Caller, Input, RoomHandle};
use crate::state::State;
use crate::ws::codec::{self, Codec, Incoming};
use crate::ws::conn::{Conn, Level};
use bytes::Bytes;
use std::cell::RefCell;
use std::sync::Arc;
use surtitle_core::Sender;
use surtitle_core::wire::Close;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::frame::{self, Request};
use surtitle_tim::map;
use tokio::net::TcpStream;

/// Largest frame read, in bytes: a message of 12 KB whose every character is escaped.
const FRAME_LIMIT: usize = 96 * 1024;
/// Frames that cannot be read before the socket is closed.
const BAD_LIMIT: u32 = 20;
/// Frames a socket may send at once, and then a second. SDKs do not pace
/// themselves; what a room takes is for its budget to say.
const FRAMES_BURST: u64 = 500;
const FRAMES_PER_SECOND: u64 = 100;
/// Bytes read at once, per thread.
const READ: usize = 16 * 1024;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; READ]);
}

/// Who logged in on this socket.
#[derive(Debug)]
pub struct User {
    /// What the login gave.
    pub a2: A2,
    /// Nickname, uncut; empty for none.
    pub nick: String,
    /// Picture address; empty for none.
    pub face: String,
}

impl User {
    /// As our rooms see them.
    pub fn sender(&self) -> Sender {
        map::sender(&self.a2.account, &self.nick, &self.face)
    }
}

/// What this socket is and where it is.
pub struct Session {
    /// The server.
    pub state: Arc<State>,
    /// Its connection.
    pub conn: Outlet,
    /// The app its last frame was for; `None` before, or if there is none of that number.
    pub app: Option<Arc<App>>,
    /// `None` for a guest.
    pub user: Option<User>,
    /// The room it joined as a member.
    pub room: Option<RoomHandle>,
    /// The room it polls as a guest.
    pub guest: Option<RoomHandle>,
    bad: u32,
    /// Thousandths of a frame left, and when that was so (ms).
    allowance: (u64, u64),
}

/// Serves one upgraded socket until it ends; `first` is what came with the upgrade.
pub async fn run(state: Arc<State>, stream: TcpStream, first: Bytes, kind: Kind) {
    let now = state.shared.clock.now().0;
    let conn = Conn::new(state.next_conn(), stream, now);
    let metrics = state.shared.metrics.clone();
    metrics.accepted.inc();
    metrics.connections.inc();
    state.socket_opened(&conn);
    let mut session = Box::new(Session {
        state: Arc::clone(&state),
        conn: Outlet::over(Arc::clone(&conn), kind),
        app: None,
        user: None,
        room: None,
        guest: None,
        bad: 0,
        allowance: (FRAMES_BURST * 1_000, now),
    });
    if let Some(close) = session.serve(&conn, &first).await {
        conn.close(close);
    }
    if let Some(code) = conn.close_code() {
        metrics.closed.get_or_create(&CodeLabel { code: code.into() }).inc();
    }
    conn.abort();
    state.socket_closed(conn.id);
    if let Some(user) = &session.user {
        state.sdk.seats.lose(user.a2.id, conn.id, state.shared.clock.now());
    }
    for room in [&session.room, &session.guest].into_iter().flatten() {
        room.tell(Input::Leave(conn.id)).await;
    }
    metrics.connections.dec();
}

impl Session {
    /// Reads until the socket ends; `Some` if it is for us to close.
    async fn serve(&mut self, conn: &Arc<Conn>, first: &[u8]) -> Option<Close> {
        let mut codec = Codec::new(FRAME_LIMIT, true);
        let mut incoming = Vec::new();
        let mut broken = codec.feed(first, |i| incoming.push(i)).err();
        loop {
            for message in std::mem::take(&mut incoming) {
                match message {
                    Incoming::Text(text) => {
                        if let Some(close) = self.text(&text).await {
                            return Some(close);
                        }
                    }
                    Incoming::Ping(data) => {
                        conn.push(&Bytes::from(codec::encode(10, &data)), Level::Message);
                    }
                    Incoming::Pong => {}
                    Incoming::Close(code) => {
                        let echo = code.map(|c| c.to_be_bytes().to_vec()).unwrap_or_default();
                        conn.push(&Bytes::from(codec::encode(8, &echo)), Level::Message);
                        return None;
                    }
                }
            }
            if broken.is_some() {
                return broken;
            }
            if conn.is_closed() || conn.stream().readable().await.is_err() {
                return None;
            }
            let read = BUFFER.with_borrow_mut(|buffer| {
                let n = conn.stream().try_read(buffer)?;
                broken = codec.feed(&buffer[..n], |i| incoming.push(i)).err();
                Ok::<_, std::io::Error>(n)
            });
            match read {
                Ok(0) => return None,
                Ok(_) => conn.hear(self.state.shared.clock.now().0),
                Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => return None,
            }
        }
    }

    /// One frame. `Some` if the connection cannot go on.
    async fn text(&mut self, text: &str) -> Option<Close> {
        self.state.shared.metrics.frames.inc();
        let Ok(request) = Request::read(text) else {
            // It has no command and number to answer with.
            let json = frame::refuse("", 0, &Code::Parameter.into());
            self.conn.push(&json);
            self.bad += 1;
            return (self.bad > BAD_LIMIT).then_some(Close::Abuse);
        };
        let asker = Asker::frame(&self.conn, &request.head.servcmd, request.head.seq);
        if !self.allowed() {
            asker.refuse(&Code::TooFast.into());
        } else if let Err(refusal) = self.identify(&request).await {
            asker.refuse(&refusal);
        } else if let Err(refusal) = self.dispatch(&request, &asker).await {
            asker.refuse(&refusal);
        }
        None
    }

    /// Token bucket of this connection.
    fn allowed(&mut self) -> bool {
        let now = self.state.shared.clock.now().0;
        let (left, at) = self.allowance;
        let gained = now.saturating_sub(at) * FRAMES_PER_SECOND;
        let left = (left + gained).min(FRAMES_BURST * 1_000);
        let Some(rest) = left.checked_sub(1_000) else {
            self.allowance = (left, now);
            return false;
        };
        self.allowance = (rest, now);
        true
    }

    /// Takes the head's `a2` for whom it stands for, and sits them in the room
    /// they were in. A head without one changes nothing.
    async fn identify(&mut self, request: &Request<'_>) -> Result<(), Refusal> {
        let a2 = &*request.head.a2;
        self.enter(request.head.sdkappid);
        let now = self.state.shared.clock.now();
        if a2.is_empty() {
            return match &self.user {
                Some(user) if user.a2.expires <= now.0 / 1_000 => Err(Code::LoginOver.into()),
                _ => Ok(()),
            };
        }
        let a2: A2 = self.state.sdk.seal.open(a2).ok_or(Code::LoginOver)?;
        self.enter(a2.app);
        if a2.expires <= now.0 / 1_000 || self.app.is_none() {
            return Err(Code::LoginOver.into());
        }
        if self.user.as_ref().is_some_and(|user| user.a2.id == a2.id) {
            return Ok(());
        }
        self.leave().await;
        let (nick, face) = profile::load(self.app()?, &a2.account).await?;
        let user = User { a2, nick, face };
        if let Some((id, since)) = self.state.sdk.seats.find(user.a2.id, now)
            && let Some(room) = self.app.as_ref().and_then(|app| app.room(id.as_str()))
        {
            self.state.sdk.seats.take(user.a2.id, id.clone(), self.conn.id);
            let (conn, who) = (self.conn.clone(), user.sender());
            room.tell(Input::Sdk(Ask::Again { conn, who, since })).await;
            self.room = Some(room);
        }
        self.user = Some(user);
        Ok(())
    }

    /// Goes over to the app of that number.
    fn enter(&mut self, app: u32) {
        if self.app.as_ref().is_none_or(|known| known.id != app) {
            self.app = self.state.apps.get(app);
        }
    }

    /// The app its last frame was for.
    ///
    /// # Errors
    /// [`Code::UnknownApp`].
    pub fn app(&self) -> Result<&Arc<App>, Code> {
        self.app.as_ref().ok_or(Code::UnknownApp)
    }

    /// Leaves the room, if in one, on purpose.
    pub async fn leave(&mut self) {
        if let Some(user) = &self.user {
            self.state.sdk.seats.free(user.a2.id);
        }
        if let Some(room) = self.room.take() {
            room.tell(Input::Sdk(Ask::Quit(self.conn.id))).await;
        }
    }

    /// Who asks, as a group's desk knows them.
    ///
    /// # Errors
    /// [`Code::NotLoggedIn`].
    pub fn actor(&self) -> Result<Actor, Code> {
        let account = self.user()?.a2.account.clone();
        let app_admin = self.app()?.is_admin(&account);
        Ok(Actor { account, app_admin, caller: Caller::default() })
    }

    /// Who logged in.
    ///
    /// # Errors
    /// [`Code::NotLoggedIn`].
    pub fn user(&self) -> Result<&User, Code> {
        self.user.as_ref().ok_or(Code::NotLoggedIn)
    }

    async fn dispatch(&mut self, request: &Request<'_>, asker: &Asker) -> Result<(), Refusal> {
        match &*request.head.servcmd {
            "im_open_status.wslogin" => login::login(self, request, asker).await,
            "im_open_status.wslogout" => login::logout(self, asker).await,
            "group_open_http_svc.apply_join_group" => group::join(self, request, asker).await,
            "group_open_http_svc.quit_group" => group::quit(self, request, asker).await,
            "group_open_http_svc.get_group_self_member_info"
            | "group_open_http_svc.get_group_info" => group::info(self, request, asker).await,
            "group_open_http_svc.get_specified_group_member_info" => {
                group::members(self, request, asker).await
            }
            "group_open_http_svc.get_online_member_num" => {
                group::online(self, request, asker).await
            }
            "group_open_http_noauth_svc.apply_join_group" => poll::join(self, request, asker).await,
            "group_open_long_polling_http_noauth_svc.get_msg" => {
                poll::read(self, request, asker).await
            }
            "group_open_http_svc.send_group_msg" => message::send(self, request, asker).await,
            "profile.portrait_set" => profile::set(self, request, asker).await,
            "profile.portrait_get_all" | "profile.portrait_get" => {
                profile::get(self, request, asker).await
            }
            command => match login::standing_answer(command, request, request.head.sdkappid) {
                Some(rest) => {
                    asker.answer(&rest);
                    Ok(())
                }
                None => Err(Code::UnknownCommand.into()),
            },
        }
    }
}

/// A body that cannot be read.
pub fn malformed(error: serde_json::Error) -> Refusal {
    Refusal {
        number: Code::Parameter.number(),
        text: format!("the request cannot be read: {error}"),
    }
}
