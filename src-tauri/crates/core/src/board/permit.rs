//! Who may draw.

use crate::{Code, Reject, Role, Sender, UserId};
use serde::{Deserialize, Serialize};

/// People who may have the pen at the same time.
pub const PENS: usize = 50;
/// Hands that may be up at the same time; the next is refused.
pub const HANDS: usize = 200;

/// Somebody, by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Pupil {
    /// Who.
    pub user: UserId,
    /// Name to show.
    pub nick: String,
}

/// Who may draw beside the host. A class that only reads has nobody here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Permit {
    /// Helpers may.
    pub helpers: bool,
    /// Everybody with a name may; guests never.
    pub everyone: bool,
    /// Who was given the pen, in that order, at most 50.
    pub pens: Vec<Pupil>,
}

impl Default for Permit {
    fn default() -> Self {
        Self { helpers: true, everyone: false, pens: Vec::new() }
    }
}

impl Permit {
    /// Whether `who` may draw.
    pub fn allows(&self, who: &Sender) -> bool {
        match who.role {
            Role::Host => true,
            Role::Helper if self.helpers => true,
            Role::Viewer | Role::Helper => self.everyone || self.has(&who.id),
            Role::Guest | Role::Display => false,
        }
    }

    /// The same, as an answer.
    ///
    /// # Errors
    /// [`Code::NoPen`].
    pub fn check(&self, who: &Sender) -> Result<(), Reject> {
        if self.allows(who) {
            return Ok(());
        }
        Err(Reject::new(Code::NoPen, "you do not have the pen; raise your hand and wait for it"))
    }

    /// Whether they were given the pen.
    pub fn has(&self, user: &UserId) -> bool {
        self.pens.iter().any(|pupil| pupil.user == *user)
    }

    pub(super) fn give(&mut self, user: &UserId, nick: &str, on: bool) {
        self.pens.retain(|pupil| pupil.user != *user);
        if on {
            self.pens.push(Pupil { user: user.clone(), nick: nick.to_owned() });
        }
    }
}
