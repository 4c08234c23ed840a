//! The show's task: it owns the [`Show`], the session to its room, the
//! overlays and the consoles, and performs what the show puts out.

mod answer;
mod ask;
mod audit;
mod command;
mod desk;
mod displays;
mod hear;
mod inquiries;
mod news;
mod order;
mod pairing;
mod placards;
mod rehearse;
mod remote;
mod standing;
mod voices;

pub use ask::Ask;
pub use audit::AUDIT_KIND;
pub use command::REMOTE_SETTING;
pub use displays::is_name;
pub use news::News;
pub use placards::PLACARDS_SETTING;
pub use standing::Standing;

use crate::auth::Tokens;
use crate::broadcast::Broadcast;
use crate::clock::Clock;
use crate::emotes::Emotes;
use crate::frames;
use crate::images::Images;
use crate::log::Log;
use crate::metrics::{FateLabel, Metrics};
use crate::penalties::Penalties;
use crate::record::Record;
use crate::room_task::RoomHandle;
use crate::themes::Themes;
use crate::ws::conn::Level;
use crate::ws::hub::Hub;
use desk::Desk;
use displays::Displays;
use pairing::Pairings;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use surtitle_core::inquiry::Inquiries;
use surtitle_core::session::{SessionCommand, SessionEvent};
use surtitle_core::show::{Input, Kept, Output, Show};
use surtitle_core::wire::{HostCommand, LinkState, ObsInfo, RoomInfo, ServerFrame, SessionInfo};
use surtitle_core::{Code, Cue, Epoch, Event, Look, Millis, Plates, Reject, Role, Sender, Seq};
use surtitle_store::{EventRecord, LogWrite, Store};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;

/// Inputs of pages that may wait; a full queue makes the reader of a socket wait.
const BOUND: usize = 1_024;
/// Session events that may wait; a full queue makes the session wait.
const SESSION_BOUND: usize = 1_024;
/// Log frames to consoles are at least this far apart.
const LOG_EVERY: Duration = Duration::from_millis(100);
/// Figures to consoles are at least this far apart.
const STATS_EVERY: Duration = Duration::from_millis(250);

/// The sending end of the show's task.
#[derive(Debug, Clone)]
pub struct ShowHandle {
    asks: mpsc::Sender<Ask>,
}

impl ShowHandle {
    /// Tells the task; waits while its queue is full.
    pub async fn tell(&self, ask: Ask) {
        // A closed queue is a server that stops.
        let _ = self.asks.send(ask).await;
    }

    /// Carries out a command.
    ///
    /// # Errors
    /// The [`Reject`] of the rule that said no.
    pub async fn command(&self, by: Sender, command: HostCommand) -> Result<(), Reject> {
        let (reply, answer) = oneshot::channel();
        self.tell(Ask::Command { by, command, reply }).await;
        answer.await.unwrap_or_else(|_| Err(Reject::new(Code::Internal, "the server is stopping")))
    }

    /// Returns when everything the session has told is in the log's hands.
    pub async fn keep(&self) {
        let (done, kept) = oneshot::channel();
        self.tell(Ask::Keep(done)).await;
        let _ = kept.await;
    }
}

/// What the show starts from.
#[derive(Debug)]
pub struct ShowStart {
    /// The embedded room.
    pub room: RoomHandle,
    /// Its id and name.
    pub info: RoomInfo,
    /// Numbering of cues.
    pub epoch: Epoch,
    /// Books of earlier runs.
    pub accounts: surtitle_core::Accounts,
    /// Last entries of earlier runs.
    pub entries: Vec<EventRecord>,
    /// Gifts without a fate.
    pub unfated: Vec<Event>,
    /// Overlays of earlier runs: name, look, hidden.
    pub overlays: Vec<(String, Look, bool)>,
    /// Placards of earlier runs.
    pub placards: Vec<Kept>,
    /// Air delay, inquiries and audit log of earlier runs.
    pub standing: Standing,
    /// The account the group's desk knows the host by.
    pub account: String,
    /// The remote room to present, with a token for it.
    pub remote: Option<(surtitle_connectors::surtitle::Address, Option<String>)>,
    /// What is known of OBS.
    pub obs: watch::Receiver<ObsInfo>,
}

/// What every part of the server shares.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The time.
    pub clock: Clock,
    /// The log's writer.
    pub log: Log,
    /// Counters.
    pub metrics: Metrics,
    /// Persistence.
    pub store: Arc<dyn Store>,
    /// Who is who.
    pub tokens: Arc<Tokens>,
    /// How overlays may be dressed.
    pub themes: Arc<Themes>,
    /// Pictures from elsewhere.
    pub images: Images,
    /// The host's emotes.
    pub emotes: Emotes,
    /// The stream that viewer pages play.
    pub broadcast: Broadcast,
    /// What the show adds up to.
    pub record: Record,
    /// Hears of mutes and bans in rooms.
    pub penalties: Penalties,
}

/// Who waits for the answer to a `say`.
#[derive(Debug)]
struct Asked {
    cid: u32,
    reply: oneshot::Sender<Result<(), Reject>>,
}

struct ShowTask {
    shared: Shared,
    /// Its own queue, for rehearsals; weak, so that it ends when all handles are gone.
    asks: mpsc::WeakSender<Ask>,
    show: Show,
    room: RoomHandle,
    info: RoomInfo,
    session: Session,
    displays: Displays,
    desk: Desk,
    consoles: Hub,
    pairings: Pairings,
    /// What is known of OBS.
    obs: watch::Receiver<ObsInfo>,
    pinned: Option<Event>,
    /// How the order of room and air stands.
    order: order::Order,
    inquiries: Inquiries,
    audit: audit::Audit,
    /// The account the group's desk knows the host by.
    account: String,
    /// When placards are told and written down.
    placards: placards::Due,
    /// Who wants to hear of gifts and questions.
    news: Option<mpsc::Sender<News>>,
    /// Cues of this round, sent as one frame.
    cues: Vec<Cue>,
    /// Writes of this round.
    writes: Vec<LogWrite>,
    asked: VecDeque<Asked>,
    cid: u32,
    log_at: Instant,
    stats_at: Instant,
    stats_dirty: bool,
    /// Events received: this second so far, and in the last whole one.
    rate: (Instant, u32, u32),
}

/// The link to the room on show.
struct Session {
    info: SessionInfo,
    /// Path, or for a remote room address, of the viewer page.
    viewer: String,
    seq: Seq,
    commands: mpsc::Sender<SessionCommand>,
    events: mpsc::Receiver<SessionEvent>,
    /// Held so that the link lives as long as this; `None` for the embedded room.
    _remote: Option<surtitle_connectors::surtitle::Remote>,
}

impl ShowHandle {
    /// Starts the task.
    pub fn start(shared: Shared, start: ShowStart) -> Self {
        let (asks, queue) = mpsc::channel(BOUND);
        let now = shared.clock.now();
        let displays = Displays::new(start.epoch, start.overlays);
        let mut desk = Desk::default();
        for mut record in start.entries {
            shared.images.own_event(&mut record.event);
            desk.add(record.event, record.fate);
        }
        desk.idle();
        let session = match start.remote {
            Some((address, token)) => remote::join(address, token),
            None => remote::embedded(&shared, &start.room, &start.info),
        };
        let mut task = ShowTask {
            show: Show::new(now, start.accounts, displays.pace()).with_placards(start.placards),
            session,
            room: start.room,
            info: start.info,
            displays,
            desk,
            consoles: Hub::default(),
            pairings: Pairings::default(),
            obs: start.obs,
            pinned: None,
            order: order::Order::new(&start.standing.air),
            inquiries: Inquiries::new(start.standing.inquiries),
            audit: audit::Audit::new(start.standing.audit),
            account: start.account,
            placards: placards::Due::new(),
            news: None,
            cues: Vec::new(),
            writes: Vec::new(),
            asked: VecDeque::new(),
            cid: random(),
            log_at: Instant::now(),
            stats_at: Instant::now(),
            stats_dirty: true,
            rate: (Instant::now(), 0, 0),
            asks: asks.downgrade(),
            shared,
        };
        let order::Air { delay_s, trusted } = &start.standing.air;
        let (delay_s, trusted) = (*delay_s, order::users(trusted));
        task.input(now, Input::Delay { seconds: delay_s });
        task.input(now, Input::Trust { users: trusted });
        for event in start.unfated {
            task.input(now, Input::Recovered(event));
        }
        tokio::spawn(task.run(queue));
        Self { asks }
    }
}

impl ShowTask {
    async fn run(mut self, mut queue: mpsc::Receiver<Ask>) {
        let mut asks = Vec::new();
        let mut events = Vec::new();
        loop {
            let wake = self.next_wakeup();
            tokio::select! {
                n = queue.recv_many(&mut asks, 64) => if n == 0 { break },
                n = self.session.events.recv_many(&mut events, 256) => if n == 0 {
                    self.session_ended();
                },
                () = tokio::time::sleep_until(wake) => {}
                // Its sender lives as long as the server.
                Ok(()) = self.obs.changed() => self.stats_dirty = true,
            }
            for event in events.drain(..) {
                self.session_event(event).await;
            }
            for ask in asks.drain(..) {
                self.ask(ask).await;
            }
            let outputs = self.show.tick(self.shared.clock.now());
            self.put_out(outputs);
            self.settle().await;
        }
    }

    fn next_wakeup(&self) -> Instant {
        let show = self.show.next_wakeup().map(|at| self.shared.clock.instant(at));
        let placards = self.placards.next_wakeup();
        let idle = Instant::now() + Duration::from_secs(1);
        let desk = (!self.consoles.is_empty()).then_some(self.log_at + LOG_EVERY);
        show.into_iter().chain(placards).chain(desk).chain([idle]).min().unwrap_or(idle)
    }

    /// Sends and writes what this round produced.
    async fn settle(&mut self) {
        let cues = std::mem::take(&mut self.cues);
        self.displays.send(cues);
        let writes = std::mem::take(&mut self.writes);
        if !writes.is_empty() {
            self.shared.log.write(writes, None).await;
        }
        self.tell_placards().await;
        let now = Instant::now();
        if now >= self.rate.0 + Duration::from_secs(1) {
            self.rate = (now, 0, self.rate.1);
            self.stats_dirty = true;
        }
        if self.consoles.is_empty() {
            self.desk.idle();
            return;
        }
        self.tell_order();
        if now >= self.log_at + LOG_EVERY {
            self.log_at = now;
            if let Some(frame) = self.desk.take() {
                self.consoles.fan_out(&frames::encode(&frame), Level::Message);
            }
        }
        if self.stats_dirty && now >= self.stats_at + STATS_EVERY {
            self.stats_at = now;
            self.stats_dirty = false;
            let frame = ServerFrame::Stats { stats: Box::new(self.stats()) };
            self.consoles.fan_out(&frames::encode(&frame), Level::State);
        }
    }

    /// An input that cannot be refused.
    fn input(&mut self, now: Millis, mut input: Input) {
        if let Input::Event(event) | Input::Recovered(event) | Input::Fated { event, .. } =
            &mut input
        {
            self.shared.images.own_event(event);
        }
        match self.show.handle(now, input) {
            Ok(outputs) => self.put_out(outputs),
            Err(reject) => tracing::debug!("show: {reject}"),
        }
    }

    fn put_out(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            self.stats_dirty = true;
            match output {
                Output::Cue(cue) => {
                    self.forget(&cue);
                    self.note_placards(&cue);
                    self.cues.push(cue);
                }
                Output::Received { event } => {
                    self.rate.1 += 1;
                    self.shared.record.event(&event);
                    self.note_event(&event);
                    self.writes.push(LogWrite::Event { event: event.clone() });
                    self.desk.add(event, None);
                }
                Output::Fate { id, fate } => {
                    let label = FateLabel { fate: fate.word().to_owned() };
                    self.shared.metrics.fates.get_or_create(&label).inc();
                    self.shared.record.fate(&fate);
                    self.desk.fate(&id, &fate);
                    self.writes.push(LogWrite::Fate { id, fate });
                }
                Output::Held { id, until } => self.desk.hold(&id, until),
                // Its fate follows; the console needs no more.
                Output::Released { .. } => {}
                Output::Pinned(event) => {
                    self.pinned = event;
                    let frame = ServerFrame::Pinned { event: self.pinned.clone() };
                    self.consoles.fan_out(&frames::encode(&frame), Level::Message);
                }
            }
        }
    }

    /// What is removed must not reach a page that comes back.
    fn forget(&mut self, cue: &Cue) {
        match cue {
            Cue::Remove { ids } => {
                let gone = |c: &Cue| match c {
                    Cue::Comment { event } | Cue::Pin { event } => ids.contains(&event.id),
                    Cue::Gift { card } => ids.contains(&card.id),
                    Cue::Paid { card } => ids.contains(&card.id),
                    Cue::Placard { placard } => placards::is_of(placard, ids),
                    _ => false,
                };
                self.displays.erase(gone);
                self.cues.retain(|c| !gone(c));
                self.placards.at_once();
            }
            Cue::RemoveUser { user } => {
                let by = |from: &Option<Sender>| from.as_ref().is_some_and(|f| f.id == *user);
                let gone = |c: &Cue| match c {
                    Cue::Comment { event } | Cue::Pin { event } => by(&event.from),
                    Cue::Gift { card } => card.from.id == *user,
                    Cue::Paid { card } => by(&card.event.from),
                    Cue::Placard { placard } => placards::is_by(placard, user),
                    _ => false,
                };
                self.displays.erase(gone);
                self.cues.retain(|c| !gone(c));
                self.placards.at_once();
            }
            _ => {}
        }
    }

    async fn ask(&mut self, ask: Ask) {
        let now = self.shared.clock.now();
        match ask {
            Ask::Watch { conn, overlay, resume, preview } => {
                self.watch(now, conn, &overlay, resume, preview);
            }
            Ask::Voice { conn, voice, obs } => {
                self.displays.voice(conn, voice, obs);
                self.stats_dirty = true;
            }
            Ask::Monitor(conn) => {
                let desk = ServerFrame::Desk {
                    entries: self.desk.entries(),
                    stats: Box::new(self.stats()),
                    pinned: self.pinned.clone(),
                    placards: self.show.placards(),
                };
                // What is in the desk now must not come again as new.
                if let Some(frame) = self.desk.take() {
                    self.consoles.fan_out(&frames::encode(&frame), Level::Message);
                }
                conn.push(&frames::encode(&desk), Level::Message);
                if let Some(frame) = &self.shared.broadcast.told().frame {
                    conn.push(frame, Level::Message);
                }
                self.greet_order(&conn);
                self.greet_inquiries(&conn);
                self.consoles.add(conn);
            }
            Ask::Note(by, command) => self.note(now, &by, &command).await,
            Ask::Inquire { conn, from, cid, ask } => {
                self.inquire(now, conn, from, cid, ask).await;
            }
            Ask::Expect { overlay, peer } => self.pairings.expect(now, overlay, peer),
            Ask::Prove { overlay, every_ms } => self.displays.prove(&overlay, every_ms),
            Ask::AsksBehind { overlay, reply } => {
                let plates = self.displays.get_mut(&overlay).map(|d| d.look.comfort.plates);
                // Whoever asked may have gone.
                let _ = reply.send(plates == Some(Plates::Auto));
            }
            Ask::Behind { overlay, grid } => self.displays.set_backdrop(&overlay, grid),
            Ask::Pair(conn, overlay) if self.pairings.is_expected(now, &conn, &overlay) => {
                self.stats_dirty = true;
                if let Err(reject) = self.pair(now, Arc::clone(&conn), overlay).await {
                    conn.push(&frames::encode_reject(&reject, None), Level::Message);
                }
            }
            Ask::Pair(conn, overlay) => {
                self.stats_dirty = true;
                let frame = match self.pairings.ask(now, random(), Arc::clone(&conn), overlay) {
                    Ok(info) => {
                        frames::encode(&ServerFrame::Pairing { code: info.code, until: info.until })
                    }
                    Err(reject) => frames::encode_reject(&reject, None),
                };
                conn.push(&frame, Level::Message);
            }
            Ask::Command { by, command, reply } => self.command(now, by, command, reply).await,
            Ask::Gone(conn) => {
                self.displays.leave(conn);
                self.consoles.remove(conn);
                self.pairings.leave(conn);
                self.stats_dirty = true;
            }
            Ask::Theme(id) => {
                let theme = self.shared.themes.find(&id);
                for name in self.displays.wearing(&id) {
                    self.displays.send_own(&name, Cue::Theme { theme: theme.clone() });
                }
            }
            Ask::Play(event) => self.input(now, Input::Event(event)),
            Ask::PlayLikes(add) => {
                let total = self.show.likes() + u64::from(add);
                self.input(now, Input::Likes { total, add });
            }
            Ask::Emotes(told) => {
                self.displays.send_all(&Cue::Emotes { emotes: told.emotes.clone() });
                if let Some(frame) = &told.frame {
                    self.consoles.fan_out(frame, Level::Message);
                }
            }
            Ask::Stream(frame) => self.consoles.fan_out(&frame, Level::Message),
            Ask::PlayPlacard(input) => self.input(now, input),
            Ask::Figures(placards) => self.figures(now, placards),
            Ask::Listen(sender) => self.news = Some(sender),
            Ask::Keep(done) => {
                self.hear_out().await;
                self.settle().await;
                // Nobody waits any more: the stop was cut short.
                let _ = done.send(());
            }
        }
    }
}

/// A number nobody can guess; repeats do no harm where it is used.
fn random() -> u32 {
    getrandom::u32().unwrap_or_default()
}

/// Roles that may command at all.
pub fn may_command(role: Role) -> bool {
    role >= Role::Helper
}

/// State of a link before its first word.
fn connecting(remote: Option<String>, room: surtitle_core::RoomId) -> SessionInfo {
    SessionInfo { remote, room, state: LinkState::Connecting, detail: None, lost: 0 }
}
