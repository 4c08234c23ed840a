//! The gateway of the vendor's SDKs: their sockets, commands and deliveries.
//!
//! One [`session`] per client answers its requests, over a [`socket`] or by
//! [`http`], or passes them to the room; the room's [`relay`] delivers. Neither
//! knows the native protocol: the room in between is the same, so everybody in
//! it sees everybody.

pub mod asker;
mod attributes;
mod bans;
mod board;
mod command;
mod counters;
mod direct;
pub mod gateway;
mod group;
pub mod http;
mod inbox;
mod login;
mod members;
mod message;
pub mod outlet;
mod owner;
mod poll;
mod profile;
mod public;
pub mod query;
pub mod relay;
pub mod rooms;
pub mod seal;
pub mod seats;
mod session;
mod socket;
mod visits;

use crate::state::State;
use seal::Seal;
use seats::Seats;
use std::sync::Arc;
use visits::Visits;

/// What every SDK session needs.
#[derive(Debug)]
pub struct Sdk {
    /// Signs what clients keep for us.
    pub seal: Seal,
    /// Who is in which room, over a lost socket.
    pub seats: Seats,
    /// Logins that ask by HTTP.
    visits: Visits,
}

impl Sdk {
    /// A gateway whose `key` signs what clients keep for us.
    pub fn new(key: &[u8], seats: Seats) -> Self {
        Self { seal: Seal::new(key), seats, visits: Visits::default() }
    }
}

/// Ends what has been silent too long.
pub async fn sweep(state: Arc<State>) {
    Visits::sweep(&state).await;
}
