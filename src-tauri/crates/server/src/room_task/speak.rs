//! How a message gets into the room.
//!
//! The order of checks: login, group, size and shape at the door; here
//! membership, role, mute, mute all, size and duplicate; then the filter has
//! its say, then the app's back end is asked; then the same checks again, for time has passed, the budget,
//! and the number. What is delivered is told the back end afterwards.

use super::RoomTask;
use super::gate::{Judged, Ticket};
use super::handle::Input;
use super::sieve::{self, Sifted};
use super::speech::{Speech, Waits};
use super::tell::Flight;
use crate::hooks::Call;
use serde_json::value::RawValue;
use std::sync::Arc;
use surtitle_core::room::{Checked, Command, Effect, Origin};
use surtitle_core::{Code, Event, Millis, Reject, RoomId, UserId};
use surtitle_store::LogWrite;
use surtitle_tim::body;
use surtitle_tim::hook::body::{GroupMessage, before_send, send_exception};
use surtitle_tim::hook::{self, Verdict};
use surtitle_tim::{item, map};

/// The kind of the documents that name who follows in a room.
pub fn followers(room: &RoomId) -> String {
    format!("follower/{room}")
}

/// The rule of what a back end drops without a word to its sender.
const DROPPED: &str = "webhook";
/// The rule of what is asked of the sale.
const ASKED: &str = "sale";
/// The rule of what the filter hides from everybody but its sender.
const HIDDEN: &str = "filter";

impl RoomTask {
    /// Takes a message in, or lets it wait for the back end's word.
    pub(super) async fn speak(&mut self, now: Millis, mut speech: Speech) {
        if let Some(filter) = self.link.filter()
            && let Ok(checked) =
                self.room.check(now, &speech.from, speech.cid, &speech.meaning.body)
            && !checked.known
            && sieve::is_sifted(&speech.from, &checked)
        {
            match sieve::sift(&filter, &checked.kind, &mut speech) {
                Ok(Sifted::On) => {}
                Ok(Sifted::Hidden) => return self.admit(now, Judged::hidden(speech)).await,
                Err(reject) => return self.reject(now, &speech, &[], &reject),
            }
        }
        let asks = speech.ask && self.link.hooks.wants(hook::Command::BeforeSendMsg);
        if !asks && self.gate.is_empty() {
            return self.admit(now, Judged::at_once(speech)).await;
        }
        let Speech { from, cid, meaning, .. } = &speech;
        let Checked { sender, kind, known } = match self.room.check(now, from, *cid, &meaning.body)
        {
            Ok(checked) => checked,
            Err(reject) => return self.reject(now, &speech, &[], &reject),
        };
        if known {
            return self.admit(now, Judged::at_once(speech)).await;
        }
        let Some(speech) = self.gate.join(&sender.id, speech) else { return };
        if !self.gate.has_room() {
            let reject = Reject::new(Code::TooFast, "too many messages wait for the back end");
            return self.reject(now, &speech, &[], &reject);
        }
        let own = match &speech.spoken {
            Some(spoken) => Some(spoken.body.clone()),
            None => item::native_body(&kind, &sender),
        };
        let call = own.filter(|_| asks).map(|body| {
            let from = map::account(&sender.id);
            let message = GroupMessage {
                group: &self.group.profile().id,
                from,
                operator: speech.operator.as_deref().unwrap_or(from),
                random: speech.cid,
                body: &body,
                cloud: speech.spoken.as_ref().map_or("", |spoken| &spoken.cloud),
                at_ms: now.0,
            };
            Call {
                command: hook::Command::BeforeSendMsg,
                body: before_send(&message),
                ip: speech.caller.ip,
                platform: speech.caller.word(),
            }
        });
        let ticket = self.gate.park(sender.id, speech);
        match call {
            Some(call) => self.put_before(ticket, call),
            // Only behind what the same sender said before.
            None => self.judge(now, ticket, Verdict::Allow).await,
        }
    }

    /// Asks the back end; its word comes back as an input.
    fn put_before(&self, ticket: Ticket, call: Call) {
        let (hooks, inputs) = (Arc::clone(&self.link.hooks), self.inputs.clone());
        tokio::spawn(async move {
            let verdict = hooks.ask(call).await;
            // The room may have ended meanwhile.
            if let Some(inputs) = inputs.upgrade() {
                let _ = inputs.send(Input::Verdict(ticket, verdict)).await;
            }
        });
    }

    /// The back end's word on a message came.
    pub(super) async fn judge(&mut self, now: Millis, ticket: Ticket, verdict: Verdict) {
        for judged in self.gate.judge(ticket, verdict) {
            self.admit(now, judged).await;
        }
    }

    async fn admit(&mut self, now: Millis, judged: Judged) {
        let Judged { mut speech, verdict, also, hidden } = judged;
        let cid = speech.cid;
        let mut command = None;
        match verdict {
            Verdict::Refuse(refusal) => {
                for waits in also.iter().chain([&speech.waits]) {
                    waits.refuse(cid, &refusal);
                }
                return;
            }
            Verdict::Drop => {
                let (from, body) = (speech.from.clone(), speech.meaning.body.clone());
                let rule = if hidden { HIDDEN } else { DROPPED };
                command = Some(Command::Block { from, cid, body, rule });
            }
            Verdict::Rewrite { body, cloud } => self.rewrite(&mut speech, body, cloud),
            Verdict::Allow => {}
        }
        let asked = if command.is_none() { self.sdk_asks(&speech) } else { None };
        if asked.is_some() {
            let (from, body) = (speech.from.clone(), speech.meaning.body.clone());
            command = Some(Command::Block { from, cid, body, rule: ASKED });
        }
        let blocked = command.is_some();
        let command = command.unwrap_or_else(|| Command::Send {
            from: speech.from.clone(),
            cid,
            priority: speech.priority,
            body: speech.meaning.body.clone(),
        });
        if let Waits::Page(conn) = &speech.waits
            && self.arriving.iter().any(|(arrived, _)| arrived.id == conn.id)
        {
            // `joined` comes before the answer to anything that was sent after `join`.
            self.flush().await;
        }
        let effects = match self.room.handle(now, command) {
            Ok(effects) => effects,
            Err(reject) => return self.reject(now, &speech, &also, &reject),
        };
        let taken = effects.iter().find_map(|effect| match effect {
            Effect::Accepted { event, fresh } => Some((event.clone(), *fresh)),
            _ => None,
        });
        let Some((event, fresh)) = taken else { return };
        let order = if fresh && !blocked { self.order(&speech) } else { None };
        if !blocked {
            self.overhear(&event, &speech.waits).await;
        } else if let Some(asked) = asked {
            self.sell_sdk(&event, asked).await;
        }
        let Speech { from, meaning, spoken, waits, operator, caller, tell, .. } = speech;
        let wanted = tell && !blocked && fresh && self.wants_flights();
        if wanted {
            let spoken = spoken.clone().or_else(|| item::native(&event).map(Box::new));
            let flight = Flight { spoken, operator, caller };
            self.flights.insert(event.id.clone(), flight);
        }
        match (&waits, spoken) {
            (Waits::Page(conn), _) => self.perform(effects, Some(conn)).await,
            (Waits::Sdk(asker), Some(spoken)) if fresh => {
                let told = matches!(from, Origin::BackEnd { .. });
                self.relay.hold(&event, asker.clone(), spoken, told);
                self.answer_also(&event, &also);
                self.perform(effects, None).await;
            }
            (Waits::Sdk(asker), _) => {
                self.relay.repeat(&event, asker.clone());
                self.perform(effects, None).await;
            }
        }
        if fresh && !blocked {
            self.follows = self.follows.saturating_add(meaning.follows.into());
            if let Some(who) = event.from.filter(|_| meaning.follows > 0) {
                let user = who.id.clone();
                self.keep_follower(&user).await;
                self.command(now, Command::Follow { who }, None).await;
                self.tell_own_rules(now, &user);
            }
            if meaning.likes > 0 {
                let conn = match from {
                    Origin::Conn(conn) | Origin::App(conn) => Some(conn),
                    Origin::Own { .. } | Origin::BackEnd { .. } => None,
                };
                self.command(now, Command::Like { conn, count: meaning.likes }, None).await;
            }
        }
        if let Some((actor, order)) = order {
            self.obey(now, actor, order).await;
        }
    }

    /// Writes down who follows the host, once: they may speak among followers.
    async fn keep_follower(&mut self, user: &UserId) {
        if self.room.follows(user) {
            return;
        }
        let (kind, key) = (followers(&self.info.id), user.0.clone());
        let write = LogWrite::Document { kind, key, value: Some(true.into()) };
        self.log.write(vec![write], None).await;
    }

    fn answer_also(&mut self, event: &Event, also: &[Waits]) {
        for waits in also {
            if let Waits::Sdk(asker) = waits {
                self.relay.repeat(event, asker.clone());
            }
        }
    }

    /// Puts the back end's words in place of the sender's. Our own pages have
    /// no `CloudCustomData` to replace.
    fn rewrite(&self, speech: &mut Speech, body: Option<Box<RawValue>>, cloud: Option<String>) {
        if let (Some(spoken), Some(cloud)) = (&mut speech.spoken, cloud) {
            spoken.cloud = cloud;
        }
        let Some(body) = body else { return };
        // It was looked at when the answer was read.
        if let Ok(elements) = body::read(&body, "") {
            speech.meaning = self.link.meaning(&elements);
        }
        if let Some(spoken) = &mut speech.spoken {
            spoken.body = body;
        }
    }

    /// Says no to whoever waits, and tells the back end that it was so.
    fn reject(&mut self, now: Millis, speech: &Speech, also: &[Waits], reject: &Reject) {
        self.metrics.refuse(reject.code);
        for waits in also.iter().chain([&speech.waits]) {
            waits.reject(speech.cid, reject);
        }
        let Some(spoken) = &speech.spoken else { return };
        let command = hook::Command::SendMsgException;
        let muted = matches!(reject.code, Code::Muted | Code::Slow | Code::Speakers);
        if !muted || !self.link.hooks.wants(command) {
            return;
        }
        let message = GroupMessage {
            group: &self.group.profile().id,
            from: &spoken.account,
            operator: speech.operator.as_deref().unwrap_or(&spoken.account),
            random: spoken.random,
            body: &spoken.body,
            cloud: &spoken.cloud,
            at_ms: now.0,
        };
        let body = send_exception(&message, &reject.into());
        let (ip, platform) = (speech.caller.ip, speech.caller.word());
        self.link.hooks.tell(Call { command, body, ip, platform });
    }
}

impl Judged {
    /// A message nobody was asked about.
    fn at_once(speech: Speech) -> Self {
        Self { speech, verdict: Verdict::Allow, also: Vec::new(), hidden: false }
    }

    /// A message the filter shows to nobody.
    fn hidden(speech: Speech) -> Self {
        Self { verdict: Verdict::Drop, hidden: true, ..Self::at_once(speech) }
    }
}
