//! The order from the console: what concerns the room goes to its desk, what
//! concerns the air to the show; consoles are told how both stand.

use super::ShowTask;
use super::command::Outcome;
use crate::frames;
use crate::room_task::Actor;
use crate::ws::conn::{Conn, Level};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;
use surtitle_core::room::MUTE_LIMIT_S;
use surtitle_core::show::Input;
use surtitle_core::wire::{
    AirInfo, DELAY_LIMIT_S, Named, OrderInfo, RoomOrder, ServerFrame, TRUSTED_LIMIT,
};
use surtitle_core::{Code, Millis, Reject, Role, Sender, UserId, text};
use tokio::sync::oneshot;
use tokio::time::Instant;

/// Setting that holds the air delay.
pub(super) const AIR_SETTING: &str = "air";
/// Consoles are told at most this often.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// The air delay as it is written down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Air {
    /// Seconds comments are held.
    pub delay_s: u32,
    /// Whose comments are never held.
    pub trusted: Vec<Named>,
}

/// How the order stands, and when that was told.
#[derive(Debug)]
pub(super) struct Order {
    pub info: OrderInfo,
    trusted: Vec<Named>,
    told: Instant,
    /// Comments held when it was told.
    held: u32,
    dirty: bool,
}

impl Order {
    /// As the last run left the air; the room tells its part itself.
    pub fn new(air: &Air) -> Self {
        let (info, trusted) = (OrderInfo::default(), air.trusted.clone());
        Self { info, trusted, told: Instant::now(), held: 0, dirty: false }
    }

    /// The room has told its part.
    pub fn set(&mut self, info: OrderInfo) {
        (self.info, self.dirty) = (info, true);
    }
}

/// Who is in a list.
pub(super) fn users(list: &[Named]) -> Vec<UserId> {
    list.iter().map(|known| known.user.clone()).collect()
}

impl ShowTask {
    /// Carries an order out; the room answers for its part later.
    pub(super) async fn order(
        &mut self,
        now: Millis,
        by: &Sender,
        order: RoomOrder,
        reply: oneshot::Sender<Outcome>,
    ) {
        let outcome = match &order {
            RoomOrder::Delay { seconds } => self.delay(now, *seconds).await,
            RoomOrder::Trust { .. } if by.role < Role::Host => {
                Err(Reject::new(Code::Role, "only the host says whose lines are not held"))
            }
            RoomOrder::Admin { .. } if by.role < Role::Host => {
                Err(Reject::new(Code::Role, "only the host makes admins"))
            }
            RoomOrder::Trust { user, on, nick } => self.trust(now, user, *on, nick).await,
            RoomOrder::Air { id } => self.show_input(now, Input::Air { id: id.clone() }),
            RoomOrder::Dump => self.show_input(now, Input::Dump { by: by.nick.clone() }),
            _ => return self.order_room(now, by, order, reply).await,
        };
        self.order.dirty = true;
        let _ = reply.send(outcome);
    }

    /// The room may be waiting for us, so nobody waits for it here.
    async fn order_room(
        &mut self,
        now: Millis,
        by: &Sender,
        order: RoomOrder,
        reply: oneshot::Sender<Outcome>,
    ) {
        let refused = match &order {
            _ if self.session.info.remote.is_some() => Some(Reject::new(
                Code::Elsewhere,
                "a remote room is kept in order by its own host; mute and remove reach it",
            )),
            RoomOrder::Ban { seconds, .. } if *seconds > MUTE_LIMIT_S => Some(Reject::new(
                Code::Count,
                format!("{seconds} s is longer than a year; ban for at most {MUTE_LIMIT_S} s"),
            )),
            _ => None,
        };
        if let Some(refused) = refused {
            let _ = reply.send(Err(refused));
            return;
        }
        if let RoomOrder::Ban { user, seconds: 1.. } = &order {
            let by = by.nick.clone();
            let _ = self.show_input(now, Input::RemoveUser { user: user.clone(), by });
            self.forget_asker(now, user).await;
        }
        let (room, account) = (self.room.clone(), self.account.clone());
        let actor = Actor { account, app_admin: true, ..Actor::default() };
        tokio::spawn(async move {
            let done = room.act(actor, move |desk| desk.keep(&order)).await;
            let _ = reply.send(done.map_err(|refusal| Reject::new(Code::BadValue, refusal.text)));
        });
    }

    async fn delay(&mut self, now: Millis, seconds: u32) -> Outcome {
        if seconds > DELAY_LIMIT_S {
            let why = format!("{seconds} s is too long; lines are held at most {DELAY_LIMIT_S} s");
            return Err(Reject::new(Code::Count, why));
        }
        self.show_input(now, Input::Delay { seconds })?;
        self.keep_air().await
    }

    async fn trust(&mut self, now: Millis, user: &UserId, on: bool, nick: &str) -> Outcome {
        let trusted = &mut self.order.trusted;
        trusted.retain(|known| known.user != *user);
        if on && trusted.len() >= TRUSTED_LIMIT {
            let why = format!("{TRUSTED_LIMIT} people are trusted already; take one off first");
            return Err(Reject::new(Code::Count, why));
        }
        if on {
            let nick = text::nick(nick).unwrap_or_else(|_| user.to_string());
            trusted.push(Named { user: user.clone(), nick });
        }
        let users = users(&self.order.trusted);
        self.show_input(now, Input::Trust { users })?;
        self.keep_air().await
    }

    async fn keep_air(&mut self) -> Outcome {
        let air = Air { delay_s: self.show.delay_s(), trusted: self.order.trusted.clone() };
        let value = serde_json::to_value(air).expect("names and numbers serialise");
        self.keep(AIR_SETTING, value).await
    }

    fn order_frame(&self) -> Bytes {
        let air = AirInfo {
            delay_s: self.show.delay_s(),
            held: self.show.held(),
            trusted: self.order.trusted.clone(),
        };
        frames::encode(&ServerFrame::Order { order: Box::new(self.order.info.clone()), air })
    }

    /// Tells a console that opens.
    pub(super) fn greet_order(&self, conn: &Arc<Conn>) {
        conn.push(&self.order_frame(), Level::Message);
    }

    /// Tells consoles what changed, if it is time.
    pub(super) fn tell_order(&mut self) {
        let now = Instant::now();
        let moved = self.order.dirty || self.order.held != self.show.held();
        if !moved || now < self.order.told + TELL_EVERY {
            return;
        }
        (self.order.told, self.order.held, self.order.dirty) = (now, self.show.held(), false);
        let frame = self.order_frame();
        self.consoles.fan_out(&frame, Level::Message);
    }
}
