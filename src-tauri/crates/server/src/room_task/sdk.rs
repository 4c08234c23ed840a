//! What SDK sessions ask of a room, carried out by its task.

use super::RoomTask;
use super::desk::Caller;
use crate::log::Receipt;
use crate::sdk::relay::{Ask, setting};
use std::sync::Arc;
use surtitle_core::Millis;
use surtitle_core::room::Command;
use surtitle_store::Setting;
use surtitle_tim::group;
use tokio::time::Instant;

impl RoomTask {
    pub(super) async fn ask(&mut self, now: Millis, ask: Ask) {
        match ask {
            Ask::Join { asker, who, key } => {
                (self.caller, self.is_return) = (Caller::at(&asker.conn), false);
                let conn = asker.conn.id;
                self.forget(conn);
                match self.room.handle(now, Command::Join { conn, who: Some(who) }) {
                    Ok(effects) => {
                        self.perform(effects, None).await;
                        self.relay.join(asker, key);
                    }
                    Err(reject) => asker.refuse(&(&reject).into()),
                }
            }
            Ask::Again { conn, who, since } => {
                (self.caller, self.is_return) = (Caller::at(&conn), true);
                self.forget(conn.id);
                let command = Command::Join { conn: conn.id, who: Some(who) };
                // Who was banned meanwhile hears so with their next request.
                if let Ok(effects) = self.room.handle(now, command) {
                    self.perform(effects, None).await;
                    self.relay.again(conn, since);
                }
            }
            Ask::Place { reply } => {
                // The guest may be gone by now.
                let _ = reply.send(self.relay.last());
            }
            Ask::Member { conn, reply } => {
                // Who asked may be gone.
                let _ = reply.send(self.relay.is_member(conn).then(|| self.relay.last()));
            }
            Ask::Notify { conns, text } => {
                let body = group::words(now.0 / 1_000, &text);
                self.relay.say_to(now, &conns, 5, &body);
                self.reserve();
            }
            Ask::Poll { asker, place, member: must } => {
                let conn = asker.conn.id;
                // A socket may have logged in and joined between two polls.
                let member = self.relay.is_member(conn);
                if must && !member {
                    asker.refuse(&surtitle_tim::code::Code::NotMember.into());
                } else if self.relay.poll(Instant::now(), now, asker, place) && !member {
                    self.command(now, Command::Join { conn, who: None }, None).await;
                }
            }
            Ask::Send(speech) => self.speak(now, *speech).await,
            Ask::Broadcast(spoken) => {
                self.relay.broadcast(now, &spoken);
                self.reserve();
            }
            Ask::Quit(conn) => {
                self.forget(conn);
                self.command(now, Command::Quit { conn }, None).await;
            }
        }
    }

    /// Answers for SDKs that wait for what is being written.
    pub(super) async fn settle(&mut self, receipts: Vec<Receipt>) {
        for receipt in receipts {
            self.log.write(Vec::new(), Some(receipt)).await;
        }
    }

    /// Writes down that more numbers are in use, long before they are.
    pub(super) fn reserve(&mut self) {
        let Some(reserved) = self.relay.reserve() else { return };
        let store = Arc::clone(&self.store);
        let setting = Setting { key: setting(&self.info.id), value: reserved.into() };
        tokio::spawn(async move {
            if let Err(error) = store.put_setting(&setting).await {
                tracing::error!("store: {error}");
            }
        });
    }

    /// What the passing of time does to SDK guests.
    pub(super) async fn tick_relay(&mut self) {
        let now = Instant::now();
        if self.relay.next_wakeup().is_none_or(|at| at > now) {
            return;
        }
        let at = self.clock.now();
        for conn in self.relay.tick(now, at) {
            if !self.relay.is_member(conn) {
                self.command(at, Command::Leave { conn }, None).await;
            }
        }
    }
}
