//! Logins that ask by HTTP: each has a session between its requests.
//!
//! A visit ends after [`SILENCE`] without a request; then it counts as lost,
//! like a socket. It may come back with its `a2` as one may over a new socket.

use super::inbox::Inbox;
use super::session::Session;
use crate::apps::logins::Step;
use crate::state::State;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use surtitle_tim::code::Code;

/// A login that asks nothing for this long is gone. SDKs without sockets hold
/// a long poll all the time, of which each lasts at most as long.
const SILENCE: Duration = Duration::from_secs(60);

/// Every visit by the id of its login, as many as there may be sockets.
#[derive(Debug, Default)]
pub struct Visits {
    /// Guards the list; held for one look-up, or one pass over it.
    open: Mutex<HashMap<u64, Arc<Visit>>>,
    /// Requests being answered.
    asks: AtomicUsize,
}

/// One login between its requests.
pub struct Visit {
    /// Held for one request, never while it waits for news.
    pub session: tokio::sync::Mutex<Session>,
    /// What it is told with its next long poll.
    pub inbox: Arc<Inbox>,
    pulse: Pulse,
}

impl std::fmt::Debug for Visit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Visit").field("pulse", &self.pulse).finish_non_exhaustive()
    }
}

/// Whether somebody is still there.
#[derive(Debug, Default)]
struct Pulse {
    /// When a request was last answered, or the visit began (ms).
    heard: AtomicU64,
    /// Requests being answered.
    asks: AtomicUsize,
}

impl Pulse {
    fn ask(&self) {
        self.asks.fetch_add(1, Ordering::Relaxed);
    }

    fn answer(&self, now: u64) {
        self.heard.store(now, Ordering::Relaxed);
        self.asks.fetch_sub(1, Ordering::Relaxed);
    }

    fn is_silent(&self, now: u64) -> bool {
        let silence = now.saturating_sub(self.heard.load(Ordering::Relaxed));
        self.asks.load(Ordering::Relaxed) == 0 && u128::from(silence) > SILENCE.as_millis()
    }
}

/// A visit while one of its requests is answered: it does not end meanwhile.
pub struct Asking {
    visit: Arc<Visit>,
    state: Arc<State>,
}

impl std::ops::Deref for Asking {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl Drop for Asking {
    fn drop(&mut self) {
        self.visit.pulse.answer(self.state.shared.clock.now().0);
    }
}

/// One of the requests that are answered at once.
pub struct Place(Arc<State>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.sdk.visits.asks.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Visits {
    /// Room for one more request; `None` if there are as many as there may be sockets.
    pub fn place(state: &Arc<State>) -> Option<Place> {
        let asks = &state.sdk.visits.asks;
        let place = Place(Arc::clone(state));
        // Dropping it counts back down.
        (asks.fetch_add(1, Ordering::Relaxed) < state.max_sockets).then_some(place)
    }

    /// The visit of a login; begun with `session` if there is none.
    ///
    /// # Errors
    /// There are as many as there may be.
    pub fn enter(
        state: &Arc<State>,
        login: u64,
        begin: impl FnOnce() -> (Session, Arc<Inbox>),
    ) -> Result<Asking, Code> {
        let mut open = state.sdk.visits.lock();
        let visit = match open.get(&login) {
            Some(visit) => Arc::clone(visit),
            None if open.len() >= state.max_sockets => return Err(Code::Server),
            None => {
                let visit = Arc::new(Visit::new(begin()));
                open.insert(login, Arc::clone(&visit));
                visit
            }
        };
        visit.pulse.ask();
        Ok(Asking { visit, state: Arc::clone(state) })
    }

    /// A login was given; an earlier visit of the same one is lost.
    pub async fn begin(state: &Arc<State>, login: u64, session: Session, inbox: Arc<Inbox>) {
        let visit = Arc::new(Visit::new((session, inbox)));
        visit.pulse.heard.store(state.shared.clock.now().0, Ordering::Relaxed);
        let full = state.sdk.visits.lock().len() >= state.max_sockets;
        let old = if full { Some(visit) } else { state.sdk.visits.lock().insert(login, visit) };
        if let Some(old) = old {
            old.session.lock().await.lose(Step::Disconnect).await;
        }
    }

    /// Ends the visits that asked nothing for [`SILENCE`].
    pub async fn sweep(state: &State) {
        let now = state.shared.clock.now().0;
        let silent: Vec<Arc<Visit>> = {
            let mut open = state.sdk.visits.lock();
            open.extract_if(|_, visit| visit.pulse.is_silent(now)).map(|(_, v)| v).collect()
        };
        for visit in silent {
            visit.session.lock().await.lose(Step::TimeOut).await;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Arc<Visit>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Visit {
    fn new((session, inbox): (Session, Arc<Inbox>)) -> Self {
        Self { session: tokio::sync::Mutex::new(session), inbox, pulse: Pulse::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visit_ends_after_a_minute_without_a_request_but_not_while_one_is_held() {
        let pulse = Pulse::default();
        let minute = 60_000;
        pulse.ask();
        assert!(!pulse.is_silent(10 * minute), "a long poll is held");
        pulse.answer(minute);
        assert!(!pulse.is_silent(2 * minute));
        assert!(pulse.is_silent(2 * minute + 1));
    }
}
