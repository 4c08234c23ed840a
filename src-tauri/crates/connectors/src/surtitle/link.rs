//! One connection to a remote room, from `hello` to its end, without IO.
//!
//! ```text
//! Greeting ─welcome─► Joining ─joined─► Live ─gap in the numbers─► Joining (with resume)
//! ```
//! The client feeds it frames, commands and the time, and performs the
//! [`Act`]s it returns. What waits here is bounded: requests by [`Flight`],
//! taps on like by [`LIKES_HELD`] (more are dropped).

use super::flight::{Flight, Settled};
use super::progress::{Progress, Step};
use super::wire::{self, Frame};
use super::{RemoteConfig, map};
use std::time::{Duration, Instant};
use surtitle_core::session::{SessionCommand, SessionEvent};
use surtitle_core::wire::{BEAT_MS, ClientFrame, FRAME_LIMIT, HostCommand, LinkState, VERSION};
use surtitle_core::{Code, EventId, Reject, RoomId};

/// Taps on like that wait for their frame.
const LIKES_HELD: u32 = 2_000;
/// Most taps in one frame.
const LIKES_FRAME: u32 = 200;
/// Taps are sent together this often.
const LIKES_EVERY: Duration = Duration::from_millis(200);
/// Gaps in a row before the connection is given up.
const GAPS: u32 = 3;

/// What the client is to do.
#[derive(Debug, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "one or two at a time, performed at once")]
pub(super) enum Act {
    /// Send this text message.
    Send(String),
    /// Tell the show.
    Tell(SessionEvent),
    /// Close the socket; nothing follows.
    End(End),
}

/// Why a connection is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// Try again; says why, for people.
    Lost(String),
    /// Do not try again by yourself; says why, for people.
    Refused(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Greeting,
    Joining,
    Live,
}

/// One connection.
#[derive(Debug)]
pub(super) struct Link {
    room: RoomId,
    /// `HOST:PORT`, for sentences.
    place: String,
    /// Ask for all that was missed.
    resume: bool,
    phase: Phase,
    /// When `phase` began.
    since: Instant,
    /// When the room was joined first on this connection.
    joined: Option<Instant>,
    patience: Duration,
    beat: Duration,
    /// The beat is ours and not the server's to set.
    own_beat: bool,
    heard: Instant,
    sent: Instant,
    pinged: Instant,
    pings: u32,
    gaps: u32,
    flight: Flight,
    likes: u32,
    likes_due: Option<Instant>,
    /// The last complaint that answered nothing: the reason of a close that follows.
    complaint: Option<String>,
}

impl Link {
    /// A link over a socket that was just opened; the first act is `hello`.
    /// Without `resume` the join takes the short history instead of all that was missed.
    pub(super) fn open(now: Instant, config: &RemoteConfig, resume: bool) -> (Self, Act) {
        let link = Self {
            room: config.address.room.clone(),
            place: config.address.place(),
            resume,
            phase: Phase::Greeting,
            since: now,
            joined: None,
            patience: config.patience,
            beat: config.beat.unwrap_or(Duration::from_millis(BEAT_MS.into())),
            own_beat: config.beat.is_some(),
            heard: now,
            sent: now,
            pinged: now,
            pings: 0,
            gaps: 0,
            flight: Flight::new(now),
            likes: 0,
            likes_due: None,
            complaint: None,
        };
        let token = config.token.clone();
        (link, Act::Send(wire::write(&ClientFrame::Hello { v: VERSION, token })))
    }

    /// How long this connection has been in the room; zero if it never was.
    pub(super) fn lived(&self, now: Instant) -> Duration {
        self.joined.map_or(Duration::ZERO, |joined| now.saturating_duration_since(joined))
    }

    /// How long nothing may be heard, or written, before the link is dead.
    pub(super) fn limit(&self) -> Duration {
        2 * self.beat
    }

    /// Something arrived, whatever it was.
    pub(super) fn heard(&mut self, now: Instant) {
        self.heard = now;
    }

    /// A frame arrived; it has been through [`map::checked`].
    pub(super) fn frame(&mut self, now: Instant, frame: Frame, seen: &mut Progress) -> Vec<Act> {
        match (frame, self.phase) {
            (Frame::Welcome { v, beat_ms }, Phase::Greeting) => self.welcome(now, v, beat_ms, seen),
            (Frame::Joined { room, position, resumed, history, online, likes }, Phase::Joining) => {
                self.enter(now, Phase::Live);
                self.joined.get_or_insert(now);
                self.resume = true;
                let back = seen.joined(position, resumed, history);
                let detail = back.anew.then(|| {
                    "the room was started anew; what was said in between may be missing".to_owned()
                });
                let (missed, lost) = (back.missed, back.lost);
                vec![
                    Act::Tell(SessionEvent::Joined { room, position, missed, lost, online, likes }),
                    Act::Tell(SessionEvent::Link { state: LinkState::Live, detail }),
                ]
            }
            (Frame::Batch { position, events }, Phase::Live) => {
                match seen.batch(position, events) {
                    Step::Fresh(events) => {
                        self.gaps = 0;
                        vec![Act::Tell(SessionEvent::Events { position, events })]
                    }
                    Step::Nothing => Vec::new(),
                    Step::Gap => self.gap(now, seen),
                }
            }
            // What was under way when a gap was found is in the answer to the join.
            (Frame::Batch { .. }, _) => Vec::new(),
            (Frame::State { likes, online }, Phase::Live)
                if likes.is_some() || online.is_some() =>
            {
                vec![Act::Tell(SessionEvent::Counts { likes, online })]
            }
            (Frame::Remove { ids }, _) if self.joined.is_some() && !ids.is_empty() => {
                vec![Act::Tell(SessionEvent::Removed { ids })]
            }
            (Frame::Ack { cid, id }, _) => self.acknowledged(cid, id),
            (Frame::Done { id }, _) => {
                self.flight.settle(id);
                Vec::new()
            }
            (Frame::Error { code, message, retry, re }, _) => self.error(code, message, retry, re),
            _ => Vec::new(),
        }
    }

    /// The show wants something. Out of the room, a send is answered with
    /// [`Code::Offline`] and anything else is dropped.
    pub(super) fn command(&mut self, now: Instant, command: SessionCommand) -> Vec<Act> {
        if self.joined.is_none() {
            return offline(command).into_iter().collect();
        }
        match command {
            SessionCommand::Send { cid, priority, body } => {
                let text = wire::write(&ClientFrame::Send { cid, priority, body });
                let fits = if text.len() > FRAME_LIMIT {
                    let message = "the message is too long for one frame; shorten it";
                    Err(Reject::new(Code::Oversized, message))
                } else {
                    self.flight.send(now, cid)
                };
                match fits {
                    Ok(()) => vec![Act::Send(text)],
                    Err(reject) => vec![answer(cid, Err(reject))],
                }
            }
            SessionCommand::Like { count } => {
                self.likes = self.likes.saturating_add(count).min(LIKES_HELD);
                if self.likes > 0 {
                    self.likes_due.get_or_insert(now + LIKES_EVERY);
                }
                Vec::new()
            }
            SessionCommand::Remove { id } => self.order(now, "remove", HostCommand::Remove { id }),
            SessionCommand::Mute { user, seconds } => {
                self.order(now, "mute", HostCommand::Mute { user, seconds })
            }
            _ => Vec::new(),
        }
    }

    /// When [`Self::timeout`] has something to do next.
    pub(super) fn next_wakeup(&self) -> Instant {
        let dead = self.heard + self.limit();
        let mut next = dead.min(self.ping_due());
        if self.phase != Phase::Live {
            next = next.min(self.since + self.patience);
        }
        let others = [self.flight.next_wakeup(), self.likes_due];
        others.into_iter().flatten().fold(next, Instant::min)
    }

    /// Time has passed.
    pub(super) fn timeout(&mut self, now: Instant) -> Vec<Act> {
        let place = &self.place;
        if now >= self.heard + self.limit() {
            let silent = now.saturating_duration_since(self.heard).as_secs_f32();
            let detail = format!("nothing heard from {place} for {silent:.1} s; trying again");
            return vec![Act::End(End::Lost(detail))];
        }
        if self.phase != Phase::Live && now >= self.since + self.patience {
            let detail = format!("{place} takes connections but does not answer; is it Surtitle?");
            return vec![Act::End(End::Lost(detail))];
        }
        let mut acts = Vec::new();
        while let Some(cid) = self.flight.expire(now) {
            acts.push(answer(cid, Err(offline_reject("the room did not answer; try again"))));
        }
        if self.likes_due.is_some_and(|due| now >= due) {
            let count = self.likes.min(LIKES_FRAME);
            self.likes -= count;
            self.likes_due = (self.likes > 0).then(|| now + LIKES_EVERY);
            acts.push(Act::Send(wire::write(&ClientFrame::Like { count })));
        }
        if now >= self.ping_due() {
            self.pinged = now;
            self.pings = self.pings.wrapping_add(1);
            acts.push(Act::Send(wire::write(&ClientFrame::Ping { n: self.pings })));
        }
        acts
    }

    /// Something was sent.
    pub(super) fn sent(&mut self, now: Instant) {
        self.sent = now;
    }

    /// What a close frame with `code` (`None`: the connection just broke) means.
    pub(super) fn closed(&self, code: Option<u16>, reason: &str) -> End {
        let place = &self.place;
        let said = self.complaint.clone().unwrap_or_else(|| map::sentence(reason));
        match code {
            None | Some(1006) => {
                End::Lost(format!("the connection to {place} broke; trying again"))
            }
            Some(1001) => End::Lost(format!("{place} stops; trying again until it is back")),
            Some(1013) => End::Lost(format!("this link was too slow for {place}; trying again")),
            Some(4001) => End::Lost(format!("{place} is full; trying again")),
            Some(4100..=4199) => {
                let why = self.complaint.as_deref().unwrap_or("get a new one from the room's host");
                End::Refused(format!("{place} does not accept the token: {why}"))
            }
            Some(1002 | 1003 | 1007 | 1009 | 4200..) => {
                End::Refused(format!("{place} ended the connection for good: {said}"))
            }
            Some(_) => End::Lost(format!("{place} closed the connection ({said}); trying again")),
        }
    }

    /// Answers every send that is still under way: the link is over.
    pub(super) fn abandon(&mut self) -> impl Iterator<Item = Act> + use<> {
        let cut = || offline_reject("the link was cut before the room answered; try again");
        self.flight.abandon().map(move |cid| answer(cid, Err(cut())))
    }

    fn enter(&mut self, now: Instant, phase: Phase) {
        self.phase = phase;
        self.since = now;
    }

    /// A ping is due when nothing was sent, or nothing heard, for one beat.
    fn ping_due(&self) -> Instant {
        (self.sent.min(self.heard) + self.beat).max(self.pinged + self.beat)
    }

    fn welcome(&mut self, now: Instant, v: u32, beat_ms: u32, seen: &Progress) -> Vec<Act> {
        if v != VERSION {
            let detail = format!(
                "{} speaks protocol version {v}, this program {VERSION}; update the older one",
                self.place
            );
            return vec![Act::End(End::Refused(detail))];
        }
        if !self.own_beat && beat_ms > 0 {
            self.beat = Duration::from_millis(beat_ms.clamp(1_000, 60_000).into());
        }
        self.enter(now, Phase::Joining);
        vec![self.join(seen)]
    }

    fn join(&self, seen: &Progress) -> Act {
        let room = self.room.clone();
        let resume = seen.position().filter(|_| self.resume);
        Act::Send(wire::write(&ClientFrame::Join { room, resume }))
    }

    fn gap(&mut self, now: Instant, seen: &Progress) -> Vec<Act> {
        self.gaps += 1;
        if self.gaps > GAPS {
            let detail = format!("messages of {} go missing; connecting anew", self.place);
            return vec![Act::End(End::Lost(detail))];
        }
        tracing::debug!(place = self.place, room = %self.room, "gap in the numbers: joining again");
        self.enter(now, Phase::Joining);
        vec![self.join(seen)]
    }

    fn order(&mut self, now: Instant, what: &'static str, command: HostCommand) -> Vec<Act> {
        let Some(id) = self.flight.order(now, what) else {
            tracing::warn!(place = self.place, "too many orders at once: one to {what} is dropped");
            return Vec::new();
        };
        vec![Act::Send(wire::write(&ClientFrame::Do { id, command, name: None }))]
    }

    fn acknowledged(&mut self, cid: u32, id: EventId) -> Vec<Act> {
        if self.flight.settle(cid) != Settled::Send {
            return Vec::new();
        }
        let usable = map::is_event_id(&id);
        let result = usable.then_some(id).ok_or_else(|| {
            Reject::new(Code::Internal, "the room took the message and gave it no usable id")
        });
        vec![answer(cid, result)]
    }

    fn error(&mut self, code: u16, message: String, retry: bool, re: Option<u32>) -> Vec<Act> {
        if let Some(number) = re {
            match self.flight.settle(number) {
                Settled::Send => return vec![answer(number, Err(map::reject(code, message)))],
                Settled::Order(what) => {
                    tracing::warn!(place = self.place, code, "room refused to {what}: {message}");
                    return Vec::new();
                }
                Settled::Unknown => {}
            }
        }
        let place = &self.place;
        if code == Code::UnknownRoom.number() {
            let detail = format!("{place} has no room {:?}; check the address", self.room.as_str());
            return vec![Act::End(End::Refused(detail))];
        }
        if code == Code::BadToken.number() || code == Code::OldToken.number() {
            self.complaint = Some(message);
            return vec![Act::End(self.closed(Some(4100), ""))];
        }
        let end = match (self.phase, self.joined) {
            (Phase::Live, _) => {
                tracing::debug!(place, code, "room complains: {message}");
                self.complaint = Some(message);
                return Vec::new();
            }
            (_, None) if !retry => End::Refused(format!("{place} refuses: {message}")),
            _ => End::Lost(format!("{place} refuses for now: {message}")),
        };
        vec![Act::End(end)]
    }
}

/// The answer to a command when there is no room to carry it to.
pub(super) fn offline(command: SessionCommand) -> Option<Act> {
    let SessionCommand::Send { cid, .. } = command else { return None };
    Some(answer(cid, Err(offline_reject("the remote room cannot be reached now; try again"))))
}

fn offline_reject(message: &str) -> Reject {
    Reject::new(Code::Offline, message)
}

fn answer(cid: u32, result: Result<EventId, Reject>) -> Act {
    Act::Tell(SessionEvent::Answer { cid, result })
}

#[cfg(test)]
mod tests;
