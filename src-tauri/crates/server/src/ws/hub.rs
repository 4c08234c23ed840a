//! The connections that get the same bytes.

use super::conn::{Conn, Level};
use bytes::Bytes;
use std::sync::Arc;
use surtitle_core::room::ConnId;

/// A set of connections, owned by one task. No channel and no writer task per
/// socket: a batch is encoded once and the same bytes are offered to each.
#[derive(Debug, Default)]
pub struct Hub {
    /// With the number beside the pointer: a search touches no connection.
    conns: Vec<(ConnId, Arc<Conn>)>,
}

impl Hub {
    /// Adds a connection, once.
    pub fn add(&mut self, conn: Arc<Conn>) {
        if !self.conns.iter().any(|(id, _)| *id == conn.id) {
            self.add_new(conn);
        }
    }

    /// Adds a connection known to be new: no search.
    pub fn add_new(&mut self, conn: Arc<Conn>) {
        self.conns.push((conn.id, conn));
    }

    /// Takes a connection out.
    pub fn remove(&mut self, id: ConnId) {
        if let Some(i) = self.conns.iter().position(|(known, _)| *known == id) {
            self.conns.swap_remove(i);
        }
    }

    /// Sends `frame` to one connection, if it is here.
    pub fn send(&self, id: ConnId, frame: &Bytes) {
        if let Some((_, conn)) = self.conns.iter().find(|(known, _)| *known == id) {
            conn.push(frame, Level::Message);
        }
    }

    /// Offers `frame` to every connection and forgets those that are closed.
    pub fn fan_out(&mut self, frame: &Bytes, level: Level) {
        self.conns.retain(|(_, conn)| {
            conn.push(frame, level);
            !conn.is_closed()
        });
    }

    /// Closes every connection.
    pub fn close_all(&mut self, close: surtitle_core::wire::Close) {
        for (_, conn) in self.conns.drain(..) {
            conn.close(close);
        }
    }

    /// Whether a connection is here.
    pub fn has(&self, id: ConnId) -> bool {
        self.conns.iter().any(|(known, _)| *known == id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.conns.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.conns.is_empty()
    }
}
