//! A connection's end of the board it reads.

use super::ear::Ear;
use super::{BoardHandle, Input};
use crate::state::State;
use crate::ws::conn::Conn;
use std::sync::Arc;
use surtitle_core::wire::{BoardAsk, BoardOrder};
use surtitle_core::{Code, Reject, RoomId, Sender};

/// The board a connection reads, if it reads one.
#[derive(Debug, Default)]
pub struct BoardSeat {
    board: Option<BoardHandle>,
}

impl BoardSeat {
    /// Passes on what a page asks; opens and closes the board.
    ///
    /// # Errors
    /// [`Code::UnknownRoom`], or [`Code::WrongOrder`] before `open`.
    pub async fn ask(
        &mut self,
        state: &State,
        conn: &Arc<Conn>,
        who: Option<Sender>,
        ask: BoardAsk,
    ) -> Result<(), Reject> {
        match &ask {
            BoardAsk::Open { room, .. } => {
                let board = find(state, room.as_ref())?;
                self.leave(conn).await;
                self.board = Some(board);
            }
            BoardAsk::Close => {
                self.leave(conn).await;
                return Ok(());
            }
            _ => {}
        }
        let board = self
            .board
            .as_ref()
            .ok_or_else(|| Reject::new(Code::WrongOrder, "open the board first"))?;
        let ear = Ear::Page(Arc::clone(conn));
        board.tell(Input::Ask { ear, who, ask }).await;
        Ok(())
    }

    /// Carries out an order on the board that is read, or the embedded room's.
    ///
    /// # Errors
    /// The [`Reject`] of the rule that said no.
    pub async fn order(&self, state: &State, by: Sender, order: BoardOrder) -> Result<(), Reject> {
        match &self.board {
            Some(board) => board.order(by, order).await,
            None => state.boards.of(&state.room.id).order(by, order).await,
        }
    }

    /// Reads it no more.
    pub async fn leave(&mut self, conn: &Arc<Conn>) {
        if let Some(board) = self.board.take() {
            board.tell(Input::Gone(conn.id)).await;
        }
    }
}

fn find(state: &State, room: Option<&RoomId>) -> Result<BoardHandle, Reject> {
    let Some(room) = room else { return Ok(state.boards.of(&state.room.id)) };
    let known = RoomId::parse(room.as_str()).filter(|id| state.room(id).is_some());
    let room = known.ok_or_else(|| {
        Reject::new(Code::UnknownRoom, "no such room here; check the link you were given")
    })?;
    Ok(state.boards.of(&room))
}
