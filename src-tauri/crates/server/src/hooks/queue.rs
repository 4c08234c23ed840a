//! From memory to disk: told events, in order, one transaction for all that
//! came within [`Limits::linger`](super::Limits).

use super::shared::Shared;
use std::sync::Arc;
use std::time::Duration;
use surtitle_store::NewDelivery;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::{sleep, timeout};

/// Most events in one transaction.
const BATCH: usize = 512;
/// Tries of one transaction; then its events are dropped, so that one the
/// store cannot take does not hold up all that follow.
const TRIES: u32 = 3;
/// Pause between tries.
const PAUSE: Duration = Duration::from_secs(1);

/// What the queue is given.
#[derive(Debug)]
pub enum Job {
    /// An event.
    Tell(NewDelivery),
    /// Answer when everything before is on disk.
    Flush(oneshot::Sender<()>),
    /// As `Flush`, and take nothing more.
    Stop(oneshot::Sender<()>),
}

/// Runs until every sender is gone or one said [`Job::Stop`].
pub async fn run(shared: Arc<Shared>, mut jobs: mpsc::Receiver<Job>, urgent: Arc<Notify>) {
    let mut batch = Vec::new();
    while jobs.recv_many(&mut batch, BATCH).await > 0 {
        if batch.len() < BATCH && batch.iter().all(|job| matches!(job, Job::Tell(_))) {
            // Not by receiving: each event would wake this task.
            let _ = timeout(shared.limits.linger, urgent.notified()).await;
            while batch.len() < BATCH {
                let Ok(job) = jobs.try_recv() else { break };
                batch.push(job);
            }
        }
        let (mut told, mut waiters) = (Vec::new(), Vec::new());
        for job in batch.drain(..) {
            match job {
                Job::Tell(new) => told.push(new),
                Job::Flush(done) => waiters.push(done),
                Job::Stop(done) => {
                    waiters.push(done);
                    // What is in it already still comes out.
                    jobs.close();
                }
            }
        }
        if !told.is_empty() {
            keep(&shared, &told).await;
        }
        for done in waiters {
            // Who asked may have gone.
            let _ = done.send(());
        }
    }
}

async fn keep(shared: &Shared, told: &[NewDelivery]) {
    for turn in 1..=TRIES {
        let Err(error) = shared.store.put_deliveries(told).await else {
            shared.wake.notify_one();
            return;
        };
        tracing::error!("app {}: {} webhook events not kept: {error}", shared.app, told.len());
        if turn < TRIES {
            sleep(PAUSE).await;
        }
    }
    shared.drop_told(told.len() as u64, "the disk does not take them");
}
