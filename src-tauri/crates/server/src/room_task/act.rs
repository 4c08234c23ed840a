//! What follows from what was done at a group's desk.

use super::RoomTask;
use super::desk::{Actor, Desk, Follow, Tell};
use super::handle::{Act, Input};
use crate::frames;
use crate::log::Receipt;
use crate::sdk::relay::Ask;
use crate::ws::conn::Level;
use crate::ws::hub::Hub;
use surtitle_core::room::Command;
use surtitle_core::{Code, Millis, Reject, UserId};
use surtitle_store::LogWrite;
use surtitle_tim::group::{Group, Said, Whom};
use surtitle_tim::map;
use tokio::time::Instant;

/// The kind of the documents groups of an app are written down as.
pub fn kind(app: u32) -> String {
    format!("group/{app}")
}

/// Who may speak in a group while everybody is muted.
pub fn staff(group: &Group) -> Vec<UserId> {
    let owner = group.profile().owner.iter();
    owner.chain(group.admins()).map(|account| map::user_id(account)).collect()
}

impl RoomTask {
    /// Does something at the desk and carries out what follows.
    pub(super) async fn act(&mut self, now: Millis, actor: Actor, act: Act) {
        let before = (self.group.profile().mute_all, staff(&self.group));
        let rules = self.group.rules();
        let mut desk = Desk {
            now,
            group: &mut self.group,
            room: &self.room,
            relay: &self.relay,
            actor: &actor,
            follow: Follow::default(),
        };
        let done = act(&mut desk);
        let follow = desk.follow;
        let after = (self.group.profile().mute_all, staff(&self.group));
        let name = &self.group.profile().name;
        if self.info.name != *name {
            self.info.name.clone_from(name);
            self.room.rename(name);
            self.relay.rename(name);
        }
        let (only, all): (Vec<Said>, Vec<Said>) = follow
            .said
            .into_iter()
            .partition(|said| matches!(said, Said::Notice { to: Whom::Only(_), .. }));
        // Whom it concerns hears of it before they are put out.
        for said in only {
            self.tell_some(now, &said);
        }
        let mut commands = follow.commands;
        if before.0 != after.0 {
            commands.push(Command::MuteAll { on: after.0 });
        }
        // Who became staff, and who is none any more.
        let has_moved = |user: &&UserId| before.1.contains(user) != after.1.contains(user);
        let moved: Vec<UserId> =
            before.1.iter().chain(&after.1).filter(has_moved).cloned().collect();
        if before.1 != after.1 {
            commands.push(Command::Staff { users: after.1 });
        }
        if rules != self.group.rules() {
            commands.push(Command::Rules { rules: self.group.rules() });
        }
        self.operator.clone_from(&actor.account);
        let touched = !commands.is_empty();
        for command in commands {
            self.command(now, command, None).await;
        }
        for user in moved {
            self.tell_own_rules(now, &user);
        }
        if touched {
            self.tell_order(now).await;
        }
        for Tell { command, body } in follow.calls {
            self.call(command, body, actor.caller);
        }
        if let Some((ids, reason)) = follow.removed {
            self.relay.remove(now, &ids, &actor.account, &reason);
            self.command(now, Command::Remove { ids }, None).await;
        }
        for said in all {
            let event = if matches!(said, Said::Tip { .. }) { 6 } else { 5 };
            self.relay.say(now, event, said.body());
        }
        self.reserve();
        if follow.dismissed {
            self.dismiss().await;
        } else if follow.changed {
            let write = self.document();
            self.log.write(vec![write], Some(Receipt::new(done))).await;
            return;
        }
        done(true);
    }

    /// The group as it is written down.
    pub(super) fn document(&self) -> LogWrite {
        let value = serde_json::to_value(&self.group).expect("text and numbers serialise");
        let key = self.group.profile().id.clone();
        LogWrite::Document { kind: kind(self.link.app), key, value: Some(value) }
    }

    fn tell_some(&mut self, now: Millis, said: &Said) {
        let Said::Notice { to: Whom::Only(accounts), body } = said else { return };
        let conns = accounts.iter().flat_map(|account| self.room.conns(&map::user_id(account)));
        let conns: Vec<_> = conns.collect();
        self.relay.say_to(now, &conns, 5, body);
    }

    /// Answers what comes after the end.
    pub(super) fn turn_away(&mut self, input: Input) {
        let gone = || Reject::new(Code::UnknownRoom, "the room was closed by its owner");
        match input {
            Input::Join { conn, .. } | Input::Like(conn, _) => {
                conn.push(&frames::encode_reject(&gone(), None), Level::Message);
            }
            Input::Send { conn, cid, .. } => {
                conn.push(&frames::encode_reject(&gone(), Some(cid)), Level::Message);
            }
            Input::Sdk(Ask::Join { asker, .. }) => asker.refuse(&(&gone()).into()),
            Input::Sdk(Ask::Send(speech)) => speech.waits.reject(speech.cid, &gone()),
            Input::Sdk(Ask::Poll { asker, place, .. }) => {
                self.relay.poll(Instant::now(), self.clock.now(), asker, place);
            }
            Input::Keep(done) => drop(done.send(())),
            // Whoever waits for the others is told by its dropped sender.
            _ => {}
        }
    }

    /// Nobody is here any more; who polls for it hears so.
    async fn dismiss(&mut self) {
        self.dismissed = true;
        self.flush().await;
        let gone = Reject::new(Code::UnknownRoom, "the room was closed by its owner");
        self.hub.fan_out(&frames::encode_reject(&gone, None), Level::Message);
        self.hub = Hub::default();
    }
}
