//! Orders of staff inside custom messages (seed, FAQ 2 and 3).
//!
//! A custom message that names `Members_Account` is delivered like any other.
//! If whoever sent it may do so themselves, the app's [`Orders`] say what else
//! it does, so that an app needs no back end for it: a mute is carried out
//! unless the host switched that off; a removal is left to the SDK of whoever
//! is named, which quits by itself, unless the host wants a ban of it.

use super::RoomTask;
use super::desk::{Actor, Desk};
use super::handle::Done;
use super::speech::Speech;
use serde::{Deserialize, Serialize};
use std::sync::{Arc, PoisonError};
use surtitle_core::Millis;
use surtitle_core::room::Origin;
use surtitle_store::MuteRecord;
use surtitle_tim::body;
use surtitle_tim::group::{BAN_LIMIT, Right};
use surtitle_tim::map::{self, Order, What};

/// What orders do besides being delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Orders {
    /// Whether an order to mute mutes.
    pub mute: bool,
    /// For how long an order to remove bans, in seconds; 0 for not at all.
    pub ban_s: u32,
}

impl Default for Orders {
    fn default() -> Self {
        Self { mute: true, ban_s: 0 }
    }
}

impl RoomTask {
    /// The order in a message whose sender may give one. Looked for before the
    /// message is handed on.
    pub(super) fn order(&self, speech: &Speech) -> Option<(Actor, Order)> {
        let spoken = speech.spoken.as_ref()?;
        let record = self.link.record.read().unwrap_or_else(PoisonError::into_inner);
        let is_admin = |account: &str| record.admins.iter().any(|admin| admin == account);
        let account = match (&speech.from, &speech.operator) {
            (Origin::BackEnd { .. }, Some(operator)) => operator,
            _ => &spoken.account,
        };
        let app_admin = is_admin(account);
        if self.group.right(account, app_admin) == Right::Member {
            return None;
        }
        let order = map::order(&body::read(&spoken.body, "").ok()?)?;
        let Orders { mute, ban_s } = record.orders;
        let obeyed = match order.what {
            What::Mute { .. } => mute,
            What::Remove => ban_s > 0,
        };
        let actor = Actor { account: account.clone(), app_admin, caller: speech.caller };
        obeyed.then_some((actor, order))
    }

    /// Carries out an order. One that its sender has no right to is only a
    /// message, and nobody is told.
    pub(super) async fn obey(&mut self, now: Millis, actor: Actor, order: Order) {
        let Order { accounts, what } = order;
        match what {
            What::Mute { seconds } => self.obey_mute(now, actor, accounts, seconds).await,
            What::Remove => {
                let record =
                    Arc::clone(&self.link.record.read().unwrap_or_else(PoisonError::into_inner));
                let ban_s = record.orders.ban_s;
                for some in accounts.chunks(BAN_LIMIT) {
                    let some = some.to_vec();
                    let ban = move |desk: &mut Desk<'_>| {
                        let done = desk.ban(&some, ban_s, "");
                        noted(done.err().map(|refusal| refusal.text))
                    };
                    self.act(now, actor.clone(), Box::new(ban)).await;
                }
            }
        }
    }

    async fn obey_mute(&mut self, now: Millis, actor: Actor, accounts: Vec<String>, seconds: u32) {
        let (room, store) = (self.info.id.clone(), Arc::clone(&self.store));
        let mute = move |desk: &mut Desk<'_>| {
            let until = match desk.mute(&accounts, seconds) {
                Ok(until) => until,
                Err(refusal) => return noted(Some(refusal.text)),
            };
            tokio::spawn(async move {
                for account in accounts {
                    let user = map::user_id(&account);
                    let kept = if seconds == 0 {
                        store.delete_mute(&room, &user).await
                    } else {
                        store.put_mute(&MuteRecord { room: room.clone(), user, until }).await
                    };
                    if let Err(error) = kept {
                        tracing::error!("store: {error}");
                    }
                }
            });
            noted(None)
        };
        self.act(now, actor, Box::new(mute)).await;
    }
}

/// Nobody waits for the outcome.
fn noted(refused: Option<String>) -> Done {
    if let Some(text) = refused {
        tracing::debug!("an order in a message was not obeyed: {text}");
    }
    Box::new(|_| {})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mutes_are_obeyed_and_removals_are_not_unless_the_host_says_otherwise() {
        assert_eq!(Orders::default(), Orders { mute: true, ban_s: 0 });
        let other: Orders = serde_json::from_str(r#"{"ban_s":60}"#).expect("settings");
        assert_eq!(other, Orders { mute: true, ban_s: 60 });
    }
}
