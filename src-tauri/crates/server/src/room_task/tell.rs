//! What a back end is told after the fact.

use super::RoomTask;
use super::desk::Caller;
use crate::hooks::Call;
use serde_json::value::RawValue;
use surtitle_core::room::Flush;
use surtitle_core::{Event, Fate, Millis, Role, Sender};
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::hook::Command;
use surtitle_tim::hook::body::{
    Exit, GroupMessage, after_exit, after_join, after_send, member_state, send_exception,
};
use surtitle_tim::item::{self, Spoken};
use surtitle_tim::map;

/// A message that was taken and not delivered yet, as the back end is to hear
/// of it. There are as many as wait for the room's budget.
#[derive(Debug)]
pub struct Flight {
    /// `None` if what was said no longer holds the whole count of a gift.
    pub spoken: Option<Box<Spoken>>,
    pub operator: Option<String>,
    pub caller: Caller,
}

impl RoomTask {
    /// Whether anybody wants to hear of messages afterwards.
    pub(super) fn wants_flights(&self) -> bool {
        let hooks = &self.link.hooks;
        hooks.wants(Command::AfterSendMsg) || hooks.wants(Command::SendMsgException)
    }

    /// Messages were delivered; the last has the number `last`.
    pub(super) fn tell_delivered(&mut self, flush: &Flush, last: u64) {
        if self.flights.is_empty() {
            return;
        }
        let first = last + 1 - flush.events.len() as u64;
        for (event, seq) in flush.events.iter().zip(first..) {
            let Some(flight) = self.flights.remove(&event.id) else { continue };
            let time_s = event.at.0 / 1_000;
            self.tell_message(Command::AfterSendMsg, event, &flight, |message| {
                after_send(message, seq, time_s)
            });
        }
    }

    /// A message that was taken will not be delivered.
    pub(super) fn tell_fate(&mut self, event: &Event, fate: &Fate) {
        if let Fate::Merged { into } = fate
            && let Some(flight) = self.flights.get_mut(into)
        {
            flight.spoken = None;
        }
        let Some(flight) = self.flights.remove(&event.id) else { return };
        if matches!(fate, Fate::AgedOut { .. }) {
            let why = Refusal::from(Code::MessageRate);
            self.tell_message(Command::SendMsgException, event, &flight, |message| {
                send_exception(message, &why)
            });
        }
    }

    fn tell_message(
        &self,
        command: Command,
        event: &Event,
        flight: &Flight,
        body: impl FnOnce(&GroupMessage<'_>) -> Box<RawValue>,
    ) {
        if !self.link.hooks.wants(command) {
            return;
        }
        let native = || item::native(event).map(Box::new);
        let Some(spoken) = flight.spoken.clone().or_else(native) else { return };
        let message = GroupMessage {
            group: &self.group.profile().id,
            from: &spoken.account,
            operator: flight.operator.as_deref().unwrap_or(&spoken.account),
            random: spoken.random,
            body: &spoken.body,
            cloud: &spoken.cloud,
            at_ms: self.clock.now().0,
        };
        self.call(command, body(&message), flight.caller);
    }

    /// Somebody became a member, or came back to the seat they had.
    pub(super) fn tell_came(&self, now: Millis, who: &Sender) {
        let (group, account) = (&self.group.profile().id, map::account(&who.id));
        if who.role > Role::Viewer {
            return;
        }
        if self.is_return {
            let body = member_state(group, true, &[account], now.0);
            self.call(Command::OnMemberStateChange, body, self.caller);
        } else {
            let body = after_join(group, account, now.0);
            self.call(Command::AfterNewMemberJoin, body, self.caller);
        }
    }

    /// Somebody left on purpose, if only with one of their clients, or fell
    /// silent.
    pub(super) fn tell_went(&self, now: Millis, who: &Sender, quit: bool) {
        let (group, account) = (&self.group.profile().id, map::account(&who.id));
        if who.role > Role::Viewer {
            return;
        }
        if quit {
            let body = after_exit(group, Exit::Quit, account, &[account], now.0);
            self.call(Command::AfterMemberExit, body, self.caller);
        } else {
            let body = member_state(group, false, &[account], now.0);
            self.call(Command::OnMemberStateChange, body, Caller::default());
        }
    }

    /// Somebody was put out by `operator`.
    pub(super) fn tell_expelled(&self, now: Millis, who: &Sender, operator: &str) {
        let (group, account) = (&self.group.profile().id, map::account(&who.id));
        let body = after_exit(group, Exit::Kicked, operator, &[account], now.0);
        self.call(Command::AfterMemberExit, body, self.caller);
    }

    /// Tells the back end, if it wants to hear of it.
    pub(super) fn call(&self, command: Command, body: Box<RawValue>, caller: Caller) {
        self.link.hooks.tell(Call { command, body, ip: caller.ip, platform: caller.word() });
    }
}
