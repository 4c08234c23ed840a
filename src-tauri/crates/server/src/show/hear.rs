//! What the session tells the show.

use super::{ShowTask, remote};
use surtitle_core::session::SessionEvent;
use surtitle_core::show::Input;

impl ShowTask {
    /// Takes what the session has told so far: before it is left, or the program ends.
    pub(super) async fn hear_out(&mut self) {
        while let Ok(event) = self.session.events.try_recv() {
            self.session_event(event).await;
        }
    }

    /// Takes one session event.
    pub(super) async fn session_event(&mut self, event: SessionEvent) {
        let now = self.shared.clock.now();
        self.stats_dirty = true;
        match event {
            SessionEvent::Link { state, detail } => {
                self.session.info.state = state;
                self.session.info.detail = detail;
            }
            SessionEvent::Joined { room, position, missed, lost, online, likes } => {
                self.session.info.room = room.id;
                self.session.info.lost += lost;
                self.session.seq = position.seq;
                for event in missed {
                    self.input(now, Input::Event(event));
                }
                self.shared.record.online(online);
                self.input(now, Input::Online { count: online });
                self.input(now, Input::Likes { total: likes, add: 0 });
            }
            SessionEvent::Events { position, events } => {
                self.session.seq = position.seq;
                for event in events {
                    self.input(now, Input::Event(event));
                }
            }
            SessionEvent::Fated { event, fate } => self.input(now, Input::Fated { event, fate }),
            SessionEvent::Counts { likes, online } => {
                if let Some(total) = likes {
                    let add = total.saturating_sub(self.show.likes());
                    let add = u32::try_from(add).unwrap_or(u32::MAX);
                    self.shared.record.likes(add);
                    self.input(now, Input::Likes { total, add });
                }
                if let Some(count) = online {
                    self.shared.record.online(count);
                    self.input(now, Input::Online { count });
                }
            }
            SessionEvent::Removed { ids } => {
                // Only what this show has had; others were never on the picture.
                for id in ids {
                    self.input(now, Input::Remove { ids: vec![id], by: "room".into() });
                }
            }
            SessionEvent::Penalised { user } => {
                self.forget_asker(now, &user).await;
                self.input(now, Input::RemoveUser { user, by: "room".into() });
            }
            SessionEvent::Order { order } => self.order.set(*order),
            SessionEvent::Answer { cid, result } => {
                let i = self.asked.iter().position(|a| a.cid == cid);
                if let Some(asked) = i.and_then(|i| self.asked.remove(i)) {
                    let _ = asked.reply.send(result.map(drop));
                }
            }
            _ => {}
        }
    }

    /// The other end is gone for good (it never is while the program runs well).
    pub(super) fn session_ended(&mut self) {
        tracing::warn!("session: the link to the room has ended; going back to the embedded room");
        self.session = remote::embedded(&self.shared, &self.room, &self.info);
    }
}
