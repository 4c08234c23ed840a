//! What questions, the queue and the deliveries of one app share.

use super::HookConfig;
use super::client::{Client, Fault};
use super::gate::Gate;
use super::limits::Limits;
use super::settings::Settings;
use crate::clock::Clock;
use bytes::Bytes;
use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use surtitle_store::{Row, Store};
use tokio::sync::{Notify, Semaphore};
use tokio::time::Instant;

#[derive(Debug)]
pub struct Shared {
    pub app: u32,
    pub limits: Limits,
    pub store: Arc<dyn Store>,
    pub clock: Clock,
    /// Before the questions.
    pub asking: Arc<Gate>,
    /// Before the told events.
    pub telling: Arc<Gate>,
    /// Places of questions in flight.
    pub places: Semaphore,
    /// Told events that are not with the back end: in memory and on disk.
    pub waiting: AtomicU64,
    /// Told events that were dropped.
    pub dropped: AtomicU64,
    /// Told events that ended, well or badly.
    pub ended: AtomicU64,
    /// Something may be due.
    pub wake: Notify,
    client: Client,
    /// Guards the settings; held to copy the pointer.
    settings: RwLock<Arc<Settings>>,
    /// Questions that wait for a place.
    queued: AtomicUsize,
    /// Guards the rows of the events in flight; held to look.
    flying: Mutex<HashSet<Row>>,
}

/// A question's place in the line for a place.
#[derive(Debug)]
pub struct Queued<'a>(&'a AtomicUsize);

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

impl Shared {
    pub fn new(
        app: u32,
        config: HookConfig,
        store: Arc<dyn Store>,
        clock: Clock,
        limits: Limits,
        client: Client,
    ) -> Arc<Self> {
        Arc::new(Self {
            app,
            store,
            clock,
            client,
            asking: Gate::new(app, "questions", limits.breaker),
            telling: Gate::new(app, "events", limits.breaker),
            places: Semaphore::new(limits.asking),
            waiting: AtomicU64::new(0),
            dropped: AtomicU64::new(0),
            ended: AtomicU64::new(0),
            wake: Notify::new(),
            settings: RwLock::new(Arc::new(Settings::new(config))),
            queued: AtomicUsize::new(0),
            flying: Mutex::new(HashSet::new()),
            limits,
        })
    }

    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn configure(&self, config: HookConfig) {
        let new = Arc::new(Settings::new(config));
        let mut settings = self.settings.write().unwrap_or_else(PoisonError::into_inner);
        let is_same = new.is_same_back_end(&settings);
        *settings = new;
        drop(settings);
        if !is_same {
            self.asking.reset();
            self.telling.reset();
        }
        self.wake.notify_one();
    }

    /// Stands in line for a place.
    pub fn queue_up(&self) -> Result<Queued<'_>, Fault> {
        let queued = Queued(&self.queued);
        if self.queued.fetch_add(1, Relaxed) >= self.limits.ask_queue {
            return Err(Fault::Crowded);
        }
        Ok(queued)
    }

    /// Makes a call, signed now.
    pub async fn post(
        &self,
        settings: &Settings,
        query: &str,
        body: &str,
        deadline: Instant,
    ) -> Result<Bytes, Fault> {
        let at_s = self.clock.now().0 / 1_000;
        let target = settings.target(query, at_s).ok_or(Fault::NoAddress)?;
        self.client.post(target, body.to_owned(), deadline).await
    }

    /// Events that waited do so no more. Never under 0: a wrong count would
    /// drop everything from then on.
    pub fn no_longer_waits(&self, events: u64) {
        let less = |waiting: u64| Some(waiting.saturating_sub(events));
        // The closure always gives a number.
        let _ = self.waiting.fetch_update(Relaxed, Relaxed, less);
    }

    /// Counts `events` that waited and are dropped. The log gets the first,
    /// and then each time the sum doubles: it must not grow with the flood.
    pub fn drop_told(&self, events: u64, why: &str) {
        self.no_longer_waits(events);
        let before = self.dropped.fetch_add(events, Relaxed);
        let now = before + events;
        if before.checked_ilog2() != now.checked_ilog2() {
            tracing::warn!("app {}: {now} webhook events dropped so far: {why}", self.app);
        }
    }

    /// Rows of the events in flight. Each stays due on disk until it lands.
    pub fn flying(&self) -> HashSet<Row> {
        self.lock_flying().clone()
    }

    pub fn is_flying(&self, row: Row) -> bool {
        self.lock_flying().contains(&row)
    }

    pub fn take_off(&self, row: Row) {
        self.lock_flying().insert(row);
    }

    pub fn land(&self, row: Row) {
        self.lock_flying().remove(&row);
    }

    fn lock_flying(&self) -> MutexGuard<'_, HashSet<Row>> {
        self.flying.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
