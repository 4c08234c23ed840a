//! Penalties on their way from rooms to what else somebody left behind there: their ink on the board.
//!
//! A room knows of every mute and ban, whoever set it, and knows no board; the
//! task here knows the boards of all rooms.

use crate::state::State;
use std::sync::Arc;
use surtitle_core::wire::BoardOrder;
use surtitle_core::{RoomId, UserId};
use tokio::sync::{mpsc, watch};

/// Penalties that may wait; a full queue makes nobody wait: the rest is sent from tasks of their own.
const BOUND: usize = 256;

/// The sending end, for rooms.
#[derive(Debug, Clone)]
pub struct Penalties(mpsc::Sender<(RoomId, UserId)>);

impl Penalties {
    /// Both ends.
    pub fn open() -> (Self, mpsc::Receiver<(RoomId, UserId)>) {
        let (penalties, queue) = mpsc::channel(BOUND);
        (Self(penalties), queue)
    }

    /// Somebody was muted or banned in a room. Drops nothing and does not wait.
    pub fn tell(&self, room: RoomId, user: UserId) {
        if let Err(mpsc::error::TrySendError::Full(one)) = self.0.try_send((room, user)) {
            let penalties = self.0.clone();
            // A closed queue is a server that stops.
            tokio::spawn(async move { drop(penalties.send(one).await) });
        }
    }
}

/// Takes the ink of everybody who is muted or banned off the board, until `stop` changes.
pub async fn carry(
    mut queue: mpsc::Receiver<(RoomId, UserId)>,
    state: Arc<State>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        let (room, user) = tokio::select! {
            one = queue.recv() => match one { Some(one) => one, None => break },
            _ = stop.changed() => break,
        };
        // Rooms of other apps have none.
        if state.room(&room).is_none() {
            continue;
        }
        let (by, order) = (state.shared.tokens.host(), BoardOrder::Forget { user });
        if let Err(reject) = state.boards.of(&room).order(by, order).await {
            tracing::error!("board {room}: ink of somebody penalised stays: {}", reject.message);
        }
    }
}
