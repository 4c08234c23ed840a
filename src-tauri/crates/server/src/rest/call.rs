//! One call: who calls, and where its commands find things.

use crate::apps::App;
use crate::room_task::{Actor, Desk, RoomHandle};
use crate::state::State;
use std::sync::Arc;
use surtitle_core::Millis;
use surtitle_tim::code::{Code, Refusal};
use surtitle_tim::group::ID_LIMIT;
use surtitle_tim::map;

/// A call whose frame is in order.
#[derive(Debug, Clone)]
pub struct Call {
    /// The server.
    pub state: Arc<State>,
    /// The app that calls.
    pub app: Arc<App>,
    /// Its admin.
    pub actor: Actor,
    /// When.
    pub now: Millis,
}

impl Call {
    /// Seconds since 1970.
    pub fn now_s(&self) -> u64 {
        self.now.0 / 1_000
    }

    /// The group of that GroupId.
    ///
    /// # Errors
    /// 10015 if no group can have it, 10010 if none has.
    pub fn room(&self, group: &str) -> Result<RoomHandle, Refusal> {
        if let Some(room) = self.app.room(group) {
            return Ok(room);
        }
        let whole = (1..=ID_LIMIT).contains(&group.len());
        if whole && group.bytes().all(|b| (0x20..0x7f).contains(&b)) {
            return Err(Refusal::new(
                Code::UnknownGroup,
                format!("no group {group:?} in this app"),
            ));
        }
        let text = "GroupId is 1 to 48 printable ASCII characters";
        Err(Refusal::new(Code::BadGroupId, text))
    }

    /// Does something at a group's desk.
    ///
    /// # Errors
    /// Those of [`Self::room`] and of `act`.
    pub async fn at<T: Send + 'static>(
        &self,
        group: &str,
        act: impl FnOnce(&mut Desk<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        self.room(group)?.act(self.actor.clone(), act).await
    }

    /// Refuses what is no UserID, naming `field`.
    ///
    /// # Errors
    /// 10012.
    pub fn check_account(field: &str, account: &str) -> Result<(), Refusal> {
        if map::is_account(account) {
            return Ok(());
        }
        let text = format!("{field} is no UserID: 1 to 32 printable ASCII characters");
        Err(Refusal::new(Code::BadAccount, text))
    }

    /// Nickname and picture of an account; empty if it has none or is nobody.
    ///
    /// # Errors
    /// [`Code::Server`].
    pub async fn face(&self, account: &str) -> Result<(String, String), Code> {
        let known = self.app.accounts.find(account).await?.unwrap_or_default();
        Ok((known.nick().to_owned(), known.face().to_owned()))
    }

    /// Refuses an account nobody imported and nobody logged in with; an admin
    /// is always one.
    ///
    /// # Errors
    /// 10012 or 10019, naming `field`.
    pub async fn check_known(&self, field: &str, account: &str) -> Result<(), Refusal> {
        Self::check_account(field, account)?;
        if self.app.is_admin(account) || self.app.accounts.find(account).await?.is_some() {
            return Ok(());
        }
        let text = format!("{field} names {account:?}, no account of this app; import it first");
        Err(Refusal::new(Code::UnknownAccount, text))
    }
}
