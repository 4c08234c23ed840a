//! The writer of the log: one task, one transaction for all that waits.
//!
//! Takes at most [`BOUND`] jobs; a full queue makes the sender wait, nothing
//! is dropped. What must be on disk before it is acknowledged carries the
//! acknowledgement with it and is written at once, with everything before it.
//! Anything else may wait [`LINGER`] for more, because a transaction costs as
//! much as hundreds of deliveries.

use crate::metrics::Metrics;
use crate::ws::conn::{Conn, Level};
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;
use surtitle_store::{LogWrite, Store};
use tokio::sync::{Notify, mpsc, oneshot};

/// Jobs that may wait.
const BOUND: usize = 16_384;
/// Most jobs in one transaction.
const BATCH: usize = 2_048;
/// Longest time a write that nobody waits for stays off the disk; a `kill -9`
/// loses this much of comments and fates, never a gift.
const LINGER: Duration = Duration::from_millis(200);

/// An acknowledgement that waits for the disk, however it travels.
pub struct Receipt(Box<dyn FnOnce(bool) + Send>);

impl std::fmt::Debug for Receipt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Receipt(…)")
    }
}

impl Receipt {
    /// Calls `tell` once, with whether the disk has it; it must not wait.
    pub fn new(tell: impl FnOnce(bool) + Send + 'static) -> Self {
        Self(Box::new(tell))
    }

    /// Tells what became of it.
    pub fn tell(self, kept: bool) {
        (self.0)(kept);
    }

    /// Sends one of two encoded frames to a socket.
    pub fn frame(conn: Arc<Conn>, ack: Bytes, failed: Bytes) -> Self {
        Self::new(move |kept| conn.push(if kept { &ack } else { &failed }, Level::Message))
    }
}

#[derive(Debug)]
enum Job {
    Write(Vec<LogWrite>, Option<Receipt>),
    Sync(oneshot::Sender<()>),
}

impl Job {
    fn may_linger(&self) -> bool {
        matches!(self, Self::Write(_, None))
    }
}

/// The sending end of the log.
#[derive(Debug, Clone)]
pub struct Log {
    jobs: mpsc::Sender<Job>,
    /// Ends the writer's lingering: somebody waits.
    urgent: Arc<Notify>,
}

impl Log {
    /// Starts the writer.
    pub fn start(store: Arc<dyn Store>, metrics: Metrics) -> Self {
        let (jobs, queue) = mpsc::channel(BOUND);
        let urgent = Arc::new(Notify::new());
        tokio::spawn(run(store, metrics, queue, Arc::clone(&urgent)));
        Self { jobs, urgent }
    }

    /// Writes; `receipt` is sent when it is on disk.
    pub async fn write(&self, writes: Vec<LogWrite>, receipt: Option<Receipt>) {
        let waited_for = receipt.is_some();
        // The writer lives as long as any sender; a closed queue is a stop.
        let _ = self.jobs.send(Job::Write(writes, receipt)).await;
        if waited_for {
            self.urgent.notify_one();
        }
    }

    /// Returns when everything written before is on disk.
    pub async fn sync(&self) {
        let (done, wait) = oneshot::channel();
        if self.jobs.send(Job::Sync(done)).await.is_ok() {
            self.urgent.notify_one();
            let _ = wait.await;
        }
    }
}

async fn run(
    store: Arc<dyn Store>,
    metrics: Metrics,
    mut queue: mpsc::Receiver<Job>,
    urgent: Arc<Notify>,
) {
    let mut jobs = Vec::new();
    while queue.recv_many(&mut jobs, BATCH).await > 0 {
        if jobs.len() < BATCH && jobs.iter().all(Job::may_linger) {
            // Not by receiving: each job would wake this task.
            let _ = tokio::time::timeout(LINGER, urgent.notified()).await;
            while jobs.len() < BATCH {
                let Ok(job) = queue.try_recv() else { break };
                jobs.push(job);
            }
        }
        let (mut writes, mut receipts, mut syncs) = (Vec::new(), Vec::new(), Vec::new());
        for job in jobs.drain(..) {
            match job {
                Job::Write(more, receipt) => {
                    writes.extend(more);
                    receipts.extend(receipt);
                }
                Job::Sync(done) => syncs.push(done),
            }
        }
        let result = if writes.is_empty() { Ok(()) } else { store.append(&writes).await };
        metrics.commits.inc();
        if let Err(error) = &result {
            metrics.commit_errors.inc();
            tracing::error!("log: {} writes were not kept: {error}", writes.len());
        }
        for receipt in receipts {
            receipt.tell(result.is_ok());
        }
        for done in syncs {
            let _ = done.send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use surtitle_core::RoomId;
    use surtitle_store::Memory;

    #[tokio::test]
    async fn writes_nobody_waits_for_share_a_transaction_that_a_sync_ends() {
        let metrics = Metrics::default();
        let log = Log::start(Arc::new(Memory::default()), metrics.clone());
        for total in 0..50 {
            let room = RoomId("main".into());
            log.write(vec![LogWrite::Likes { room, total }], None).await;
            tokio::task::yield_now().await;
        }
        let start = std::time::Instant::now();
        log.sync().await;
        assert_eq!(metrics.commits.get(), 1);
        assert!(start.elapsed() < LINGER);
    }
}
