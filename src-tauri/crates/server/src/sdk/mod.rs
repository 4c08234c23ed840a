//! The gateway of the vendor's SDKs: their sockets, commands and deliveries.
//!
//! One [`session`] per socket reads frames and answers or passes them to the
//! room; the room's [`relay`] delivers. Neither knows the native protocol: the
//! room in between is the same, so everybody in it sees everybody.

pub mod asker;
pub mod gateway;
mod group;
mod login;
mod message;
mod poll;
mod profile;
pub mod relay;
pub mod seal;
pub mod seats;
mod session;

use seal::Seal;
use seats::Seats;

/// An app whose users may log in.
#[derive(Clone)]
pub struct App {
    /// SDKAppID.
    pub id: u32,
    /// What usersigs are signed with.
    pub secret_key: String,
    /// Accounts that own its rooms; at least one.
    pub admins: Vec<String>,
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "App({}, …)", self.id)
    }
}

/// What every SDK session needs.
#[derive(Debug)]
pub struct Sdk {
    /// The app.
    pub app: App,
    /// Signs what clients keep for us.
    pub seal: Seal,
    /// Who is in which room, over a lost socket.
    pub seats: Seats,
}

impl Sdk {
    /// The gateway of one app; `key` signs what clients keep for us.
    pub fn new(app: App, key: &[u8], seats: Seats) -> Self {
        Self { app, seal: Seal::new(key), seats }
    }
}
