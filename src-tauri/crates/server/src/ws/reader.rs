//! One task per socket: reads frames, checks who may, passes them on.
//!
//! The task waits without a buffer; bytes are read into one that all sockets
//! of a thread share. Bad input is answered with a code and counted; it ends
//! at most this connection.

use super::codec::{self, Codec, Incoming};
use super::conn::{Conn, Level};
use crate::auth::{self, Identity};
use crate::board::BoardSeat;
use crate::frames;
use crate::metrics::CodeLabel;
use crate::obs::Mark;
use crate::room_task::{Input, RoomHandle};
use crate::sale::Ask as SaleAsk;
use crate::show::{Ask, is_name, may_command};
use crate::state::State;
use bytes::Bytes;
use std::cell::RefCell;
use std::sync::Arc;
use surtitle_core::wire::{
    BEAT_MS, ClientFrame, Close, FRAME_LIMIT, HostCommand, InquiryAsk, Limits, ServerFrame, VERSION,
};
use surtitle_core::{Code, Position, Reject, Role, RoomId, Sender, text};
use surtitle_store::ProfileRecord;
use tokio::net::TcpStream;
use tokio::sync::oneshot;

/// Bad frames a connection may send before it is closed.
const BAD_LIMIT: u32 = 20;
/// Frames a connection may send at once, and then a second.
const FRAMES_BURST: u64 = 60;
const FRAMES_PER_SECOND: u64 = 20;
/// The same for frames to the board, which come with every picture of a screen.
const BOARD_BURST: u64 = 240;
const BOARD_PER_SECOND: u64 = 120;
/// How such a frame begins; written otherwise it counts as any other.
const BOARD_HEAD: &str = r#"{"t":"board""#;
/// Bytes read at once, per thread.
const READ: usize = 16 * 1024;

thread_local! {
    static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; READ]);
}

/// What this connection is and where it is.
struct Seat {
    state: Arc<State>,
    conn: Arc<Conn>,
    identity: Option<Identity>,
    greeted: bool,
    room: Option<RoomHandle>,
    asked_show: bool,
    bad: u32,
    board: BoardSeat,
    /// For the board, and for all else.
    allowances: [Allowance; 2],
}

/// A token bucket.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    burst: u64,
    per_second: u64,
    /// Thousandths of a frame left.
    left: u64,
    /// When that was so, ms.
    at: u64,
}

impl Allowance {
    fn new(burst: u64, per_second: u64, at: u64) -> Self {
        Self { burst, per_second, left: burst * 1_000, at }
    }

    /// Whether one more frame is allowed at `now` (ms).
    fn take(&mut self, now: u64) -> bool {
        let gained = now.saturating_sub(self.at) * self.per_second;
        self.left = (self.left + gained).min(self.burst * 1_000);
        self.at = now;
        match self.left.checked_sub(1_000) {
            Some(rest) => {
                self.left = rest;
                true
            }
            None => false,
        }
    }
}

/// Serves one upgraded socket until it ends; `first` is what came with the upgrade.
pub async fn run(state: Arc<State>, stream: TcpStream, first: Bytes) {
    let now = state.shared.clock.now().0;
    let conn = Conn::new(state.next_conn(), stream, now);
    let metrics = &state.shared.metrics;
    metrics.accepted.inc();
    metrics.connections.inc();
    state.socket_opened(&conn);
    let mut seat = Box::new(Seat {
        state: Arc::clone(&state),
        conn: Arc::clone(&conn),
        identity: None,
        greeted: false,
        room: None,
        asked_show: false,
        bad: 0,
        board: BoardSeat::default(),
        allowances: [
            Allowance::new(BOARD_BURST, BOARD_PER_SECOND, now),
            Allowance::new(FRAMES_BURST, FRAMES_PER_SECOND, now),
        ],
    });
    let end = seat.serve(first).await;
    if let Some(close) = end {
        conn.close(close);
    }
    if let Some(code) = conn.close_code() {
        metrics.closed.get_or_create(&CodeLabel { code: code.into() }).inc();
    }
    conn.abort();
    state.socket_closed(conn.id);
    Box::pin(seat.leave()).await;
    state.shared.metrics.connections.dec();
}

impl Seat {
    /// Reads until the socket ends; `Some` if it is for us to close.
    async fn serve(&mut self, first: Bytes) -> Option<Close> {
        let mut codec = Codec::default();
        let mut incoming = Vec::new();
        let mut broken = codec.feed(&first, |i| incoming.push(i)).err();
        // It is a piece of the 8 KB that HTTP was read into.
        drop(first);
        loop {
            for message in std::mem::take(&mut incoming) {
                match message {
                    Incoming::Text(text) => {
                        // Boxed: its 2 KB would lie in every waiting task.
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
            if let Some(close) = broken {
                if let Some(code) = error_of(close) {
                    let message = close.reason();
                    self.refuse(&Reject::new(code, message), None);
                }
                return Some(close);
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
                Ok(_) => self.conn.hear(self.state.shared.clock.now().0),
                Err(e) if e.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(_) => return None,
            }
        }
    }

    /// Tells the room and the show that this connection is gone.
    async fn leave(&mut self) {
        if let Some(room) = &self.room {
            room.tell(Input::Leave(self.conn.id)).await;
        }
        if self.asked_show {
            self.state.show.tell(Ask::Gone(self.conn.id)).await;
        }
        self.board.leave(&self.conn).await;
    }

    /// One text message. `Some` if the connection cannot go on.
    async fn text(&mut self, text: &str) -> Option<Close> {
        self.state.shared.metrics.frames.inc();
        let is_board = text.starts_with(BOARD_HEAD);
        if !self.allowed(is_board) {
            let most = if is_board { BOARD_PER_SECOND } else { FRAMES_PER_SECOND };
            let reject =
                Reject::new(Code::TooFast, format!("more than {most} frames a second; slow down"));
            return self.bad(&reject, None);
        }
        match frames::decode(text) {
            Ok(frame) => {
                let re = number_of(&frame);
                match self.frame(frame).await {
                    Ok(()) => None,
                    Err(reject) => match Close::after(reject.code) {
                        Some(close) => {
                            self.refuse(&reject, re);
                            Some(close)
                        }
                        None => {
                            self.refuse(&reject, re);
                            None
                        }
                    },
                }
            }
            Err(reject) => self.bad(&reject, None),
        }
    }

    /// Whether it may send one more frame of this kind now.
    fn allowed(&mut self, is_board: bool) -> bool {
        let now = self.state.shared.clock.now().0;
        self.allowances[usize::from(!is_board)].take(now)
    }

    fn refuse(&self, reject: &Reject, re: Option<u32>) {
        self.state.shared.metrics.refuse(reject.code);
        self.conn.push(&frames::encode_reject(reject, re), Level::Message);
    }

    /// Answers bad input; too much of it ends the connection.
    fn bad(&mut self, reject: &Reject, re: Option<u32>) -> Option<Close> {
        self.refuse(reject, re);
        self.bad += 1;
        (self.bad > BAD_LIMIT).then_some(Close::Abuse)
    }

    fn say(&self, frame: &ServerFrame) {
        self.conn.push(&frames::encode(frame), Level::Message);
    }

    async fn frame(&mut self, frame: ClientFrame) -> Result<(), Reject> {
        if let ClientFrame::Hello { v, token } = frame {
            return self.hello(v, token);
        }
        if !self.greeted {
            return Err(Reject::new(Code::WrongOrder, "say hello first"));
        }
        match frame {
            ClientFrame::Hello { .. } => Ok(()),
            ClientFrame::Ping { n } => {
                self.say(&ServerFrame::Pong { n });
                Ok(())
            }
            ClientFrame::Join { room, resume } => self.join(room, resume).await,
            ClientFrame::Leave => {
                if let Some(room) = self.room.take() {
                    room.tell(Input::Leave(self.conn.id)).await;
                }
                Ok(())
            }
            ClientFrame::Name { nick } => self.name(&nick).await,
            ClientFrame::Send { cid, priority, body } => {
                let conn = Arc::clone(&self.conn);
                self.member()?.tell(Input::Send { conn, cid, priority, body }).await;
                Ok(())
            }
            ClientFrame::Like { count } => {
                self.member()?.tell(Input::Like(Arc::clone(&self.conn), count)).await;
                Ok(())
            }
            ClientFrame::Pair { overlay } => {
                if !is_name(&overlay) {
                    return Err(unknown_overlay());
                }
                self.ask(Ask::Pair(Arc::clone(&self.conn), overlay)).await
            }
            ClientFrame::Watch { overlay, resume } => {
                match &self.identity {
                    Some(Identity::Display(name)) if *name == overlay => {}
                    Some(identity) if may_command(identity.role()) => {}
                    _ => {
                        let message = "not paired with this overlay; ask for a code with `pair`";
                        return Err(Reject::new(Code::Role, message));
                    }
                }
                let conn = Arc::clone(&self.conn);
                let preview = !matches!(self.identity, Some(Identity::Display(_)));
                self.ask(Ask::Watch { conn, overlay, resume, preview }).await
            }
            ClientFrame::Beat { page, n } => {
                if matches!(self.identity, Some(Identity::Display(_))) {
                    self.state.obs.beat(Mark { page, n });
                }
                Ok(())
            }
            ClientFrame::Voice { voice, obs } => {
                self.ask(Ask::Voice { conn: self.conn.id, voice, obs }).await
            }
            ClientFrame::Monitor => {
                self.staff()?;
                self.state.sale.tell(SaleAsk::Watch(Arc::clone(&self.conn))).await;
                self.ask(Ask::Monitor(Arc::clone(&self.conn))).await
            }
            ClientFrame::Do { id, command, name } => self.command(id, command, name).await,
            ClientFrame::Board { ask } => {
                let who = self.sender().cloned();
                self.board.ask(&self.state, &self.conn, who, ask).await
            }
            ClientFrame::Sale { cid, ask } => {
                let conn = Arc::clone(&self.conn);
                self.member()?.tell(Input::Sale { conn, cid, ask }).await;
                Ok(())
            }
            ClientFrame::Inquire { cid, ask } => self.inquire(cid, ask).await,
            _ => Err(Reject::new(Code::UnknownFrame, "no such frame here")),
        }
    }

    fn hello(&mut self, v: u32, token: Option<String>) -> Result<(), Reject> {
        if self.greeted {
            return Err(Reject::new(Code::WrongOrder, "hello was said; open a new connection"));
        }
        if v != VERSION {
            return Err(Reject::new(
                Code::Version,
                format!("version {v} is not spoken here; this server speaks {VERSION}"),
            ));
        }
        let state = Arc::clone(&self.state);
        if let Some(token) = token {
            let now = state.shared.clock.now();
            self.identity = Some(state.shared.tokens.check(now, &token)?);
        }
        self.greeted = true;
        self.say(&ServerFrame::Welcome {
            v: VERSION,
            role: self.identity.as_ref().map_or(Role::Guest, Identity::role),
            user: self.sender().cloned(),
            room: state.room.id.clone(),
            beat_ms: BEAT_MS,
            limits: Limits {
                text: text::TEXT_LIMIT as u32,
                nick: text::NICK_LIMIT as u32,
                frame: FRAME_LIMIT as u32,
            },
            gifts: state.gifts.clone(),
        });
        self.tell_emotes();
        Ok(())
    }

    /// Overlays get theirs with the stage.
    fn tell_emotes(&self) {
        if !matches!(self.identity, Some(Identity::Display(_)))
            && let Some(frame) = &self.state.shared.emotes.told().frame
        {
            self.conn.push(frame, Level::Message);
        }
    }

    async fn join(&mut self, id: RoomId, resume: Option<Position>) -> Result<(), Reject> {
        let known = RoomId::parse(id.as_str()).and_then(|id| self.state.room(&id));
        let room = known.ok_or_else(|| {
            Reject::new(Code::UnknownRoom, "no such room here; check the link you were given")
        })?;
        if let Some(old) = self.room.take().filter(|old| old.id != room.id) {
            old.tell(Input::Leave(self.conn.id)).await;
        }
        let (conn, who) = (Arc::clone(&self.conn), self.sender().cloned());
        room.tell(Input::Join { conn, who, resume }).await;
        self.room = Some(room);
        Ok(())
    }

    /// A guest takes a name, a viewer changes it. Written down before it is answered.
    async fn name(&mut self, nick: &str) -> Result<(), Reject> {
        let nick = text::nick(nick)?;
        self.state.apps.first().check_nick(&nick)?;
        let sender = match &self.identity {
            None => Sender { id: auth::new_user()?, nick, avatar: None, role: Role::Viewer },
            Some(Identity::Viewer(old)) => Sender { nick, ..old.clone() },
            Some(_) => {
                let message = "the host, helpers and overlays keep the name of their token";
                return Err(Reject::new(Code::Role, message));
            }
        };
        let shared = &self.state.shared;
        let now = shared.clock.now();
        let profile = ProfileRecord {
            id: sender.id.clone(),
            nick: sender.nick.clone(),
            avatar: sender.avatar.clone(),
            created_at: now,
        };
        shared.store.put_profile(&profile).await.map_err(|error| {
            tracing::error!("store: {error}");
            Reject::new(Code::Internal, "the name could not be written down; try again")
        })?;
        let token = shared.tokens.sign(now, &sender);
        self.identity = Some(Identity::Viewer(sender.clone()));
        if let Some(room) = &self.room {
            room.tell(Input::Rename(self.conn.id, sender.clone())).await;
        }
        self.say(&ServerFrame::Named { user: sender, token });
        Ok(())
    }

    async fn command(
        &mut self,
        id: u32,
        command: HostCommand,
        name: Option<String>,
    ) -> Result<(), Reject> {
        let mut by = self.staff()?.clone();
        if let Some(name) = name {
            by.nick = text::nick(&name)?;
        }
        let elsewhere = matches!(command, HostCommand::Board { .. } | HostCommand::Sale { .. });
        let noted = elsewhere.then(|| Ask::Note(by.clone(), Box::new(command.clone())));
        match command {
            HostCommand::Board { order } => self.board.order(&self.state, by, order).await?,
            HostCommand::Sale { order } => self.state.sale.order(by.role, order).await?,
            command => self.state.show.command(by, command).await?,
        }
        if let Some(noted) = noted {
            self.state.show.tell(noted).await;
        }
        self.say(&ServerFrame::Done { id });
        Ok(())
    }

    /// A viewer asks the host; the room says whether they may and what is left of it.
    async fn inquire(&mut self, cid: u32, mut ask: InquiryAsk) -> Result<(), Reject> {
        let room = self.member()?;
        let words = match &ask {
            InquiryAsk::New { text, .. } => text.clone(),
            // Being told one's own needs no more than a name.
            _ => String::from("-"),
        };
        let is_new = matches!(ask, InquiryAsk::New { .. });
        let mut from = self.sender().cloned();
        if is_new {
            let (reply, answer) = oneshot::channel();
            room.tell(Input::Vet(self.conn.id, words, reply)).await;
            let stopping = || Reject::new(Code::Internal, "the server is stopping");
            let vetted = answer.await.map_err(|_| stopping())??;
            let Some((who, words)) = vetted else {
                // Hidden: who asked believes that it was taken.
                let taken = ServerFrame::Inquiry {
                    list: Vec::new(),
                    gone: Vec::new(),
                    whole: false,
                    re: Some(cid),
                };
                self.say(&taken);
                return Ok(());
            };
            if let InquiryAsk::New { text, .. } = &mut ask {
                *text = words;
            }
            from = Some(who);
        }
        let from = from.ok_or_else(|| Reject::new(Code::Guest, "take a nickname to ask"))?;
        let conn = Arc::clone(&self.conn);
        self.state.show.tell(Ask::Inquire { conn, from, cid, ask }).await;
        Ok(())
    }

    async fn ask(&mut self, ask: Ask) -> Result<(), Reject> {
        self.asked_show = true;
        self.state.show.tell(ask).await;
        Ok(())
    }

    fn sender(&self) -> Option<&Sender> {
        self.identity.as_ref().and_then(Identity::sender)
    }

    fn staff(&self) -> Result<&Sender, Reject> {
        self.sender().filter(|s| may_command(s.role)).ok_or_else(|| {
            Reject::new(
                Code::Role,
                "only the host and helpers may do this; sign in with their token",
            )
        })
    }

    fn member(&self) -> Result<&RoomHandle, Reject> {
        self.room
            .as_ref()
            .ok_or_else(|| Reject::new(Code::NotMember, "not in the room; join it first"))
    }
}

/// The number an `error` answers.
fn number_of(frame: &ClientFrame) -> Option<u32> {
    match frame {
        ClientFrame::Send { cid, .. }
        | ClientFrame::Inquire { cid, .. }
        | ClientFrame::Sale { cid, .. } => Some(*cid),
        ClientFrame::Do { id, .. } => Some(*id),
        ClientFrame::Board { ask } => ask.number(),
        _ => None,
    }
}

/// The error code that goes before a close, where the client can still read it.
fn error_of(close: Close) -> Option<Code> {
    match close {
        Close::TooBig => Some(Code::Oversized),
        Close::NotUtf8 => Some(Code::NotUtf8),
        _ => None,
    }
}

fn unknown_overlay() -> Reject {
    Reject::new(Code::UnknownOverlay, "no such overlay; names are 1 to 32 of a-z, 0-9 and hyphen")
}
