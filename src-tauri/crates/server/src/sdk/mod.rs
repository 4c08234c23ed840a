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
pub mod outlet;
mod poll;
mod profile;
pub mod relay;
pub mod seal;
pub mod seats;
mod session;

use seal::Seal;
use seats::Seats;

/// What every SDK session needs.
#[derive(Debug)]
pub struct Sdk {
    /// Signs what clients keep for us.
    pub seal: Seal,
    /// Who is in which room, over a lost socket.
    pub seats: Seats,
}

impl Sdk {
    /// A gateway whose `key` signs what clients keep for us.
    pub fn new(key: &[u8], seats: Seats) -> Self {
        Self { seal: Seal::new(key), seats }
    }
}
