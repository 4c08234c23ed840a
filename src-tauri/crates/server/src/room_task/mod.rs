//! One task per room: it owns the [`Room`] and the room's connections, and
//! performs the effects.
//!
//! All waiting input is handled before each delivery, so a busy room merges
//! more into one batch by itself. Deliveries keep apart by an adaptive tick of
//! 0 to [`TICK_MAX_MS`]: what comes after a pause of a tick goes out at once,
//! anything else a tick after the first of it came, so that nothing waits
//! longer and the most fits into one write. Who joins is welcomed right after a
//! delivery: a crowd that comes in together costs one delivery, not one each.

mod act;
mod count;
mod desk;
mod gate;
mod handle;
mod link;
mod order;
mod rules;
mod sdk;
mod sell;
mod settled;
mod sieve;
mod speak;
mod speech;
mod standing;
mod tell;

pub use act::{kind, staff};
pub use desk::{Actor, Caller, Desk};
pub use handle::{Input, RoomHandle, RoomStart};
pub use link::Link;
pub use order::Orders;
pub use settled::{KIND as SETTLED, Settled};
pub use speak::followers;
pub use speech::Speech;

use crate::clock::Clock;
use crate::frames;
use crate::images::Images;
use crate::log::{Log, Receipt};
use crate::metrics::Metrics;
use crate::penalties::Penalties;
use crate::sdk::relay::Relay;
use crate::show::Shared;
use crate::ws::conn::{Conn, Level};
use crate::ws::hub::Hub;
use bytes::{Bytes, BytesMut};
use count::Tally;
use gate::Gate;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use surtitle_core::room::{Command, ConnId, Effect, Flush, Origin, Room, Welcome};
use surtitle_core::session::SessionEvent;
use surtitle_core::wire::{LinkState, RoomInfo, RoomRules, ServerFrame};
use surtitle_core::{Code, Event, EventId, Millis, Position, Reject};
use surtitle_store::{LogWrite, Store};
use surtitle_tim::group::Group;
use surtitle_tim::map;
use tell::Flight;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// Inputs that may wait; a full queue makes the reader of a socket wait, and
/// so the sender's TCP.
const BOUND: usize = 8_192;
/// Inputs handled between two looks at the clock.
const DRAIN: usize = 4_096;
/// Longest tick while fan-out costs under 20 ms.
const TICK_MS: u64 = 50;
/// Longest tick at all.
const TICK_MAX_MS: u64 = 100;
/// Most bytes of one `joined`; who missed more gets the usual history.
const JOINED_LIMIT: usize = 2 * 1024 * 1024;
/// What the sender of a gift hears if the disk does not take it.
const GIFT_LOST: &str = "the gift could not be written down; try again in a moment";
/// The like total is written down at most this often.
const LIKES_EVERY: Duration = Duration::from_secs(1);

/// How long a room waits between two deliveries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tick {
    /// Rises with what a delivery costs.
    Adaptive,
    /// Always this long; 0 delivers at once.
    Fixed(Duration),
}

struct RoomTask {
    /// Its app.
    link: Link,
    /// Its own queue, for answers of the back end; weak, so that the task ends
    /// when all handles are gone.
    inputs: mpsc::WeakSender<Input>,
    info: RoomInfo,
    room: Room,
    hub: Hub,
    /// The same for connections of SDKs.
    relay: Relay,
    /// As the vendor's commands know it.
    group: Group,
    /// Messages that wait for the back end's word.
    gate: Gate,
    /// Messages the back end is to hear of once they are delivered.
    flights: HashMap<EventId, Flight>,
    /// People who followed the host, as far as was counted.
    follows: u64,
    tally: Tally,
    /// Who caused what is being done, and from where.
    operator: String,
    caller: Caller,
    /// Who comes in now has been here before, over another socket.
    is_return: bool,
    /// People here at the last delivery, for whoever looks from outside.
    online: Arc<AtomicU32>,
    /// It was closed by its owner; only polls are still answered.
    dismissed: bool,
    /// The last word on placards.
    placards: Option<Bytes>,
    /// The last word on the rules: the standing ones, and whether everybody is muted.
    told_rules: (RoomRules, bool),
    /// The last word on the stream.
    stream: Option<Bytes>,
    /// The sale of this room, and the last word on it.
    shop: sell::Shop,
    /// In the room, to be welcomed after the next delivery; each with its last position.
    arriving: Vec<(Arc<Conn>, Option<Position>)>,
    tap: Option<mpsc::Sender<SessionEvent>>,
    tick: Tick,
    /// What the last deliveries took, smoothed.
    cost: Duration,
    flushed: Instant,
    /// When what waits is delivered; `None` if nothing waits.
    due: Option<Instant>,
    likes_at: Instant,
    likes_kept: u64,
    clock: Clock,
    log: Log,
    metrics: Metrics,
    store: Arc<dyn Store>,
    images: Images,
    penalties: Penalties,
}

impl RoomTask {
    fn new(
        start: RoomStart,
        inputs: mpsc::WeakSender<Input>,
        online: Arc<AtomicU32>,
        shared: &Shared,
    ) -> Self {
        let tally = Self::tally(&start.group);
        let told_rules = start.room.rules();
        Self {
            link: start.link,
            inputs,
            gate: Gate::default(),
            flights: HashMap::new(),
            follows: Self::followed(&tally),
            tally,
            operator: String::new(),
            caller: Caller::default(),
            is_return: false,
            info: start.info,
            room: start.room,
            hub: Hub::default(),
            relay: start.relay,
            group: start.group,
            online,
            dismissed: false,
            placards: None,
            told_rules,
            stream: None,
            shop: sell::Shop::default(),
            arriving: Vec::new(),
            tap: None,
            tick: start.tick,
            cost: Duration::ZERO,
            flushed: Instant::now(),
            due: None,
            likes_at: Instant::now(),
            likes_kept: 0,
            clock: shared.clock,
            log: shared.log.clone(),
            metrics: shared.metrics.clone(),
            store: Arc::clone(&shared.store),
            images: shared.images.clone(),
            penalties: shared.penalties.clone(),
        }
    }

    async fn run(mut self, mut queue: mpsc::Receiver<Input>) {
        self.likes_kept = self.room.likes();
        let mut inputs = Vec::new();
        loop {
            let wake = self.next_wakeup();
            tokio::select! {
                n = queue.recv_many(&mut inputs, DRAIN) => if n == 0 { break },
                () = sleep_until(wake) => {}
            }
            for input in inputs.drain(..) {
                self.handle(input).await;
            }
            let effects = self.room.handle_timeout(self.clock.now());
            self.perform(effects, None).await;
            if self.is_due(Instant::now()) {
                self.flush().await;
            }
            self.tick_relay().await;
            self.count(self.clock.now()).await;
            if self.likes_at.elapsed() >= LIKES_EVERY {
                self.keep_likes().await;
            }
        }
        self.keep_likes().await;
    }

    fn next_wakeup(&self) -> Option<Instant> {
        let room = self.room.next_wakeup().map(|at| self.clock.instant(at));
        let likes = (self.likes_kept != self.room.likes()).then(|| self.likes_at + LIKES_EVERY);
        let relay = self.relay.next_wakeup();
        let count = self.count_at();
        room.into_iter().chain(self.due).chain(likes).chain(relay).chain(count).min()
    }

    /// Whether something waits and its time has come; sets that time when the
    /// first of it is seen.
    fn is_due(&mut self, now: Instant) -> bool {
        let waited_for = !self.arriving.is_empty() || self.relay.is_waiting();
        if !self.room.is_dirty() && !waited_for {
            return false;
        }
        let pause = self.pause();
        let rested = now >= self.flushed + pause;
        now >= *self.due.get_or_insert(if rested { now } else { now + pause })
    }

    /// The adaptive tick: fan-out takes at most an eighth of the time.
    fn pause(&self) -> Duration {
        match self.tick {
            Tick::Fixed(pause) => pause,
            Tick::Adaptive if self.cost < Duration::from_micros(500) => Duration::ZERO,
            Tick::Adaptive => {
                let most =
                    if self.cost > Duration::from_millis(20) { TICK_MAX_MS } else { TICK_MS };
                (self.cost * 8).min(Duration::from_millis(most))
            }
        }
    }

    async fn handle(&mut self, input: Input) {
        if self.dismissed {
            return self.turn_away(input);
        }
        let now = self.clock.now();
        match input {
            Input::Join { conn, who, resume } => {
                (self.caller, self.is_return) = (Caller::of(&conn), false);
                self.forget(conn.id);
                match self.room.handle(now, Command::Join { conn: conn.id, who }) {
                    Ok(effects) => {
                        self.perform(effects, None).await;
                        self.arriving.push((conn, resume));
                    }
                    Err(reject) => {
                        self.metrics.refuse(reject.code);
                        conn.push(&frames::encode_reject(&reject, None), Level::Message);
                    }
                }
            }
            Input::Rename(conn, sender) => {
                self.command(now, Command::Join { conn, who: Some(sender) }, None).await;
                if let Some(rules) = self.rules_for(now, conn) {
                    self.hub.send(conn, &rules);
                }
            }
            Input::Leave(conn) => {
                self.forget(conn);
                self.command(now, Command::Leave { conn }, None).await;
            }
            Input::Send { conn, cid, priority, body } => {
                self.speak(now, Speech::page(conn, cid, priority, body)).await;
            }
            Input::Like(conn, count) => {
                let command = Command::Like { conn: Some(conn.id), count };
                self.command(now, command, Some((conn, None))).await;
            }
            Input::Own { sender, source, cid, body, reply } => {
                let from = Origin::Own { sender, source };
                let command = Command::Send { from, cid, priority: None, body };
                let result = self.room.handle(now, command);
                let answer = result.as_ref().map_err(Clone::clone).map(|effects| accepted(effects));
                if let Some(reply) = reply {
                    let _ = reply.send(answer.and_then(|id| {
                        id.ok_or_else(|| Reject::new(Code::Internal, "the room gave no answer"))
                    }));
                }
                self.perform(result.unwrap_or_default(), None).await;
            }
            Input::OwnLike(count) => {
                self.command(now, Command::Like { conn: None, count }, None).await;
            }
            Input::Tell(frame) => {
                self.hub.fan_out(&frame, Level::Message);
                for (conn, _) in &self.arriving {
                    conn.push(&frame, Level::Message);
                }
            }
            Input::Remove(ids) => self.command(now, Command::Remove { ids }, None).await,
            Input::Mute(user, until) => {
                self.command(now, Command::Mute { user, until }, None).await;
                self.tell_order(now).await;
            }
            Input::TellUser(user, frame) => {
                for conn in self.room.conns(&user) {
                    self.hub.send(conn, &frame);
                }
            }
            Input::Vet(conn, words, reply) => drop(reply.send(self.vet(now, conn, &words))),
            Input::Sdk(ask) => self.ask(now, ask).await,
            Input::Act(actor, act) => {
                self.caller = actor.caller;
                self.act(now, actor, act).await;
            }
            Input::Placards(frame) => {
                self.hub.fan_out(&frame, Level::Message);
                self.placards = Some(frame);
            }
            Input::Stream(frame) => {
                self.hub.fan_out(&frame, Level::Message);
                self.stream = Some(frame);
            }
            Input::Sell(link) => self.shop.open(link),
            Input::Sale { conn, cid, ask } => self.sell(conn, cid, ask).await,
            Input::Shelf { fan, shelf } => self.stock(&fan, shelf),
            Input::Cards(cards) => self.show_cards(now, cards),
            Input::Settled(settled) => self.settled(now, *settled).await,
            Input::Verdict(ticket, verdict) => self.judge(now, ticket, verdict).await,
            Input::Tap(tap) => {
                self.tap = Some(tap);
                self.tell_tap(SessionEvent::Joined {
                    room: self.info.clone(),
                    position: self.room.position(),
                    missed: Vec::new(),
                    lost: 0,
                    online: self.room.online(),
                    likes: self.room.likes(),
                })
                .await;
                self.tell_tap(SessionEvent::Link { state: LinkState::Live, detail: None }).await;
                self.tell_order(now).await;
            }
            Input::Keep(done) => {
                self.flush().await;
                self.keep_likes().await;
                // Nobody waits any more: the stop was cut short.
                let _ = done.send(());
            }
        }
    }

    /// Delivers nothing more to a connection.
    fn forget(&mut self, conn: ConnId) {
        self.hub.remove(conn);
        self.relay.forget(conn);
        self.arriving.retain(|(arrived, _)| arrived.id != conn);
    }

    /// Lets those in who came since the last delivery. What was delivered just
    /// now is in their history, not in a batch.
    fn welcome(&mut self) {
        let now = self.clock.now();
        let mut fresh: Option<Bytes> = None;
        for (conn, resume) in std::mem::take(&mut self.arriving) {
            let mut fresh = || {
                fresh
                    .get_or_insert_with(|| joined(&self.images, self.room.welcome(now, None)))
                    .clone()
            };
            let (frame, removed) = match resume {
                None => (fresh(), Vec::new()),
                Some(_) => {
                    let mut welcome = self.room.welcome(now, resume);
                    let removed = std::mem::take(&mut welcome.removed);
                    let frame = joined(&self.images, welcome);
                    (if frame.len() > JOINED_LIMIT { fresh() } else { frame }, removed)
                }
            };
            conn.push(&frame, Level::Message);
            if !removed.is_empty() {
                conn.push(&frames::encode(&ServerFrame::Remove { ids: removed }), Level::Message);
            }
            for kept in self.placards.iter().chain(&self.stream) {
                conn.push(kept, Level::Message);
            }
            if let Some(shelf) = self.shop.shelf() {
                conn.push(shelf, Level::Message);
            }
            if let Some(rules) = self.rules_for(now, conn.id) {
                conn.push(&rules, Level::Message);
            }
            self.hub.add_new(conn);
        }
    }

    /// Carries out a command; `asker` is told of a refusal.
    async fn command(
        &mut self,
        now: Millis,
        command: Command,
        asker: Option<(Arc<Conn>, Option<u32>)>,
    ) {
        match self.room.handle(now, command) {
            Ok(effects) => self.perform(effects, asker.as_ref().map(|(conn, _)| conn)).await,
            Err(reject) => {
                self.metrics.refuse(reject.code);
                if let Some((conn, re)) = asker {
                    conn.push(&frames::encode_reject(&reject, re), Level::Message);
                }
            }
        }
    }

    async fn perform(&mut self, effects: Vec<Effect>, asker: Option<&Arc<Conn>>) {
        for effect in effects {
            match effect {
                Effect::Accepted { event, .. } => self.acknowledge(event, asker).await,
                Effect::Fated { event, fate } => {
                    self.tell_fate(&event, &fate);
                    let receipts = self.relay.fated(&event.id, &fate);
                    self.settle(receipts).await;
                    self.tell_tap(SessionEvent::Fated { event, fate }).await;
                }
                Effect::Removed { ids } => {
                    let frame = frames::encode(&ServerFrame::Remove { ids: ids.clone() });
                    self.hub.fan_out(&frame, Level::Message);
                    self.relay.remove(self.clock.now(), &ids, "", "");
                    self.tell_tap(SessionEvent::Removed { ids }).await;
                }
                Effect::Expelled { who, conns } => {
                    self.tell_expelled(self.clock.now(), &who, &self.operator);
                    let reject = Reject::new(Code::Banned, "banned from this room by its host");
                    let frame = frames::encode_reject(&reject, None);
                    for conn in conns {
                        self.hub.send(conn, &frame);
                        self.forget(conn);
                    }
                }
                Effect::Penalised { user, on } => self.penalised(user, on).await,
                Effect::Came { who } => self.tell_came(self.clock.now(), &who),
                Effect::Parted { who } => self.tell_went(self.clock.now(), &who, true),
                Effect::Went { who, quit } => {
                    self.group.forget(map::account(&who.id));
                    self.tell_went(self.clock.now(), &who, quit);
                }
            }
        }
    }

    /// A gift or a paid comment is on disk before it is acknowledged; anything else at once.
    async fn acknowledge(&mut self, event: Event, asker: Option<&Arc<Conn>>) {
        let cid = event.cid.unwrap_or_default();
        let ack = || frames::encode(&ServerFrame::Ack { cid, id: event.id.clone() });
        if event.kind.is_worth_money() {
            let receipt = asker.map(|conn| {
                let lost = Reject::new(Code::Internal, GIFT_LOST);
                let failed = frames::encode_reject(&lost, Some(cid));
                Receipt::frame(Arc::clone(conn), ack(), failed)
            });
            let writes = self.worth(event);
            self.log.write(writes, receipt).await;
        } else if let Some(conn) = asker {
            conn.push(&ack(), Level::Message);
        }
    }

    /// Tells the outside how many are here. The gauge is the sum of all rooms.
    fn note_online(&self) {
        let online = if self.dismissed { 0 } else { self.room.online() };
        let before = self.online.swap(online, Ordering::Relaxed);
        self.metrics.online.inc_by(i64::from(online) - i64::from(before));
    }

    async fn flush(&mut self) {
        let start = Instant::now();
        let flush = self.room.flush();
        self.note_online();
        if let Some((frame, level)) = encode(&self.images, &flush) {
            self.hub.fan_out(&frame, level);
            self.metrics.flushes.inc();
            let n = flush.events.len() * self.hub.len();
            self.metrics.delivered.inc_by(n as u64);
        }
        let now = self.clock.now();
        let online = desk::online(now, &self.room, &self.group);
        let receipts = self.relay.deliver(now, &flush, online);
        self.tell_delivered(&flush, self.relay.last());
        self.metrics.delivered.inc_by((flush.events.len() * self.relay.listeners()) as u64);
        self.flushed = Instant::now();
        self.due = None;
        self.cost = (self.cost * 3 + (self.flushed - start)) / 4;
        self.welcome();
        self.settle(receipts).await;
        self.reserve();
        let Flush { position, events, likes, online } = flush;
        if !events.is_empty() {
            self.tell_tap(SessionEvent::Events { position, events }).await;
        }
        if likes.is_some() || online.is_some() {
            self.tell_tap(SessionEvent::Counts { likes, online }).await;
        }
    }

    /// Waits while the show's channel is full: nothing the room took is lost
    /// between the two. The show waits for nothing but the log.
    async fn tell_tap(&mut self, event: SessionEvent) {
        let Some(tap) = &self.tap else { return };
        if tap.send(event).await.is_err() {
            self.tap = None;
        }
    }

    async fn keep_likes(&mut self) {
        let total = self.room.likes();
        if total != self.likes_kept {
            self.likes_kept = total;
            self.likes_at = Instant::now();
            let room = self.info.id.clone();
            self.log.write(vec![LogWrite::Likes { room, total }], None).await;
        }
    }
}

fn joined(images: &Images, mut welcome: Welcome) -> Bytes {
    welcome.history.iter_mut().for_each(|event| images.own_event(event));
    frames::encode(&ServerFrame::Joined {
        room: welcome.info,
        position: welcome.position,
        resumed: welcome.resumed,
        history: welcome.history,
        online: welcome.online,
        likes: welcome.likes,
    })
}

/// The id of the message a command made.
fn accepted(effects: &[Effect]) -> Option<EventId> {
    effects.iter().find_map(|effect| match effect {
        Effect::Accepted { event, .. } => Some(event.id.clone()),
        _ => None,
    })
}

/// One piece of bytes for a delivery: the batch, then the counts.
fn encode(images: &Images, flush: &Flush) -> Option<(Bytes, Level)> {
    let state = (flush.likes.is_some() || flush.online.is_some())
        .then(|| frames::encode(&ServerFrame::State { likes: flush.likes, online: flush.online }));
    if flush.events.is_empty() {
        return state.map(|frame| (frame, Level::State));
    }
    let mut events = flush.events.clone();
    events.iter_mut().for_each(|event| images.own_event(event));
    let batch = frames::encode(&ServerFrame::Batch { position: flush.position, events });
    let Some(state) = state else { return Some((batch, Level::Message)) };
    let mut both = BytesMut::with_capacity(batch.len() + state.len());
    both.extend_from_slice(&batch);
    both.extend_from_slice(&state);
    Some((both.freeze(), Level::Message))
}

async fn sleep_until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}
