//! What members are told of the rules, so that a page says who may speak before somebody is refused.
//!
//! Everybody hears of a change of the standing rules; a member hears beside that
//! what holds for them alone: on coming in, with a new name, and when that
//! changes. Where there are no rules nothing is said: a page begins from that.

use super::RoomTask;
use crate::frames;
use crate::ws::conn::Level;
use bytes::Bytes;
use surtitle_core::room::ConnId;
use surtitle_core::session::SessionEvent;
use surtitle_core::wire::{OwnRules, RoomRules, ServerFrame};
use surtitle_core::{Millis, UserId};

impl RoomTask {
    /// Tells everybody how the rules stand, if that was not said yet.
    pub(super) fn tell_rules(&mut self) {
        let (rules, mute_all) = self.room.rules();
        if self.told_rules != (rules, mute_all) {
            self.told_rules = (rules, mute_all);
            self.hub.fan_out(&frame(rules, mute_all, None), Level::Message);
        }
    }

    /// Tells every page of a member what holds for them.
    pub(super) fn tell_own_rules(&self, now: Millis, user: &UserId) {
        let Some((who, _)) = self.room.find(now, user) else { return };
        let (rules, mute_all) = self.room.rules();
        let told = frame(rules, mute_all, Some(self.room.own_rules(now, who)));
        for conn in self.room.conns(user) {
            self.hub.send(conn, &told);
        }
    }

    /// What a connection is told that comes in or has another name; `None` if no rule concerns it.
    pub(super) fn rules_for(&self, now: Millis, conn: ConnId) -> Option<Bytes> {
        let (rules, mute_all) = self.room.rules();
        let own = self.room.member(conn).ok().map(|who| self.room.own_rules(now, who));
        let own = own.filter(|own| *own != OwnRules::default());
        let any = own.is_some() || mute_all || rules != RoomRules::default();
        any.then(|| frame(rules, mute_all, own))
    }

    /// Somebody was muted or banned by whomever, or let off.
    pub(super) async fn penalised(&mut self, user: UserId, on: bool) {
        self.tell_own_rules(self.clock.now(), &user);
        if on {
            self.penalties.tell(self.info.id.clone(), user.clone());
            self.tell_tap(SessionEvent::Penalised { user }).await;
        }
    }
}

fn frame(rules: RoomRules, mute_all: bool, own: Option<OwnRules>) -> Bytes {
    frames::encode(&ServerFrame::Rules { rules, mute_all, own })
}
