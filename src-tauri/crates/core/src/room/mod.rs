//! Room: one live chat as a state machine.
//!
//! Who is here, who may speak, in what order, how many a second. A driver
//! calls [`Room::handle`] for each command, then [`Room::flush`] when it is
//! time to deliver; the room has no clock and no socket.
//!
//! A message passes these checks in this order: membership, role, mute, mute
//! all, size, duplicate, budget; then it gets its number and is delivered. One
//! that the budget drops was still acknowledged (seed FAQ 5), and its fate is
//! told. A driver that must ask somebody else first calls [`Room::check`], which
//! is all of them but the budget, and [`Room::handle`] with the answer.

mod budget;
mod command;
mod effect;
mod history;
mod own;
mod people;
mod rules;
mod sent;

pub use command::{Command, Origin};
pub use effect::{Checked, Effect, Flush, Welcome};
pub use history::{ON_JOIN, RING};
pub use people::{ConnId, GRACE_MS, TIP_NAMES};

use crate::wire::{Body, RoomInfo, RoomRules};
use crate::{
    Code, Epoch, Event, EventId, EventKind, Fate, Gift, Millis, Position, Priority, Reject, Role,
    Sender, UserId, gifts, text,
};
use budget::Budget;
use history::History;
use people::{News, People};
use rules::Rules;
use sent::Sent;
use std::collections::VecDeque;

/// Most taps in one like frame.
pub const LIKE_LIMIT: u32 = 200;
/// Most bytes of a custom message.
pub const CUSTOM_LIMIT: usize = 4_000;
/// Removed messages remembered for those who come back; the oldest are forgotten.
const REMOVED: usize = 500;
/// Longest mute in seconds: a year.
pub const MUTE_LIMIT_S: u32 = 31_536_000;

/// What a room starts from.
#[derive(Debug, Clone)]
pub struct RoomConfig {
    /// Id and name.
    pub info: RoomInfo,
    /// Messages a second, 40 by the seed.
    pub budget: u32,
    /// Identity of this run's numbering; a new one each start.
    pub epoch: Epoch,
    /// Like total to go on from.
    pub likes: u64,
    /// Who may not speak, until when.
    pub mutes: Vec<(UserId, Millis)>,
    /// Who may not be here, until when.
    pub bans: Vec<(UserId, Millis)>,
    /// Whether only staff may speak.
    pub mute_all: bool,
    /// Who may speak then beside host and helpers: owner and admins.
    pub staff: Vec<UserId>,
    /// What may be given.
    pub gifts: Vec<Gift>,
    /// Slow mode, and who may speak.
    pub rules: RoomRules,
    /// Who follows the host, as far as earlier runs knew.
    pub followers: Vec<UserId>,
}

/// One live room.
#[derive(Debug)]
pub struct Room {
    info: RoomInfo,
    epoch: Epoch,
    gifts: Vec<Gift>,
    people: People,
    rules: Rules,
    budget: Budget,
    sent: Sent,
    history: History,
    /// Delivered at the next flush; bounded by the budget between two flushes.
    outbox: Vec<Event>,
    removed: VecDeque<EventId>,
    accepted: u64,
    likes: u64,
    told: (u64, u32),
}

impl Room {
    /// A room as it is after a start: nobody in it.
    pub fn new(now: Millis, config: RoomConfig) -> Self {
        let mut rules = Rules::new(config.mutes, config.bans, config.mute_all, config.staff);
        rules.stand(config.rules);
        Self {
            info: config.info,
            epoch: config.epoch,
            gifts: config.gifts,
            people: People::new(config.followers),
            rules,
            budget: Budget::new(now, config.budget),
            sent: Sent::default(),
            history: History::default(),
            outbox: Vec::new(),
            removed: VecDeque::new(),
            accepted: 0,
            likes: config.likes,
            told: (config.likes, 0),
        }
    }

    /// Remembers a message of an earlier run, so that its retry is not a second one.
    pub fn remember(&mut self, event: &Event) {
        if let (Some(from), Some(cid)) = (&event.from, event.cid) {
            self.sent.put(event.at, from.id.clone(), cid, event.id.clone());
        }
    }

    /// Carries out one command.
    ///
    /// # Errors
    /// A [`Reject`] if a rule says no; nothing has changed then.
    pub fn handle(&mut self, now: Millis, command: Command) -> Result<Vec<Effect>, Reject> {
        let mut effects = Vec::new();
        match command {
            Command::Join { conn, who } => {
                if let Some(who) = &who {
                    self.rules.admit(now, &who.id)?;
                }
                self.people.enter(now, conn, who);
            }
            Command::Leave { conn } => self.people.leave(now, conn),
            Command::Quit { conn } => self.people.quit(now, conn),
            Command::Send { from, cid, priority, body } => {
                self.send(now, from, cid, priority, body, None, &mut effects)?;
            }
            Command::Block { from, cid, body, rule } => {
                self.send(now, from, cid, None, body, Some(rule), &mut effects)?;
            }
            Command::Like { conn, count } => {
                if let Some(conn) = conn {
                    self.member(conn)?;
                }
                if !(1..=LIKE_LIMIT).contains(&count) {
                    return Err(Reject::new(
                        Code::Count,
                        format!("{count} likes in one frame; send 1 to {LIKE_LIMIT}"),
                    ));
                }
                self.likes = self.likes.saturating_add(count.into());
            }
            Command::Follow { who } => self.people.follow(who),
            Command::Remove { ids } => self.remove(ids, &mut effects),
            Command::Mute { user, until } => {
                let on = self.rules.mute(now, &user, until);
                if on {
                    self.remove(self.by(&user), &mut effects);
                }
                effects.push(Effect::Penalised { user, on });
            }
            Command::Ban { user, until } => {
                let on = self.rules.ban(now, &user, until);
                if on {
                    self.remove(self.by(&user), &mut effects);
                    if let Some((who, conns)) = self.people.expel(&user) {
                        effects.push(Effect::Expelled { who, conns });
                    }
                }
                effects.push(Effect::Penalised { user, on });
            }
            Command::MuteAll { on } => self.rules.mute_all(on),
            Command::Staff { users } => self.rules.staff(users),
            Command::Rules { rules } => self.rules.stand(rules),
        }
        self.tick(now, &mut effects);
        Ok(effects)
    }

    /// What the passing of time does: quiet members leave, waiting messages
    /// get their turn or age out.
    pub fn handle_timeout(&mut self, now: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.tick(now, &mut effects);
        effects
    }

    /// When [`Self::handle_timeout`] has something to do next.
    pub fn next_wakeup(&self) -> Option<Millis> {
        self.people.next_wakeup().into_iter().chain(self.budget.next_wakeup()).min()
    }

    /// Whether a flush would deliver anything.
    pub fn is_dirty(&self) -> bool {
        !self.outbox.is_empty() || self.told != (self.likes, self.people.online())
    }

    /// Takes what is to be delivered now.
    pub fn flush(&mut self) -> Flush {
        let online = self.people.online();
        let flush = Flush {
            position: self.position(),
            events: std::mem::take(&mut self.outbox),
            likes: (self.told.0 != self.likes).then_some(self.likes),
            online: (self.told.1 != online).then_some(online),
        };
        self.told = (self.likes, online);
        flush
    }

    /// What a connection gets that joins now, or resumes from a position.
    /// Flush first: what is in the outbox is not part of it.
    pub fn welcome(&self, now: Millis, resume: Option<Position>) -> Welcome {
        let missed =
            resume.filter(|p| p.epoch == self.epoch).and_then(|p| self.history.after(p.seq));
        Welcome {
            info: self.info.clone(),
            position: self.position(),
            removed: match &missed {
                Some(_) => self.removed.iter().cloned().collect(),
                None => Vec::new(),
            },
            resumed: missed.is_some(),
            history: missed.unwrap_or_else(|| self.history.on_join(now)),
            online: self.people.online(),
            likes: self.likes,
        }
    }

    /// Another name, for who comes in from now on.
    pub fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.info.name);
    }

    /// Number of the last message.
    pub fn position(&self) -> Position {
        Position { epoch: self.epoch, seq: self.history.last() }
    }

    /// Like total.
    pub fn likes(&self) -> u64 {
        self.likes
    }

    /// People here, guests included.
    pub fn online(&self) -> u32 {
        self.people.online()
    }

    /// Guests among them.
    pub fn guests(&self) -> u32 {
        self.people.guests()
    }

    /// A member, and until when they are muted.
    pub fn find(&self, now: Millis, user: &UserId) -> Option<(&Sender, Option<Millis>)> {
        let muted = self.rules.muted(now, user);
        self.people.find(user).map(|sender| (sender, muted))
    }

    /// Since when somebody is a member.
    pub fn since(&self, user: &UserId) -> Option<Millis> {
        self.people.since(user)
    }

    /// The connections of somebody.
    pub fn conns(&self, user: &UserId) -> Vec<ConnId> {
        self.people.conns(user)
    }

    /// The members, each with since when, in no order.
    pub fn members(&self) -> impl Iterator<Item = (&Sender, Millis)> {
        self.people.members()
    }

    /// Who is muted now, and until when.
    pub fn mutes(&self, now: Millis) -> impl Iterator<Item = (&UserId, Millis)> {
        self.rules.mutes(now)
    }

    /// Who is banned now, and until when.
    pub fn bans(&self, now: Millis) -> impl Iterator<Item = (&UserId, Millis)> {
        self.rules.bans(now)
    }

    /// The standing rules, and whether only staff may speak.
    pub fn rules(&self) -> (RoomRules, bool) {
        (self.rules.standing(), self.rules.is_muted())
    }

    /// Whether somebody is known to follow the host.
    pub fn follows(&self, user: &UserId) -> bool {
        self.people.follows(user)
    }

    /// Everything [`Command::Send`] checks before the budget.
    ///
    /// # Errors
    /// The [`Reject`] the command would have.
    pub fn check(
        &mut self,
        now: Millis,
        from: &Origin,
        cid: u32,
        body: &Body,
    ) -> Result<Checked, Reject> {
        let sender = self.speaker(now, from)?;
        let (kind, _) = self.size(body.clone(), sender.role)?;
        let known = self.sent.get(now, &sender.id, cid).is_some();
        if !known && is_paced(from, &kind) {
            self.rules.pace(now, &sender)?;
        }
        Ok(Checked { sender, kind, known })
    }

    /// Who speaks, if they may.
    ///
    /// # Errors
    /// The [`Reject`] of membership, role, mute or the standing rules.
    pub fn speaker(&self, now: Millis, from: &Origin) -> Result<Sender, Reject> {
        let sender = match from {
            Origin::Conn(conn) | Origin::App(conn) => self.member(*conn)?.clone(),
            Origin::Own { sender, .. } | Origin::BackEnd { sender, .. } => sender.clone(),
        };
        if sender.role < Role::Viewer {
            return Err(Reject::new(Code::Guest, "guests read only; take a nickname to speak"));
        }
        if !matches!(from, Origin::BackEnd { mutable: false, .. }) {
            self.rules.speak(now, &sender)?;
            self.rules.allow(&sender, self.people.follows(&sender.id))?;
        }
        Ok(sender)
    }

    /// Messages waiting for the budget, per level.
    pub fn depths(&self) -> [usize; 4] {
        self.budget.depths()
    }

    /// The member a connection is of.
    ///
    /// # Errors
    /// [`Code::Guest`] for a guest, [`Code::NotMember`] for who is not here.
    pub fn member(&self, conn: ConnId) -> Result<&Sender, Reject> {
        match self.people.member(conn) {
            Some(sender) => Ok(sender),
            None if self.people.contains(conn) => {
                Err(Reject::new(Code::Guest, "guests read only; take a nickname to speak"))
            }
            None => Err(Reject::new(Code::NotMember, "not in the room; join it first")),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "they are the fields of its commands")]
    fn send(
        &mut self,
        now: Millis,
        from: Origin,
        cid: u32,
        priority: Option<Priority>,
        body: Body,
        block: Option<&'static str>,
        effects: &mut Vec<Effect>,
    ) -> Result<(), Reject> {
        let app = matches!(from, Origin::App(_) | Origin::BackEnd { .. });
        let sender = self.speaker(now, &from)?;
        let origin = from.clone();
        let source = match from {
            Origin::Own { source, .. } => source,
            Origin::Conn(_) | Origin::App(_) | Origin::BackEnd { .. } => "room",
        };
        if matches!(from, Origin::Conn(_)) && matches!(body, Body::Paid { .. }) {
            return Err(Reject::new(Code::Role, "a member cannot say what was paid"));
        }
        let (kind, own) = self.size(body, sender.role)?;
        if let Some(id) = self.sent.get(now, &sender.id, cid) {
            let priority = own;
            let event = Event {
                id,
                at: now,
                source: source.to_owned(),
                from: Some(sender),
                cid: Some(cid),
                priority,
                kind,
            };
            effects.push(Effect::Accepted { event, fresh: false });
            return Ok(());
        }
        if is_paced(&origin, &kind) {
            self.rules.pace(now, &sender)?;
            self.rules.spoken(now, &sender.id);
        }
        let exempt = sender.role >= Role::Helper;
        let event = Event {
            id: self.next_id(),
            at: now,
            source: source.to_owned(),
            from: Some(sender.clone()),
            cid: Some(cid),
            priority: match priority {
                Some(wish) if app && !kind.is_worth_money() => wish,
                Some(wish) if !app => own.max(wish),
                _ => own,
            },
            kind,
        };
        self.sent.put(now, sender.id, cid, event.id.clone());
        effects.push(Effect::Accepted { event: event.clone(), fresh: true });
        if let Some(rule) = block {
            effects.push(Effect::Fated { event, fate: Fate::Blocked { rule: rule.into() } });
        } else if exempt {
            self.deliver(event);
        } else {
            self.offer(now, event, effects);
        }
        Ok(())
    }

    /// Size and catalogue rules; the priority is the body's own.
    fn size(&self, body: Body, role: Role) -> Result<(EventKind, Priority), Reject> {
        match body {
            Body::Comment { text } => {
                let own = if role >= Role::Helper { Priority::High } else { Priority::Normal };
                Ok((EventKind::comment(text::comment(&text)?), own))
            }
            Body::Paid { text, paid } => {
                let text = if text.is_empty() { text } else { text::comment(&text)? };
                Ok((EventKind::Comment { text, paid: Some(paid) }, Priority::High))
            }
            Body::Gift { gift, count } => {
                let known = self.gifts.iter().find(|g| g.id == gift).ok_or_else(|| {
                    Reject::new(Code::UnknownGift, "no such gift; reload for the current catalogue")
                })?;
                if !(1..=gifts::COUNT_LIMIT).contains(&count) {
                    return Err(Reject::new(
                        Code::Count,
                        format!("{count} gifts in one message; send 1 to {}", gifts::COUNT_LIMIT),
                    ));
                }
                Ok((EventKind::Gift { gift: known.clone(), count }, Priority::High))
            }
            Body::Custom { data } if data.len() > CUSTOM_LIMIT => Err(Reject::new(
                Code::TextLength,
                format!("custom data has {} bytes; at most {CUSTOM_LIMIT} fit", data.len()),
            )),
            Body::Custom { data } => Ok((EventKind::Custom { data }, Priority::Normal)),
        }
    }

    /// Everything by somebody that is remembered or waits.
    fn by(&self, user: &UserId) -> Vec<EventId> {
        let mut ids = self.history.by(user);
        ids.extend(self.budget.by(user));
        ids
    }

    fn remove(&mut self, ids: Vec<EventId>, effects: &mut Vec<Effect>) {
        for id in &ids {
            self.history.erase(id);
            let delivered_next = self.outbox.iter_mut().find(|e| e.id == *id).map(blank);
            if let Some(event) = delivered_next.or_else(|| self.budget.remove(id)) {
                effects.push(Effect::Fated { event, fate: Fate::Removed { by: "room".into() } });
            }
        }
        if !ids.is_empty() {
            self.removed.extend(ids.iter().cloned());
            while self.removed.len() > REMOVED {
                self.removed.pop_front();
            }
            effects.push(Effect::Removed { ids });
        }
    }

    fn tick(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        let tips = self.people.tick(now);
        effects.extend(self.people.news().map(|news| match news {
            News::Came(who) => Effect::Came { who },
            News::Went(who, quit) => Effect::Went { who, quit },
            News::Parted(who) => Effect::Parted { who },
        }));
        for (tip, users, more) in tips {
            let event = Event {
                id: self.next_id(),
                at: now,
                source: "room".to_owned(),
                from: None,
                cid: None,
                priority: Priority::Lowest,
                kind: EventKind::Tip { tip, users, more },
            };
            self.offer(now, event, effects);
        }
        while let Some(event) = self.budget.take(now) {
            self.deliver(event);
        }
        let aged = self.budget.expire(now);
        effects.extend(aged.into_iter().map(|(event, fate)| Effect::Fated { event, fate }));
    }

    fn offer(&mut self, now: Millis, event: Event, effects: &mut Vec<Effect>) {
        let gone = self.budget.offer(now, event);
        effects.extend(gone.into_iter().map(|(event, fate)| Effect::Fated { event, fate }));
    }

    fn deliver(&mut self, event: Event) {
        self.history.push(event.clone());
        self.outbox.push(event);
    }

    fn next_id(&mut self) -> EventId {
        self.accepted += 1;
        EventId(format!("{:x}-{}", self.epoch.0, self.accepted))
    }
}

/// Whether slow mode counts a message: comments of members, not what was given
/// or paid for, and not what the program or a back end says by itself.
fn is_paced(from: &Origin, kind: &EventKind) -> bool {
    let own = matches!(from, Origin::Own { .. } | Origin::BackEnd { mutable: false, .. });
    !own && matches!(kind, EventKind::Comment { paid: None, .. })
}

/// Empties a numbered message that was not delivered yet: its number must
/// still come, or every member would see a gap.
fn blank(event: &mut Event) -> Event {
    let kind = EventKind::Custom { data: String::new() };
    let empty = Event { from: None, cid: None, kind, ..event.clone() };
    std::mem::replace(event, empty)
}

#[cfg(test)]
pub(crate) mod tests;
