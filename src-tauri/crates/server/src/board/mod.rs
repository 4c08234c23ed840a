//! The boards: one task for each room's, started when somebody first looks.
//!
//! What was finished is a document in the log before it is acknowledged
//! ([`lessons`]); what is under way goes to the readers at most 60 times a
//! second and is in no log ([`tidings`]). Who comes late asks for a page piece by
//! piece ([`pieces`]), so that nothing is ever pushed faster than it is read.
//! Members with the vendor's SDK read and draw too ([`ear`], [`clients`]).

mod clients;
pub mod ear;
mod hands;
pub mod lessons;
mod pieces;
mod reading;
pub mod said;
mod seat;
mod task;
mod tidings;

pub use seat::BoardSeat;

use crate::show::Shared;
use ear::Ear;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use surtitle_core::room::ConnId;
use surtitle_core::wire::{BoardAsk, BoardOrder};
use surtitle_core::{Code, Reject, RoomId, Sender};
use tokio::sync::{mpsc, oneshot};

/// Inputs that may wait; a full queue makes the reader of a socket wait, and
/// so the drawer's TCP.
const BOUND: usize = 4_096;

/// What a board's task is told.
#[derive(Debug)]
enum Input {
    /// Somebody asks something.
    Ask { ear: Ear, who: Option<Sender>, ask: BoardAsk },
    /// The host or a helper orders something.
    Order { by: Sender, order: BoardOrder, reply: oneshot::Sender<Result<(), Reject>> },
    /// A connection that read it is gone.
    Gone(ConnId),
}

/// What became of what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// It is done.
    Done,
    /// It is, once it is on disk; a receipt says so.
    Waits,
}

/// The sending end of a board's task.
#[derive(Debug, Clone)]
pub struct BoardHandle {
    inputs: mpsc::Sender<Input>,
}

impl BoardHandle {
    async fn tell(&self, input: Input) {
        // A closed queue is a server that stops.
        let _ = self.inputs.send(input).await;
    }

    /// Passes on what a client of an app asks.
    pub async fn ask(&self, ear: Ear, who: Sender, ask: BoardAsk) {
        self.tell(Input::Ask { ear, who: Some(who), ask }).await;
    }

    /// Carries out an order; answered when it is on disk.
    ///
    /// # Errors
    /// The [`Reject`] of the rule that said no.
    pub async fn order(&self, by: Sender, order: BoardOrder) -> Result<(), Reject> {
        let (reply, answer) = oneshot::channel();
        self.tell(Input::Order { by, order, reply }).await;
        answer.await.unwrap_or_else(|_| Err(Reject::new(Code::Internal, "the server is stopping")))
    }
}

/// Every board that is open.
#[derive(Debug)]
pub struct Boards {
    shared: Shared,
    /// Guards the list; held for one look-up. One for each room there is.
    open: Mutex<HashMap<RoomId, BoardHandle>>,
}

impl Boards {
    /// No board is open yet.
    pub fn new(shared: Shared) -> Self {
        Self { shared, open: Mutex::default() }
    }

    /// The board of a room that exists.
    pub fn of(&self, room: &RoomId) -> BoardHandle {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let start = || {
            let (inputs, queue) = mpsc::channel(BOUND);
            tokio::spawn(task::run(self.shared.clone(), room.clone(), queue));
            BoardHandle { inputs }
        };
        open.entry(room.clone()).or_insert_with(start).clone()
    }
}
