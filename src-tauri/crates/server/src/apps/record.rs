//! What is written down of an app itself.

use crate::hooks::HookConfig;
use crate::room_task::Orders;
use serde::{Deserialize, Serialize};
use surtitle_core::Millis;
use surtitle_core::filter::Rules;
use surtitle_tim::map::Mapping;

/// The kind of the documents apps are written down as.
pub const KIND: &str = "app";

/// An app, as it is written down. The first one's key is in the secrets file
/// and not here.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// Name to show.
    pub name: String,
    /// What usersigs are signed with.
    pub secret_key: String,
    /// Accounts that may use the REST API; the first owns groups nobody else owns.
    pub admins: Vec<String>,
    /// When it was made.
    pub created_at: Millis,
    /// Its back end.
    pub hooks: HookConfig,
    /// What may not be said in its rooms.
    pub filter: Rules,
    /// What its custom messages mean on our surfaces.
    pub mapping: Mapping,
    /// Logins of one account on one platform at once; `None` for the usual.
    pub instances: Option<usize>,
    /// What orders of staff inside custom messages do.
    pub orders: Orders,
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Record({:?}, …)", self.name)
    }
}
