//! Which login is in which rooms.
//!
//! An SDK whose socket broke comes back with its `A2Key` and does not join
//! again: it takes for granted that it still has its seat, even if what broke
//! the socket was our restart. So seats are written down, a moment after they
//! are taken: a `kill -9` loses those of the last [`KEEP_EVERY`].

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use surtitle_core::room::ConnId;
use surtitle_core::{Millis, RoomId};
use surtitle_store::{Setting, Store};

/// Most seats kept; then the one lost longest ago goes, and a login beyond it
/// must join again after a cut.
const BOUND: usize = 50_000;
/// How much earlier than we noticed a socket may have broken, in ms.
const UNNOTICED_MS: u64 = 2_000;
/// The same for one that we did not notice at all: the SDK gives up a silent
/// socket after 13 s.
const SILENT_MS: u64 = 15_000;
/// How long a seat is kept for one who does not come back, in ms.
const LIFE_MS: u64 = 24 * 3_600_000;
/// Changes are written down at most this often, and this much rarer for every
/// [`MANY`] seats, since all are written.
const KEEP_EVERY: Duration = Duration::from_secs(1);
const MANY: usize = 2_000;
/// The setting they are in.
const SETTING: &str = "sdk/seats";

#[derive(Debug)]
struct Seat {
    /// GroupIds; at least one.
    rooms: Vec<RoomId>,
    /// Its last socket; none since a restart.
    conn: Option<ConnId>,
    /// When its socket was lost; `None` while one is there, as far as we know.
    lost: Option<Millis>,
}

/// The seats of every login.
#[derive(Debug, Default)]
pub struct Seats {
    /// Guards the seats; held for one look-up, or one pass when full or written down.
    seats: Mutex<Plan>,
}

#[derive(Debug, Default)]
struct Plan {
    seats: HashMap<u64, Seat>,
    /// Something changed since it was written down.
    changed: bool,
}

impl Seats {
    /// The seats the last run wrote down; everybody's socket is lost at `now`.
    pub async fn open(store: &dyn Store, now: Millis) -> Result<Self, surtitle_store::Error> {
        let settings = store.list_settings().await?;
        let kept = settings.into_iter().find(|setting| setting.key == SETTING);
        let kept: Vec<(u64, RoomId, Millis)> =
            kept.and_then(|setting| serde_json::from_value(setting.value).ok()).unwrap_or_default();
        let mut seats: HashMap<u64, Seat> = HashMap::new();
        for (login, room, _) in kept.into_iter().filter(|(.., lost)| now.since(*lost) < LIFE_MS) {
            let seat = seats.entry(login);
            let new = || Seat { rooms: Vec::new(), conn: None, lost: Some(now) };
            seat.or_insert_with(new).rooms.push(room);
        }
        Ok(Self { seats: Mutex::new(Plan { seats, changed: false }) })
    }

    /// Writes the seats down, if one changed. Returns how long to wait before
    /// the next time.
    pub async fn keep(&self, store: &dyn Store, now: Millis) -> Duration {
        let kept: Vec<(u64, RoomId, Millis)> = {
            let mut plan = self.lock();
            if !std::mem::take(&mut plan.changed) {
                return KEEP_EVERY;
            }
            let old = |seat: &Seat| seat.lost.is_some_and(|lost| now.since(lost) >= LIFE_MS);
            plan.seats.retain(|_, seat| !old(seat));
            let all = plan.seats.iter();
            all.flat_map(|(login, seat)| {
                let lost = seat.lost.unwrap_or(now);
                seat.rooms.iter().map(move |room| (*login, room.clone(), lost))
            })
            .collect()
        };
        let pause = KEEP_EVERY * (1 + u32::try_from(kept.len() / MANY).unwrap_or(u32::MAX));
        let value = serde_json::to_value(&kept).expect("strings and numbers serialise");
        let setting = Setting { key: SETTING.to_owned(), value };
        if let Err(error) = store.put_setting(&setting).await {
            tracing::error!("store: {error}");
            self.lock().changed = true;
        }
        pause
    }

    /// A login joined a room.
    pub fn take(&self, login: u64, room: RoomId, conn: ConnId) {
        let mut plan = self.lock();
        if plan.seats.len() >= BOUND && !plan.seats.contains_key(&login) {
            let lost = plan.seats.iter().filter_map(|(id, seat)| Some((seat.lost?, *id)));
            let Some((_, oldest)) = lost.min() else { return };
            plan.seats.remove(&oldest);
        }
        let new = || Seat { rooms: Vec::new(), conn: None, lost: None };
        let seat = plan.seats.entry(login).or_insert_with(new);
        if !seat.rooms.contains(&room) {
            seat.rooms.push(room);
        }
        (seat.conn, seat.lost) = (Some(conn), None);
        plan.changed = true;
    }

    /// A login left a room.
    pub fn free(&self, login: u64, room: &str) {
        let mut plan = self.lock();
        let Some(seat) = plan.seats.get_mut(&login) else { return };
        seat.rooms.retain(|known| known.as_str() != room);
        if seat.rooms.is_empty() {
            plan.seats.remove(&login);
        }
        plan.changed = true;
    }

    /// A login left all its rooms.
    pub fn free_all(&self, login: u64) {
        let mut plan = self.lock();
        plan.changed |= plan.seats.remove(&login).is_some();
    }

    /// A login's socket is gone. Nothing to note if it sits on another by now.
    pub fn lose(&self, login: u64, conn: ConnId, now: Millis) {
        let mut plan = self.lock();
        let seat = plan.seats.get_mut(&login).filter(|seat| seat.conn == Some(conn));
        if let Some(seat) = seat {
            seat.lost = Some(now);
            plan.changed = true;
        }
    }

    /// A login is back over another connection: its rooms, and since when it
    /// may have missed messages.
    pub fn claim(&self, login: u64, conn: ConnId, now: Millis) -> Option<(Vec<RoomId>, Millis)> {
        let mut plan = self.lock();
        let seat = plan.seats.get_mut(&login)?;
        let (at, margin) = seat.lost.map_or((now, SILENT_MS), |lost| (lost, UNNOTICED_MS));
        (seat.conn, seat.lost) = (Some(conn), None);
        let rooms = seat.rooms.clone();
        plan.changed = true;
        Some((rooms, Millis(at.0.saturating_sub(margin))))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Plan> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const T: Millis = Millis(1_000_000);
    const A: ConnId = ConnId(1);
    const B: ConnId = ConnId(2);

    #[test]
    fn seats_are_kept_over_a_lost_socket_and_freed_by_leaving() {
        let seats = Seats::default();
        assert_eq!(seats.claim(1, A, T), None);
        seats.take(1, "main".into(), A);
        seats.take(1, "side".into(), A);
        let both = vec!["main".into(), "side".into()];
        assert_eq!(seats.claim(1, B, T), Some((both.clone(), Millis(T.0 - SILENT_MS))));
        seats.lose(1, A, T);
        assert_eq!(seats.claim(1, B, T), Some((both, Millis(T.0 - SILENT_MS))));
        seats.free(1, "side");
        seats.lose(1, B, T);
        let later = T.plus(60_000);
        let main = Some((vec!["main".into()], Millis(T.0 - UNNOTICED_MS)));
        assert_eq!(seats.claim(1, A, later), main);
        seats.free(1, "main");
        assert_eq!(seats.claim(1, A, later), None);
    }

    #[tokio::test]
    async fn seats_outlive_a_restart_but_not_a_day() {
        let store = surtitle_store::Memory::default();
        let seats = Seats::default();
        seats.take(u64::MAX, "main".into(), A);
        seats.take(u64::MAX, "side".into(), A);
        seats.take(2, "main".into(), A);
        seats.free_all(2);
        seats.keep(&store, T).await;
        let again = Seats::open(&store, T.plus(5_000)).await.expect("opens");
        let found = again.claim(u64::MAX, A, T.plus(9_000));
        let both = vec!["main".into(), "side".into()];
        assert_eq!(found, Some((both, Millis(T.0 + 5_000 - UNNOTICED_MS))));
        assert_eq!(again.claim(2, A, T), None);
        let late = Seats::open(&store, T.plus(LIFE_MS)).await.expect("opens");
        assert_eq!(late.claim(u64::MAX, A, T), None);
    }

    #[test]
    fn full_house_gives_away_the_seat_lost_first() {
        let seats = Seats::default();
        for login in 0..BOUND as u64 {
            seats.take(login, "main".into(), A);
        }
        seats.lose(7, A, T);
        seats.lose(8, A, T.plus(1));
        seats.take(u64::MAX, "main".into(), A);
        assert_eq!(seats.claim(7, A, T), None);
        assert!(seats.claim(8, A, T).is_some() && seats.claim(u64::MAX, A, T).is_some());
    }
}
