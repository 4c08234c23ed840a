//! What stands before a back end: the circuit breaker and the figures a host
//! sees. Questions and told events have one each, so that a back end that
//! chokes on the events is still asked.

use super::breaker::{Admit, Breaker, Standing, Ticket, Turn};
use super::client::Fault;
use super::limits::BreakerLimits;
use serde::Serialize;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use surtitle_core::Millis;
use tokio::time::Instant;

/// A call that had no answer that could be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// When.
    pub at: Millis,
    /// The vendor's name of what was said.
    pub command: String,
    /// What went wrong, for the host to read.
    pub note: String,
}

/// How calls of one kind fare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GateHealth {
    /// Whether calls are stopped because too many failed.
    pub is_open: bool,
    /// When one call tries again, if they are stopped and none does now.
    pub tries_at: Option<Millis>,
    /// Calls in flight.
    pub in_flight: usize,
    /// Calls without an answer that could be used, since the start.
    pub failures: u64,
    /// Questions that were not put because calls were stopped or too many,
    /// since the start.
    pub skipped: u64,
    /// The last failure.
    pub last: Option<Failure>,
}

/// See the module.
#[derive(Debug)]
pub struct Gate {
    app: u32,
    /// What goes through, for the log.
    what: &'static str,
    /// Guards the breaker; held for one step of it.
    breaker: Mutex<Breaker>,
    in_flight: AtomicUsize,
    failures: AtomicU64,
    skipped: AtomicU64,
    /// Guards the last failure; held to copy it.
    last: Mutex<Option<Failure>>,
}

impl Gate {
    pub fn new(app: u32, what: &'static str, limits: BreakerLimits) -> Arc<Self> {
        Arc::new(Self {
            app,
            what,
            breaker: Mutex::new(Breaker::new(limits)),
            in_flight: AtomicUsize::new(0),
            failures: AtomicU64::new(0),
            skipped: AtomicU64::new(0),
            last: Mutex::new(None),
        })
    }

    fn breaker(&self) -> MutexGuard<'_, Breaker> {
        self.breaker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a call would be stopped now.
    pub fn is_shut(&self) -> bool {
        let now = Instant::now();
        match self.breaker().standing() {
            Standing::Closed => false,
            Standing::Open { until } => now < until,
            Standing::Trial => true,
        }
    }

    /// The right to make one call.
    ///
    /// # Errors
    /// When to ask again; `None` while one call tries.
    pub fn pass(self: &Arc<Self>) -> Result<Pass, Option<Instant>> {
        match self.breaker().admit(Instant::now()) {
            Admit::Wait(until) => Err(until),
            Admit::Go(ticket) => {
                self.in_flight.fetch_add(1, Relaxed);
                Ok(Pass { gate: Arc::clone(self), ticket: Some(ticket) })
            }
        }
    }

    /// Counts a failure.
    pub fn fail(&self, at: Millis, command: &str, fault: &Fault) {
        if fault.is_skip() {
            self.skipped.fetch_add(1, Relaxed);
            return;
        }
        self.failures.fetch_add(1, Relaxed);
        let failure = Failure { at, command: command.to_owned(), note: fault.to_string() };
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
    }

    /// Starts anew: the back end is another one.
    pub fn reset(&self) {
        self.breaker().reset();
    }

    /// For the host, at `now`.
    pub fn health(&self, now: Millis) -> GateHealth {
        let standing = self.breaker().standing();
        let tries_at = match standing {
            Standing::Open { until } => {
                let wait = until.saturating_duration_since(Instant::now()).as_millis();
                Some(Millis(now.0.saturating_add(u64::try_from(wait).unwrap_or(u64::MAX))))
            }
            Standing::Closed | Standing::Trial => None,
        };
        GateHealth {
            is_open: standing != Standing::Closed,
            tries_at,
            in_flight: self.in_flight.load(Relaxed),
            failures: self.failures.load(Relaxed),
            skipped: self.skipped.load(Relaxed),
            last: self.last.lock().unwrap_or_else(PoisonError::into_inner).clone(),
        }
    }
}

/// The right to make one call. Dropped without [`Pass::end`], the call says
/// nothing about the back end.
#[derive(Debug)]
pub struct Pass {
    gate: Arc<Gate>,
    ticket: Option<Ticket>,
}

impl Pass {
    /// The call is over.
    pub fn end(mut self, is_good: bool) {
        let Some(ticket) = self.ticket.take() else { return };
        let Gate { app, what, .. } = *self.gate;
        match self.gate.breaker().report(Instant::now(), ticket, is_good) {
            Some(Turn::Opened) => tracing::warn!(
                "app {app}: the back end fails, {what} are stopped; see the console's delivery log"
            ),
            Some(Turn::Closed) => tracing::info!("app {app}: the back end is back, {what} go on"),
            None => {}
        }
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.gate.in_flight.fetch_sub(1, Relaxed);
        if let Some(ticket) = self.ticket {
            self.gate.breaker().abandon(Instant::now(), ticket);
        }
    }
}
