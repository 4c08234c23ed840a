//! The record of the show: told what happens by the show's task, looked at
//! once a second, and written down every [`KEEP_EVERY`].
//!
//! It stands beside the fan-out, not in it: the show's task adds to counters
//! behind a lock that nobody holds for long, and one task of its own does the
//! rest. A `kill -9` loses at most [`KEEP_EVERY`] of it; claims are looked up
//! in the ledger again, so none of them is missed.

mod keep;
pub mod rest;
mod sale;

use crate::clock::Clock;
use crate::sale::SaleHandle;
use crate::show::Shared;
use keep::Keeper;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use surtitle_core::record::Recorder;
use surtitle_core::wire::{HostCommand, RoomOrder};
use surtitle_core::{Event, Fate, Millis};
use surtitle_store::{Error, Store};
use tokio::sync::watch;

/// How often the show under way is written down.
pub const KEEP_EVERY: Duration = Duration::from_secs(10);

/// The record of the show; clones share it.
#[derive(Debug, Clone)]
pub struct Record {
    clock: Clock,
    /// Guards the counters; held for a few additions, or for one answer.
    recorder: Arc<Mutex<Recorder>>,
    keeper: Arc<Keeper>,
}

impl Record {
    /// Reads what earlier runs left; a show that was not ended goes on.
    ///
    /// # Errors
    /// What the store said.
    pub async fn open(store: Arc<dyn Store>, clock: Clock) -> Result<Self, Error> {
        let keeper = Keeper::new(store);
        let recorder = keeper.open(clock.now()).await?;
        let record =
            Self { clock, recorder: Arc::new(Mutex::new(recorder)), keeper: Arc::new(keeper) };
        // A show that ended by itself meanwhile is put with the others. One that
        // goes on is as it was written: claims made since are looked for.
        record.keeper.keep_ended(&record.recorder).await;
        Ok(record)
    }

    /// A message came to the show.
    pub fn event(&self, event: &Event) {
        self.lock().event(self.clock.now(), event);
    }

    /// A message has its fate.
    pub fn fate(&self, fate: &Fate) {
        self.lock().fate(fate);
    }

    /// Somebody tapped like.
    pub fn likes(&self, add: u32) {
        self.lock().likes(self.clock.now(), add);
    }

    /// So many are here.
    pub fn online(&self, count: u32) {
        self.lock().online(count);
    }

    /// A viewer asked something.
    pub fn question(&self) {
        self.lock().question(self.clock.now());
    }

    /// A host or helper commanded something.
    pub fn command(&self, command: &HostCommand) {
        let seconds = match command {
            HostCommand::Mute { seconds, .. }
            | HostCommand::Order { order: RoomOrder::Ban { seconds, .. } } => *seconds,
            _ => 0,
        };
        if seconds > 0 {
            self.lock().muted();
        }
    }

    /// A question was answered.
    pub fn answered(&self) {
        self.lock().answered();
    }

    /// Writes down what changed; what the disk does not take is tried again.
    pub async fn keep(&self) {
        self.keeper.keep(&self.recorder).await;
    }

    fn lock(&self) -> MutexGuard<'_, Recorder> {
        // Whole after any panic: each call leaves it in order.
        self.recorder.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Ends each second, until `stop` changes.
pub async fn run(shared: Shared, sale: SaleHandle, mut stop: watch::Receiver<bool>) {
    let record = shared.record.clone();
    // Claims that were made after the last writing are in the ledger.
    let mut looked = record.lock().running().map_or(shared.clock.now(), |show| show.kept);
    let mut kept = tokio::time::Instant::now();
    loop {
        let wake = Millis((shared.clock.now().0 / 1_000 + 1) * 1_000);
        tokio::select! {
            () = tokio::time::sleep_until(shared.clock.instant(wake)) => {}
            _ = stop.changed() => break,
        }
        if let Some((now, look)) = sale::look(&sale, looked).await {
            record.lock().sale(now, &look);
            looked = now;
        }
        // Not later than the look: what is claimed after it is of the next second.
        record.lock().tick(looked.max(wake));
        if kept.elapsed() >= KEEP_EVERY {
            kept = tokio::time::Instant::now();
            record.keep().await;
        }
    }
}
