//! What a shop has settled, said in the room: gifts, paid comments, order
//! notices.
//!
//! The message and the record of the shop's order are one transaction, so that
//! an order is said once however often it is told. Money was moved before, so
//! nothing here refuses for a rule about words: what a mute or the filter does
//! not let through is left out, and the amount stays.

use super::{GIFT_LOST, RoomTask};
use crate::log::Receipt;
use serde_json::{Value, json};
use surtitle_core::filter::Verdict;
use surtitle_core::room::{Command, Effect, Origin};
use surtitle_core::wire::Body;
use surtitle_core::{Code, Event, EventKind, Fate, Millis, Reject, Sender};
use surtitle_store::LogWrite;
use tokio::sync::{mpsc, oneshot};

/// The kind of the documents orders are written down as.
pub const KIND: &str = "settled";

/// Something settled, to be said.
#[derive(Debug)]
pub struct Settled {
    /// Key of its record.
    pub key: String,
    /// What the shop told.
    pub told: Value,
    /// For whom. An empty name is the one they have in the room.
    pub from: Origin,
    /// The same for the same order.
    pub cid: u32,
    /// What.
    pub body: Body,
    /// Told the record once it is on disk.
    pub reply: oneshot::Sender<Result<Value, Reject>>,
}

impl RoomTask {
    pub(super) async fn settled(&mut self, now: Millis, settled: Settled) {
        let Settled { key, told, mut from, cid, mut body, reply } = settled;
        if let Err(reject) = self.name(now, &mut from) {
            // Who asked may be gone; so below.
            return drop(reply.send(Err(reject)));
        }
        if let (Origin::BackEnd { sender, .. }, Body::Paid { text, .. }) = (&from, &mut body) {
            *text = self.sayable(now, sender, text);
        }
        let command = Command::Send { from, cid, priority: None, body };
        let mut effects = match self.room.handle(now, command) {
            Ok(effects) => effects,
            Err(reject) => return drop(reply.send(Err(reject))),
        };
        let taken = effects.iter().position(|e| matches!(e, Effect::Accepted { .. }));
        if let Some(Effect::Accepted { event, .. }) = taken.map(|at| effects.remove(at)) {
            let record = record(&told, &event);
            let document =
                LogWrite::Document { kind: KIND.to_owned(), key, value: Some(record.clone()) };
            let writes = self.worth(event).into_iter().chain([document]).collect();
            let lost = || Reject::new(Code::Internal, GIFT_LOST);
            let receipt = Receipt::new(move |kept| {
                drop(reply.send(if kept { Ok(record) } else { Err(lost()) }));
            });
            self.log.write(writes, Some(receipt)).await;
        }
        self.perform(effects, None).await;
    }

    /// What is written down of something worth money.
    pub(super) fn worth(&self, event: Event) -> Vec<LogWrite> {
        let id = event.id.clone();
        let mut writes = vec![LogWrite::Event { event }];
        if self.tap.as_ref().is_none_or(mpsc::Sender::is_closed) {
            // Nobody presents this room: the books must not wait for a show.
            let fate = Fate::Blocked { rule: "off-show".into() };
            writes.push(LogWrite::Fate { id, fate });
        }
        writes
    }

    /// Gives somebody who is here the name and picture they have.
    fn name(&self, now: Millis, from: &mut Origin) -> Result<(), Reject> {
        let Origin::BackEnd { sender, .. } = from else { return Ok(()) };
        if let Some((known, _)) = self.room.find(now, &sender.id) {
            sender.avatar.clone_from(&known.avatar);
            if sender.nick.is_empty() {
                sender.nick.clone_from(&known.nick);
            }
        }
        if sender.nick.is_empty() {
            let message = format!("{:?} is not in the room; send \"nick\" too", sender.id.as_str());
            return Err(Reject::new(Code::BadValue, message));
        }
        Ok(())
    }

    /// The part of `text` that `sender` may say; nothing if they may not speak.
    fn sayable(&self, now: Millis, sender: &Sender, text: &str) -> String {
        let speaks = Origin::BackEnd { sender: sender.clone(), mutable: true };
        let is_banned = self.room.bans(now).any(|(user, _)| *user == sender.id);
        if text.is_empty() || is_banned || self.room.speaker(now, &speaks).is_err() {
            return String::new();
        }
        match self.link.filter().map(|filter| filter.judge(text)) {
            None | Some(Verdict::Pass) => text.to_owned(),
            Some(Verdict::Mask { text, .. }) => text,
            Some(_) => String::new(),
        }
    }
}

fn record(told: &Value, event: &Event) -> Value {
    let said = match &event.kind {
        EventKind::Comment { text, .. } => Some(text),
        _ => None,
    };
    let nick = event.from.as_ref().map(|from| &from.nick);
    json!({ "told": told, "id": event.id, "at": event.at, "nick": nick, "said": said })
}
