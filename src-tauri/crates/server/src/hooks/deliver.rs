//! From disk to the back end: what is due, in order of start, at most
//! [`Limits::telling`](super::Limits) at once.
//!
//! An event stays due on disk while it is in flight, so a crash repeats it
//! and loses nothing.

use super::client::Fault;
use super::gate::Pass;
use super::shared::Shared;
use futures_util::future::{BoxFuture, FutureExt};
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;
use surtitle_core::Millis;
use surtitle_store::{DeliveryRecord, DeliveryState, Error, PAGE_LIMIT, Row, Store};
use surtitle_tim::hook;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::{Instant, sleep_until, timeout};

/// Events read from disk at once.
const PAGE: u32 = 64;
/// Most ends of calls in one transaction, and that wait for one.
const ENDED: usize = 64;
/// Pause after the store did not answer.
const PAUSE: Duration = Duration::from_secs(1);
/// Longest time without a look at what is due: the wake-ups are exact, this
/// only bounds what a changed system clock can do.
const LOOK_MS: u64 = 60_000;

type Flights = FuturesUnordered<BoxFuture<'static, ()>>;

/// How many events of an app wait on disk.
pub async fn count_waiting(store: &dyn Store, app: u32) -> Result<u64, Error> {
    let due = store.list_due_deliveries(app, Millis(u64::MAX), PAGE_LIMIT).await?;
    if due.len() < PAGE_LIMIT as usize {
        return Ok(due.len() as u64);
    }
    // A long queue: count it from the log, which has a place to go on from.
    let (mut count, mut before) = (0, None);
    loop {
        let page = store.list_deliveries(app, PAGE_LIMIT, before).await?;
        let is_due = |record: &&DeliveryRecord| matches!(record.state, DeliveryState::Due { .. });
        count += page.iter().filter(is_due).count() as u64;
        match page.last() {
            Some(last) => before = Some(last.row),
            None => return Ok(count),
        }
    }
}

/// Runs until `stop` changes; then lets what is in flight end.
pub async fn run(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let (ends, ended) = mpsc::channel(ENDED);
    let store = Arc::clone(&shared.store);
    tokio::spawn(write_down(shared.app, store, ended, stop.clone()));
    let mut flights = Flights::new();
    let mut next = VecDeque::new();
    loop {
        let look = start(&shared, &ends, &mut next, &mut flights).await;
        tokio::select! {
            biased;
            _ = stop.changed() => break,
            Some(()) = flights.next() => {}
            () = shared.wake.notified() => {}
            () = sleep_until(look) => {}
        }
    }
    while flights.next().await.is_some() {}
}

/// Starts what can start; returns when to look again if nothing else happens.
async fn start(
    shared: &Arc<Shared>,
    ends: &mpsc::Sender<Ended>,
    next: &mut VecDeque<DeliveryRecord>,
    flights: &mut Flights,
) -> Instant {
    let idle = Instant::now() + Duration::from_millis(LOOK_MS);
    while flights.len() < shared.limits.telling {
        if next.is_empty() {
            match read(shared, next).await {
                Ok(None) => {}
                Ok(Some(due)) if flights.is_empty() => {
                    let due = due.min(shared.clock.now().plus(LOOK_MS));
                    return shared.clock.instant(due);
                }
                // What is in flight counts as due; its end comes first.
                Ok(Some(_)) => return idle,
                Err(error) => {
                    tracing::error!("app {}: webhook queue not read: {error}", shared.app);
                    return Instant::now() + PAUSE;
                }
            }
        }
        let pass = match shared.telling.pass() {
            Ok(pass) => pass,
            Err(until) => return until.map_or(idle, |until| idle.min(until)),
        };
        let Some(record) = next.pop_front() else { return idle };
        shared.take_off(record.row);
        flights.push(deliver(Arc::clone(shared), ends.clone(), pass, record).boxed());
    }
    idle
}

/// Reads what is due next; if nothing is, returns when something will be.
async fn read(
    shared: &Shared,
    next: &mut VecDeque<DeliveryRecord>,
) -> Result<Option<Millis>, Error> {
    // Before the look at the disk: what lands meanwhile may have been seen as due.
    let flying = shared.flying();
    let due = shared.store.list_due_deliveries(shared.app, shared.clock.now(), PAGE).await?;
    next.extend(due.into_iter().filter(|record| !flying.contains(&record.row)));
    if !next.is_empty() {
        return Ok(None);
    }
    let at = shared.store.next_due_delivery(shared.app).await?;
    Ok(Some(at.unwrap_or(Millis(u64::MAX))))
}

/// One try of one event, and what became of it on disk.
async fn deliver(
    shared: Arc<Shared>,
    ends: mpsc::Sender<Ended>,
    pass: Pass,
    record: DeliveryRecord,
) {
    let settings = shared.settings();
    let deadline = Instant::now() + shared.limits.patience;
    let answer = shared.post(&settings, &record.query, &record.body, deadline).await;
    let result = answer.and_then(|bytes| hook::check(&bytes).map_err(Fault::from));
    pass.end(!result.as_ref().is_err_and(Fault::is_outage));
    let retries = settings.config.retry;
    // A task of its own: this future rests while the queue is read, and one
    // that rests with the store's connection in hand stops everybody.
    let end = tokio::spawn(end(shared, ends, record, result, retries));
    if let Err(panic) = end.await {
        tracing::error!("the end of a webhook call was not kept: {panic}");
    }
}

async fn end(
    shared: Arc<Shared>,
    ends: mpsc::Sender<Ended>,
    record: DeliveryRecord,
    result: Result<(), Fault>,
    retries: bool,
) {
    let now = shared.clock.now();
    let state = match &result {
        Ok(()) => DeliveryState::Done { at: now, note: "answered".to_owned() },
        Err(fault) => {
            shared.telling.fail(now, &record.command, fault);
            let pause = shared.limits.pauses.get(record.attempts as usize);
            match pause.filter(|_| retries && !fault.is_skip()) {
                Some(pause) => {
                    let pause = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
                    DeliveryState::Due { at: now.plus(pause) }
                }
                None => DeliveryState::Failed { at: now, note: fault.to_string() },
            }
        }
    };
    keep(&ends, &record, &state).await;
    shared.land(record.row);
    if matches!(state, DeliveryState::Due { .. }) {
        return;
    }
    shared.no_longer_waits(1);
    // A tenth over what is kept, so that forgetting stays cheap.
    let ended = shared.ended.fetch_add(1, Relaxed) + 1;
    if ended.is_multiple_of(u64::from(shared.limits.keep / 10 + 1)) {
        let forgotten = shared.store.prune_deliveries(shared.app, shared.limits.keep).await;
        if let Err(error) = forgotten {
            tracing::warn!("app {}: old webhook calls stay in the log: {error}", shared.app);
        }
    }
}

/// What became of an event, and who waits until it is on disk.
type Ended = (Row, u32, DeliveryState, oneshot::Sender<()>);

/// Hands on what became of an event; returns when it is on disk, or will not
/// be because the server stops.
async fn keep(ends: &mpsc::Sender<Ended>, record: &DeliveryRecord, state: &DeliveryState) {
    let (kept, wait) = oneshot::channel();
    let ended = (record.row, record.attempts.saturating_add(1), state.clone(), kept);
    if ends.send(ended).await.is_ok() {
        let _ = wait.await;
    }
}

/// Writes what became of events, all that wait in one transaction. A store
/// that does not take them is asked until the server stops, because an event
/// that stays due is told again.
async fn write_down(
    app: u32,
    store: Arc<dyn Store>,
    mut queue: mpsc::Receiver<Ended>,
    mut stop: watch::Receiver<bool>,
) {
    let mut waiting = Vec::new();
    while queue.recv_many(&mut waiting, ENDED).await > 0 {
        let mut results = Vec::with_capacity(waiting.len());
        let mut who = Vec::with_capacity(waiting.len());
        for (row, attempts, state, kept) in waiting.drain(..) {
            results.push((row, attempts, state));
            who.push(kept);
        }
        while let Err(error) = store.put_delivery_results(&results).await {
            tracing::error!("app {app}: end of webhook calls not kept: {error}");
            if timeout(PAUSE, stop.wait_for(|stop| *stop)).await.is_ok() {
                break;
            }
        }
        for kept in who {
            let _ = kept.send(());
        }
    }
}
