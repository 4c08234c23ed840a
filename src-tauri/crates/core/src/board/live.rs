//! Strokes while they are drawn. None of this is kept: a stroke is part of
//! the board once it is finished.

use super::{Brush, Ink};
use crate::room::ConnId;
use crate::{Code, Reject, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Strokes of one connection at the same time: fingers of a hand.
pub const FINGERS: usize = 5;
/// Strokes under way on one board.
pub const LIVE: usize = 64;

/// Names a stroke while it is drawn: the connection it comes over, and that
/// connection's own number.
type Key = (ConnId, u32);

/// A stroke that is being drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LiveStroke {
    /// Its number until it is finished.
    pub live: u32,
    /// Whose.
    pub by: UserId,
    /// With what.
    #[serde(flatten)]
    pub brush: Brush,
    /// Its points so far, packed ([`Ink`]).
    pub ink: String,
}

/// A stroke that has ended, before it is part of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Its number while it was drawn.
    pub live: u32,
    /// With what.
    pub brush: Brush,
    /// Its points.
    pub ink: Ink,
}

/// Every stroke under way.
#[derive(Debug, Clone, Default)]
pub struct Lively {
    strokes: BTreeMap<Key, (UserId, Drawn)>,
    last: u32,
}

impl Lively {
    /// Begins a stroke.
    ///
    /// # Errors
    /// [`Code::TooManyHands`] past [`FINGERS`] or [`LIVE`], [`Code::UnknownStroke`]
    /// for a number that is in use.
    pub fn begin(
        &mut self,
        (conn, n): (ConnId, u32),
        by: &UserId,
        brush: Brush,
        ink: Ink,
    ) -> Result<LiveStroke, Reject> {
        let of_hand = self.strokes.range((conn, 0)..=(conn, u32::MAX)).count();
        if of_hand >= FINGERS || self.strokes.len() >= LIVE {
            let what = "too many strokes are drawn at once; lift the pen and begin again";
            return Err(Reject::new(Code::TooManyHands, what));
        }
        if self.strokes.contains_key(&(conn, n)) {
            return Err(Reject::new(Code::UnknownStroke, format!("stroke {n} has begun already")));
        }
        self.last = self.last.wrapping_add(1);
        let drawn = Drawn { live: self.last, brush, ink };
        let told = told(by, &drawn);
        self.strokes.insert((conn, n), (by.clone(), drawn));
        Ok(told)
    }

    /// Appends points; returns its number for everybody.
    ///
    /// # Errors
    /// [`Code::UnknownStroke`], or what [`Ink::extend`] says.
    pub fn extend(&mut self, (conn, n): (ConnId, u32), ink: &str) -> Result<u32, Reject> {
        let (_, drawn) = self
            .strokes
            .get_mut(&(conn, n))
            .ok_or_else(|| Reject::new(Code::UnknownStroke, format!("no stroke {n} has begun")))?;
        drawn.ink.extend(ink)?;
        Ok(drawn.live)
    }

    /// Takes a stroke out.
    pub fn take(&mut self, conn: ConnId, n: u32) -> Option<Drawn> {
        self.strokes.remove(&(conn, n)).map(|(_, drawn)| drawn)
    }

    /// Takes out everything that comes over a connection; returns the numbers.
    pub fn leave(&mut self, conn: ConnId) -> Vec<u32> {
        self.without(|(from, _), _| *from == conn)
    }

    /// Takes out everything by somebody; returns the numbers.
    pub fn forget(&mut self, user: &UserId) -> Vec<u32> {
        self.without(|_, by| by == user)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.strokes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.strokes.is_empty()
    }

    /// All of them, for whoever opens the board now.
    pub fn list(&self) -> Vec<LiveStroke> {
        self.strokes.values().map(|(by, drawn)| told(by, drawn)).collect()
    }

    fn without(&mut self, gone: impl Fn(&Key, &UserId) -> bool) -> Vec<u32> {
        let mut numbers = Vec::new();
        self.strokes.retain(|key, (by, drawn)| {
            let goes = gone(key, by);
            if goes {
                numbers.push(drawn.live);
            }
            !goes
        });
        numbers
    }
}

fn told(by: &UserId, drawn: &Drawn) -> LiveStroke {
    LiveStroke {
        live: drawn.live,
        by: by.clone(),
        brush: drawn.brush.clone(),
        ink: drawn.ink.packed().to_owned(),
    }
}
