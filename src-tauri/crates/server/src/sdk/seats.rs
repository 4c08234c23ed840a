//! Which login is in which room.
//!
//! An SDK whose socket broke comes back with its `A2Key` and does not join
//! again: it takes for granted that it still has its seat.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use surtitle_core::{Millis, RoomId};

/// Most seats kept; then the one lost longest ago goes, and a login beyond it
/// must join again after a cut.
const BOUND: usize = 50_000;
/// How much earlier than we noticed a socket may have broken, in ms.
const UNNOTICED_MS: u64 = 2_000;
/// The same for one that we did not notice at all: the SDK gives up a silent
/// socket after 13 s.
const SILENT_MS: u64 = 15_000;

#[derive(Debug)]
struct Seat {
    room: RoomId,
    /// When its socket was lost; `None` while one is there, as far as we know.
    lost: Option<Millis>,
}

/// The seats of every login.
#[derive(Debug, Default)]
pub struct Seats {
    /// Guards the seats; held for one look-up, or one pass when full.
    seats: Mutex<HashMap<u64, Seat>>,
}

impl Seats {
    /// A login joined a room, or came back to it.
    pub fn take(&self, login: u64, room: RoomId) {
        let mut seats = self.lock();
        if seats.len() >= BOUND && !seats.contains_key(&login) {
            let lost = seats.iter().filter_map(|(id, seat)| Some((seat.lost?, *id)));
            let Some((_, oldest)) = lost.min() else { return };
            seats.remove(&oldest);
        }
        seats.insert(login, Seat { room, lost: None });
    }

    /// A login left its room.
    pub fn free(&self, login: u64) {
        self.lock().remove(&login);
    }

    /// A login's socket is gone.
    pub fn lose(&self, login: u64, now: Millis) {
        if let Some(seat) = self.lock().get_mut(&login) {
            seat.lost = Some(now);
        }
    }

    /// The room of a login, and since when it may have missed messages.
    pub fn find(&self, login: u64, now: Millis) -> Option<(RoomId, Millis)> {
        let seats = self.lock();
        let seat = seats.get(&login)?;
        let (at, margin) = seat.lost.map_or((now, SILENT_MS), |lost| (lost, UNNOTICED_MS));
        Some((seat.room.clone(), Millis(at.0.saturating_sub(margin))))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Seat>> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Millis = Millis(1_000_000);

    #[test]
    fn seat_is_kept_over_a_lost_socket_and_freed_by_leaving() {
        let seats = Seats::default();
        assert_eq!(seats.find(1, T), None);
        seats.take(1, "main".into());
        assert_eq!(seats.find(1, T), Some(("main".into(), Millis(T.0 - SILENT_MS))));
        seats.lose(1, T);
        let later = T.plus(60_000);
        assert_eq!(seats.find(1, later), Some(("main".into(), Millis(T.0 - UNNOTICED_MS))));
        seats.free(1);
        assert_eq!(seats.find(1, later), None);
    }

    #[test]
    fn full_house_gives_away_the_seat_lost_first() {
        let seats = Seats::default();
        for login in 0..BOUND as u64 {
            seats.take(login, "main".into());
        }
        seats.lose(7, T);
        seats.lose(8, T.plus(1));
        seats.take(u64::MAX, "main".into());
        assert_eq!(seats.find(7, T), None);
        assert!(seats.find(8, T).is_some() && seats.find(u64::MAX, T).is_some());
    }
}
