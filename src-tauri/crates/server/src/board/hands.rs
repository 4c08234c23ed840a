//! Hands that are up, in that order.

use super::ear::{Ear, encode};
use crate::ws::conn::Level;
use crate::ws::hub::Hub;
use surtitle_core::board::{HANDS, Pupil};
use surtitle_core::room::ConnId;
use surtitle_core::wire::BoardWord;
use surtitle_core::{Code, Reject, Sender, UserId};

/// At most [`HANDS`]; one more is refused.
#[derive(Debug, Default)]
pub struct Hands {
    up: Vec<(Pupil, Ear)>,
    /// The pages of host and helpers.
    pub staff: Hub,
}

impl Hands {
    /// Takes a hand up.
    ///
    /// # Errors
    /// [`Code::TooManyHands`].
    pub fn raise(&mut self, ear: Ear, who: Sender) -> Result<(), Reject> {
        if self.up.iter().any(|(pupil, _)| pupil.user == who.id) {
            return Ok(());
        }
        if self.up.len() >= HANDS {
            let what = format!("{HANDS} hands are up already; try again soon");
            return Err(Reject::new(Code::TooManyHands, what));
        }
        let pupil = Pupil { user: who.id, nick: who.nick };
        ear.tell(BoardWord::Hands { hands: vec![pupil.clone()] });
        self.up.push((pupil, ear));
        self.tell();
        Ok(())
    }

    /// Takes somebody's hand down.
    pub fn lower(&mut self, user: &UserId) {
        let Some(at) = self.up.iter().position(|(pupil, _)| pupil.user == *user) else { return };
        let (_, ear) = self.up.remove(at);
        ear.tell(BoardWord::Hands { hands: Vec::new() });
        self.tell();
    }

    /// Takes down what was raised over a connection that is gone.
    pub fn leave(&mut self, conn: ConnId) {
        self.staff.remove(conn);
        let before = self.up.len();
        self.up.retain(|(_, ear)| ear.id() != conn);
        if self.up.len() != before {
            self.tell();
        }
    }

    /// All of them, for host and helpers.
    pub fn all(&self) -> BoardWord {
        BoardWord::Hands { hands: self.up.iter().map(|(pupil, _)| pupil.clone()).collect() }
    }

    fn tell(&mut self) {
        let all = encode(self.all());
        self.staff.fan_out(&all, Level::Message);
    }
}
